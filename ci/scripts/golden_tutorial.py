"""The tutorial's blocks: weights as safetensors, inputs, outputs and gradients as text."""

import torch
import torch.nn.functional as F
from golden_format import tensor_line
from golden_safetensors import save
from torch import nn

FILE = "tutorial"


class MLP(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(20, 256)
        self.out = nn.Linear(256, 10)

    def forward(self, x):
        return self.out(F.relu(self.hidden(x)))


class MySequential(nn.Module):
    """Registers its blocks as 0, 1, ... and calls them in that order."""

    def __init__(self, *blocks):
        super().__init__()
        for position, block in enumerate(blocks):
            self.add_module(str(position), block)

    def forward(self, x):
        for block in self.children():
            x = block(x)
        return x


class FixedHiddenMLP(nn.Module):
    """A constant weight without gradient, one layer used twice, a loop that depends on values.

    The constant is a buffer, so that the saved state holds it.
    """

    def __init__(self):
        super().__init__()
        self.register_buffer("rand_weight", torch.rand(20, 20))
        self.linear = nn.Linear(20, 20)
        self.halvings = 0

    def forward(self, x):
        x = self.linear(x)
        x = F.relu(x @ self.rand_weight + 1)
        x = self.linear(x)
        self.halvings = 0
        while x.abs().sum() > 1:
            assert abs(x.abs().sum().item() - 1) > 1e-3, "rounding could decide the loop"
            x = x / 2
            self.halvings += 1
        return x.sum()


class NestMLP(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU())
        self.linear = nn.Linear(32, 16)

    def forward(self, x):
        return self.linear(self.net(x))


def sequential():
    return nn.Sequential(nn.Linear(20, 256), nn.ReLU(), nn.Linear(256, 10))


def show(suite, name, code, model, x, first):
    """Output, and of the first layer's gradient of sum(output): eight values and their sum."""
    _, _, lines = suite.begin(FILE, name, code, {})
    y = model(x)
    y.sum().backward()
    gradient = model.get_parameter(first).grad
    assert gradient.reshape(-1)[:8].abs().min() > 0, f"{name}: choose a seed with a live first unit"
    lines.append(tensor_line("in", "X", x))
    lines.append(tensor_line("out", "y", y))
    lines.append(tensor_line("grad", f"{first}.first8", gradient.reshape(-1)[:8]))
    lines.append(tensor_line("grad", f"{first}.sum", gradient.double().sum()))
    return lines


def blocks(suite):
    torch.manual_seed(6)  # its first unit is alive, so its gradient shows
    x = torch.rand(2, 20)
    net, mlp = sequential(), MLP()
    names = {"0.weight": "hidden.weight", "0.bias": "hidden.bias", "2.weight": "out.weight",
             "2.bias": "out.bias"}
    mlp.load_state_dict({names[key]: value for key, value in net.state_dict().items()})
    mine = MySequential(nn.Linear(20, 256), nn.ReLU(), nn.Linear(256, 10))
    mine.load_state_dict(net.state_dict())
    keep(suite, "sequential", net)
    keep(suite, "mlp", mlp)
    show(suite, "sequential", ["Sequential(Linear(20, 256), ReLU(), Linear(256, 10))(X)",
                               "weights: sequential.safetensors"], net, x, "0.weight")
    show(suite, "mlp", ["out(relu(hidden(X))) as a custom block, same values",
                        "weights: mlp.safetensors"], mlp, x, "hidden.weight")
    show(suite, "my-sequential", ["MySequential(Linear(20, 256), ReLU(), Linear(256, 10))(X)",
                                  "weights: sequential.safetensors"], mine, x, "0.weight")
    control_flow(suite, x)


def control_flow(suite, x):
    torch.manual_seed(9)
    fixed = FixedHiddenMLP()
    keep(suite, "fixed-hidden", fixed)
    lines = show(suite, "fixed-hidden", [
        "x = linear(X); x = relu(x @ rand_weight + 1); x = linear(x)",
        "while x.abs().sum() > 1: x = x / 2", "y = x.sum()",
        "weights: fixed-hidden.safetensors"], fixed, x, "linear.weight")
    lines.append(tensor_line("out", "halvings", torch.tensor(fixed.halvings)))
    nest = NestMLP()
    keep(suite, "nest", nest)
    show(suite, "nest", ["NestMLP: linear(net(X))", "weights: nest.safetensors"], nest, x,
         "net.0.weight")
    chimera = nn.Sequential(NestMLP(), nn.Linear(16, 20), FixedHiddenMLP())
    keep(suite, "chimera", chimera)
    lines = show(suite, "chimera", ["Sequential(NestMLP(), Linear(16, 20), FixedHiddenMLP())(X)",
                                    "weights: chimera.safetensors"], chimera, x, "0.net.0.weight")
    lines.append(tensor_line("out", "halvings", torch.tensor(chimera[2].halvings)))


def shared(suite):
    """One layer at two places: one parameter, the sum of two gradients, two names in the state."""
    torch.manual_seed(2)
    layer = nn.Linear(8, 8)
    net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), layer, nn.ReLU(), layer, nn.ReLU(),
                        nn.Linear(8, 1))
    x = torch.rand(2, 4)
    keep(suite, "shared", net)
    code = ["Sequential(Linear(4, 8), ReLU(), shared, ReLU(), shared, ReLU(), Linear(8, 1))(X)",
            "shared = Linear(8, 8); weights: shared.safetensors"]
    _, _, lines = suite.begin(FILE, "shared", code, {})
    y = net(x)
    y.sum().backward()
    lines.append(tensor_line("in", "X", x))
    lines.append(tensor_line("out", "y", y))
    lines.append(tensor_line("grad", "0.weight", net[0].weight.grad))
    lines.append(tensor_line("grad", "2.weight", layer.weight.grad))
    lines.append(tensor_line("grad", "2.bias", layer.bias.grad))


def constant(suite):
    torch.manual_seed(3)
    x = torch.rand(2, 4)
    net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 1))
    for parameter in (net[0], net[2]):
        nn.init.constant_(parameter.weight, 1)
        nn.init.zeros_(parameter.bias)
    code = ["Sequential(Linear(4, 8), ReLU(), Linear(8, 1))(X), every weight 1, every bias 0"]
    _, _, lines = suite.begin(FILE, "constant", code, {})
    lines.append(tensor_line("in", "X", x))
    lines.append(tensor_line("out", "y", net(x)))


def keep(suite, name, model):
    """Saves the state; a shared parameter is stored under each of its names."""
    state = model.state_dict()
    save(suite.folder / f"{name}.safetensors", state)
    code = ["state_dict of " + name + ": " + ", ".join(
        f"{key} {list(value.shape)}".replace(", ", ",") for key, value in state.items())]
    suite.notes.setdefault(FILE, []).extend(code)


def build(suite):
    blocks(suite)
    shared(suite)
    constant(suite)
