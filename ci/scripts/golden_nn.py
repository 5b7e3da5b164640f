"""Layers, losses, initializers and the text of modules."""

import collections
import math

import torch
from golden_format import ints, rnd, tensor_line, vals
from torch import nn

LAYERS = {
    "ReLU": ("torch.nn.ReLU()(x)", (2, 3)),
    "Sigmoid": ("torch.nn.Sigmoid()(x)", (2, 3)),
    "Tanh": ("torch.nn.Tanh()(x)", (2, 3)),
    "GELU": ("torch.nn.GELU()(x)", (2, 3)),
    "GELU-tanh": ("torch.nn.GELU(approximate='tanh')(x)", (2, 3)),
    "Softplus": ("torch.nn.Softplus()(x)", (2, 3)),
    "Softplus-beta-threshold": ("torch.nn.Softplus(beta=2, threshold=3)(x)", (2, 3)),
    "Softmax-dim1": ("torch.nn.Softmax(dim=1)(x)", (2, 3)),
    "Softmax-dim-1": ("torch.nn.Softmax(dim=-1)(x)", (2, 2, 3)),
    "Flatten": ("torch.nn.Flatten()(x)", (2, 3, 2)),
    "Flatten-0-1": ("torch.nn.Flatten(0, 1)(x)", (2, 3, 2)),
    "Identity": ("torch.nn.Identity()(x)", (2, 3)),
    "LayerNorm": ("torch.nn.LayerNorm(4).double()(x)", (2, 3, 4)),
    "LayerNorm-eps": ("torch.nn.LayerNorm((3, 4), eps=0.1, elementwise_affine=False)(x)",
                      (2, 3, 4)),
    "Dropout-eval": ("torch.nn.Dropout(0.5).eval()(x)", (2, 3)),
    "Dropout-zero": ("torch.nn.Dropout(0.0)(x)", (2, 3)),
}


def layers(suite):
    for name, (expr, shape) in LAYERS.items():
        suite.case("layers", name, expr, x=rnd(*shape))
    for name, shape in {"": (2, 4), "-3d": (2, 3, 4), "-1d": (4,)}.items():
        suite.case("layers", f"Linear{name}", "F.linear(x, weight, bias)", x=rnd(*shape),
                   weight=rnd(3, 4), bias=rnd(3))
    suite.case("layers", "Linear-nobias", "F.linear(x, weight)", x=rnd(2, 4), weight=rnd(3, 4))
    suite.program("layers", "Sequential", """
y = F.linear(torch.tanh(F.linear(x, w0, b0)), w2, b2)
y.square().sum().backward()
""", outs=("y",), grads=("x", "w0", "b0", "w2", "b2"), x=rnd(3, 4), w0=rnd(5, 4), b0=rnd(5),
                  w2=rnd(2, 5), b2=rnd(2))


def losses(suite):
    for reduction in ("mean", "sum", "none"):
        classes(suite, reduction)
        elementwise(suite, reduction)
    suite.case("CrossEntropyLoss", "CrossEntropyLoss-large",
               "torch.nn.CrossEntropyLoss()(x, target)",
               x=vals([[1000.0, -1000.0, 0.0], [0.0, 500.0, 501.0]]), target=ints([1, 2]))
    suite.case("CrossEntropyLoss", "CrossEntropyLoss-all-ignored",
               "torch.nn.CrossEntropyLoss(ignore_index=1)(x, target)", grad=False, x=rnd(2, 3),
               target=ints([1, 1]))
    suite.case("BCEWithLogitsLoss", "BCEWithLogitsLoss-large",
               "torch.nn.BCEWithLogitsLoss(reduction='none')(x, target)", constants=("target",),
               x=vals([800.0, -800.0, 800.0, -800.0, 30.0]), target=vals([1.0, 0.0, 0.0, 1.0, 0.5]))


