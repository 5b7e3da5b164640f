"""Trajectories of optimizers: a least squares problem, and the training of a small MLP."""

import torch
import torch.nn.functional as F
from golden_format import environment, rnd, tensor_line
from golden_safetensors import save
from torch import nn

SHOWN = (1, 2, 5, 10, 50)

VARIANTS = {
    "SGD": {
        "SGD": "lr=0.05",
        "SGD-momentum": "lr=0.02, momentum=0.9",
        "SGD-dampening": "lr=0.02, momentum=0.9, dampening=0.5",
        "SGD-nesterov": "lr=0.02, momentum=0.9, nesterov=True",
        "SGD-weightDecay": "lr=0.05, weight_decay=0.1",
        "SGD-momentum-weightDecay": "lr=0.02, momentum=0.9, weight_decay=0.1",
        "SGD-maximize": "lr=0.05, maximize=True",
    },
    "Adam": {
        "Adam": "",
        "Adam-lr": "lr=0.1",
        "Adam-weightDecay": "lr=0.1, weight_decay=0.1",
        "Adam-amsgrad": "lr=0.1, amsgrad=True",
        "Adam-betas": "lr=0.1, betas=(0.8, 0.95)",
        "Adam-eps": "lr=0.1, eps=0.01",
        "Adam-maximize": "lr=0.1, maximize=True",
    },
    "AdamW": {
        "AdamW": "",
        "AdamW-lr": "lr=0.1",
        "AdamW-weightDecay": "lr=0.1, weight_decay=0.1",
        "AdamW-amsgrad": "lr=0.1, amsgrad=True",
        "AdamW-betas": "lr=0.1, betas=(0.8, 0.95)",
        "AdamW-maximize": "lr=0.1, maximize=True",
    },
}


def trajectories(suite):
    for file, variants in VARIANTS.items():
        suite.note(file, "loss = sum((A p - b)^2), its gradient 2 At (A p - b) taken anew in each",
                   "step; with maximize the loss is -sum((A p - b)^2); p1 is p after step 1, ...")
        for name, arguments in variants.items():
            trajectory(suite, file, name, arguments)


def trajectory(suite, file, name, arguments):
    call = f"torch.optim.{file}([p]{', ' if arguments else ''}{arguments})"
    inputs = dict(A=rnd(4, 3, lo=-1, hi=1), b=rnd(4), p=rnd(3))
    _, tensors, lines = suite.begin(file, name, [call], inputs)
    a, b, p = tensors["A"], tensors["b"], tensors["p"].requires_grad_()
    optimizer = eval(call, environment(), {"p": p})
    sign = -1 if "maximize" in arguments else 1
    for step in range(1, max(SHOWN) + 1):
        optimizer.zero_grad()
        loss = sign * (a @ p - b).square().sum()
        if step == 1:
            lines.append(tensor_line("out", "loss", loss))
        loss.backward()
        optimizer.step()
        if step in SHOWN:
            lines.append(tensor_line("out", f"p{step}", p))


def network(dtype):
    torch.manual_seed(20)
    model = nn.Sequential(nn.Linear(20, 16), nn.ReLU(), nn.Linear(16, 3))
    return model.to(dtype)


def training_data():
    generator = torch.Generator().manual_seed(3)
    x = torch.randn(24, 20, generator=generator)
    target = torch.arange(24) % 3
    x += torch.nn.functional.one_hot(target, 20) * 2.0
    return x, target


def training(suite):
    """Ten full-batch steps of a 20-16-3 MLP; data and first weights are exact in F32."""
    x, target = training_data()
    state = network(torch.float32).state_dict()
    save(suite.folder / "training.safetensors", {"x": x, "target": target, **state})
    suite.note("training", "Sequential(Linear(20, 16), ReLU, Linear(16, 3)), CrossEntropyLoss,",
               "full batch; x, target and the initial weights are in training.safetensors (F32,",
               "target I64; the f64 cases convert them); losses[i] is the loss after i steps")
    calls = {
        "SGD": "torch.optim.SGD(net.parameters(), lr=0.1)",
        "SGD-momentum": "torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9)",
        "Adam": "torch.optim.Adam(net.parameters(), lr=0.01)",
        "AdamW": "torch.optim.AdamW(net.parameters(), lr=0.01, weight_decay=0.1)",
    }
    for dtype, suffix in ((torch.float32, "f32"), (torch.float64, "f64")):
        for name, call in calls.items():
            train(suite, f"training-{name}-{suffix}", call, dtype, x.to(dtype), target)


def train(suite, name, call, dtype, x, target):
    net = network(dtype)
    optimizer = eval(call, environment(), {"net": net})
    losses = []
    for step in range(11):
        loss = F.cross_entropy(net(x), target)
        losses.append(loss.item())
        if step < 10:
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    _, _, lines = suite.begin("training", name, [call], {})
    lines.append(tensor_line("out", "losses", torch.tensor(losses, dtype=dtype)))
    lines.append(tensor_line("out", "2.bias", net[2].bias))
    lines.append(tensor_line("out", "2.weight", net[2].weight))


def build(suite):
    trajectories(suite)
    training(suite)
