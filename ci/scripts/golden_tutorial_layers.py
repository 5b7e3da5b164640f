"""The tutorial's later chapters: lazy layers, layers of one's own, tensors in files."""

import warnings

import numpy
import torch
import torch.nn.functional as F
from golden_format import tensor_line
from golden_safetensors import save
from torch import nn

FILE = "tutorial-layers"


class CenteredLayer(nn.Module):
    def forward(self, x):
        return x - x.mean()


class MyLinear(nn.Module):
    def __init__(self, in_units, units):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_units, units))
        self.bias = nn.Parameter(torch.randn(units))

    def forward(self, x):
        return F.relu(torch.matmul(x, self.weight) + self.bias)


def show(suite, name, code, model, x):
    """Output, and the sum of each parameter's gradient of sum(output * output)."""
    y = model(x)
    (y * y).sum().backward()
    save(suite.folder / f"{name}.safetensors", model.state_dict())
    _, _, lines = suite.begin(FILE, name, [code, f"weights: {name}.safetensors"], {})
    lines.append(tensor_line("in", "X", x))
    lines.append(tensor_line("out", "y", y.reshape(-1)[:64]))
    for key, parameter in model.named_parameters():
        assert parameter.grad.abs().sum() > 0, f"{name}: choose a seed with live units"
        lines.append(tensor_line("grad", f"{key}.sum", parameter.grad.double().sum()))


def build(suite):
    warnings.filterwarnings("ignore", message="Lazy modules")
    torch.manual_seed(4)
    lazy = nn.Sequential(nn.LazyLinear(256), nn.ReLU(), nn.LazyLinear(10))
    x = torch.rand(2, 20)
    lazy(x)
    show(suite, "deferred", "Sequential(LazyLinear(256), ReLU(), LazyLinear(10))(X)", lazy, x)
    show(suite, "centered", "Sequential(Linear(8, 128), CenteredLayer())(X)",
         nn.Sequential(nn.Linear(8, 128), CenteredLayer()), torch.rand(4, 8))
    show(suite, "my-linear", "Sequential(MyLinear(16, 8), MyLinear(8, 1))(X)",
         nn.Sequential(MyLinear(16, 8), MyLinear(8, 1)), torch.rand(2, 16))
    tensors = {"0": torch.arange(4), "1": torch.rand(2, 3)}
    save(suite.folder / "tensors.safetensors", tensors)
    numpy.save(suite.folder / "tensor.npy", tensors["1"].numpy())
    _, _, lines = suite.begin(FILE, "tensors", ["tensors.safetensors: 0 and 1; tensor.npy: 1"], {})
    for key, tensor in tensors.items():
        lines.append(tensor_line("out", key, tensor))