def classes(suite, reduction):
    """Losses over class indices."""
    variants = {
        "": "",
        "-weight": "weight=weight, ",
        "-ignoreIndex": "ignore_index=1, ",
        "-weight-ignoreIndex": "weight=weight, ignore_index=1, ",
        "-labelSmoothing": "label_smoothing=0.1, ",
        "-weight-labelSmoothing": "weight=weight, label_smoothing=0.1, ",
        "-ignoreIndex-labelSmoothing": "ignore_index=1, label_smoothing=0.1, ",
    }
    for variant, arguments in variants.items():
        inputs = dict(x=rnd(4, 3), target=ints([2, 0, 1, 0]))
        if "weight" in variant:
            inputs["weight"] = vals([0.5, 2.0, 1.25])
        call = f"({arguments}reduction='{reduction}')"
        suite.case("CrossEntropyLoss", f"CrossEntropyLoss{variant}-{reduction}",
                   f"torch.nn.CrossEntropyLoss{call}(x, target)", constants=("weight",), **inputs)
        if "labelSmoothing" not in variant:
            suite.case("NLLLoss", f"NLLLoss{variant}-{reduction}",
                       f"torch.nn.NLLLoss{call}(x, target)", constants=("weight",), **inputs)


def elementwise(suite, reduction):
    for loss in ("MSELoss", "L1Loss"):
        suite.case(loss, f"{loss}-{reduction}",
                   f"torch.nn.{loss}(reduction='{reduction}')(x, target)", x=rnd(2, 3),
                   target=rnd(2, 3, shift=0.005), constants=("target",))
    extra = {
        "": {},
        "-posWeight": {"pos_weight": vals([0.5, 3.0, 1.0])},
        "-weight": {"weight": vals([0.25, 1.0, 2.0])},
        "-weight-posWeight": {"weight": vals([[0.5], [2.0]]), "pos_weight": vals([0.5, 3.0, 1.0])},
    }
    target = vals([[1.0, 0.0, 0.3], [0.0, 1.0, 1.0]])
    for variant, given in extra.items():
        arguments = "".join(f"{name}={name}, " for name in given)
        suite.case("BCEWithLogitsLoss", f"BCEWithLogitsLoss{variant}-{reduction}",
                   f"torch.nn.BCEWithLogitsLoss({arguments}reduction='{reduction}')(x, target)",
                   constants=("target", *given), x=rnd(2, 3), target=target, **given)


GAINS = {
    "linear": "'linear'",
    "sigmoid": "'sigmoid'",
    "tanh": "'tanh'",
    "relu": "'relu'",
    "leakyRelu": "'leaky_relu'",
    "leakyRelu-0.2": "'leaky_relu', 0.2",
    "leakyRelu-sqrt5": "'leaky_relu', 5 ** 0.5",
    "selu": "'selu'",
}
SHAPES = ((10, 20), (256, 20), (3, 7), (6, 3, 2, 2))


def scalar(value):
    return torch.tensor(float(value), dtype=torch.float64)


def initializers(suite):
    suite.note("init", "statistics only: gains, fans, bounds of uniform and std of normal",
               "initializers (draws differ between libraries)")
    for name, arguments in GAINS.items():
        suite.case("init", f"gain-{name}",
                   f"torch.tensor(torch.nn.init.calculate_gain({arguments}), dtype=f64)",
                   outs=("gain",))
    for shape in SHAPES:
        fans(suite, shape)


def fans(suite, shape):
    """Checks each bound against a large sample of PyTorch's own before it is written."""
    fan_in, fan_out = nn.init._calculate_fan_in_and_fan_out(torch.empty(shape))
    relu = nn.init.calculate_gain("relu")
    leaky = nn.init.calculate_gain("leaky_relu", math.sqrt(5))
    statistics = {
        "xavierUniform": ("xavier_uniform_(w)", math.sqrt(6 / (fan_in + fan_out))),
        "xavierNormal": ("xavier_normal_(w)", math.sqrt(2 / (fan_in + fan_out))),
        "kaimingUniform-relu-fanIn": (
            "kaiming_uniform_(w, nonlinearity='relu')", relu * math.sqrt(3 / fan_in)),
        "kaimingUniform-relu-fanOut": (
            "kaiming_uniform_(w, mode='fan_out', nonlinearity='relu')",
            relu * math.sqrt(3 / fan_out)),
        "kaimingUniform-sqrt5": (
            "kaiming_uniform_(w, a=5 ** 0.5), as Linear does", leaky * math.sqrt(3 / fan_in)),
        "kaimingNormal-relu-fanIn": (
            "kaiming_normal_(w, nonlinearity='relu')", relu / math.sqrt(fan_in)),
        "kaimingNormal-relu-fanOut": (
            "kaiming_normal_(w, mode='fan_out', nonlinearity='relu')", relu / math.sqrt(fan_out)),
    }
    size = "x".join(str(s) for s in shape)
    for name, (call, value) in statistics.items():
        kind = "std" if "Normal" in name else "bound"
        verify(call.split("),")[0].rstrip(")") + ")", shape, kind, value)
        _, _, lines = suite.begin("init", f"{name}-{size}", [f"torch.nn.init.{call}"], {})
        lines.append(tensor_line("in", "shape", torch.tensor(shape)))
        lines.append(tensor_line("out", "fanIn", torch.tensor(fan_in)))
        lines.append(tensor_line("out", "fanOut", torch.tensor(fan_out)))
        lines.append(tensor_line("out", kind, scalar(value)))


def verify(call, shape, kind, value):
    torch.manual_seed(1)
    draws = [eval(f"torch.nn.init.{call}", {"torch": torch, "w": torch.empty(shape)})
             for _ in range(1000)]
    sample = torch.stack(draws)
    measured = sample.std() if kind == "std" else sample.abs().max()
    assert abs(measured.item() / value - 1) < 0.03, (call, shape, measured, value)
    assert kind == "std" or measured.item() <= value * (1 + 1e-6), (call, shape, measured, value)


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU())
        self.linear = nn.Linear(32, 16)


class Childless(nn.Module):
    pass


PRINTED = {
    "Linear": "nn.Linear(20, 256)",
    "Linear-nobias": "nn.Linear(3, 4, bias=False)",
    "ReLU": "nn.ReLU()",
    "Sigmoid": "nn.Sigmoid()",
    "Tanh": "nn.Tanh()",
    "GELU": "nn.GELU()",
    "GELU-tanh": "nn.GELU(approximate='tanh')",
    "Softplus": "nn.Softplus()",
    "Softplus-beta-threshold": "nn.Softplus(beta=2, threshold=3)",
    "Softmax": "nn.Softmax(dim=1)",
    "Softmax-dim-1": "nn.Softmax(dim=-1)",
    "Flatten": "nn.Flatten()",
    "Flatten-0-1": "nn.Flatten(0, 1)",
    "Dropout": "nn.Dropout(0.5)",
    "Dropout-0.2": "nn.Dropout(0.2)",
    "Identity": "nn.Identity()",
    "LayerNorm": "nn.LayerNorm(20)",
    "LayerNorm-plain": "nn.LayerNorm((3, 4), eps=0.0001, elementwise_affine=False)",
    "CrossEntropyLoss": "nn.CrossEntropyLoss()",
    "MSELoss": "nn.MSELoss()",
    "BCEWithLogitsLoss": "nn.BCEWithLogitsLoss()",
    "NLLLoss": "nn.NLLLoss()",
    "L1Loss": "nn.L1Loss()",
    "Sequential": "nn.Sequential(nn.Linear(20, 256), nn.ReLU(), nn.Linear(256, 10))",
    "Sequential-empty": "nn.Sequential()",
    "Sequential-nested": "nn.Sequential("
                         "nn.Sequential(nn.Linear(4, 8), nn.ReLU()), nn.Linear(8, 1))",
    "Sequential-named": "nn.Sequential(collections.OrderedDict("
                        "hidden=nn.Linear(4, 8), act=nn.ReLU(), out=nn.Linear(8, 1)))",
    "Block": "Block()",
    "Block-in-Sequential": "nn.Sequential(Block(), nn.Linear(16, 20), nn.Dropout(0.1))",
    "Childless": "Childless()",
}


def printing(suite):
    scope = {"nn": nn, "collections": collections, "Block": Block, "Childless": Childless}
    blocks = [(name, expr, repr(eval(expr, scope))) for name, expr in PRINTED.items()]
    suite.text(
        "toString", blocks, "PyTorch's text of a module",
        "Block: net = Sequential(Linear(20, 64), ReLU, Linear(64, 32), ReLU),",
        "linear = Linear(32, 16)",
        "Childless: a module without children and parameters")


def build(suite):
    layers(suite)
    losses(suite)
    initializers(suite)
    printing(suite)
