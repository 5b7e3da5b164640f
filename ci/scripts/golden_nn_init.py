"""Initializers that draw nothing, and the spread of those that draw in another way."""

import torch

FILE = "init-structured"

DIRAC = {"3d": ((4, 3, 3), 1), "4d": ((3, 2, 3, 2), 1), "5d": ((2, 3, 1, 2, 3), 1),
         "groups": ((6, 2, 3), 3), "wide": ((2, 5, 1), 2)}
GAINS = ("linear", "conv1d", "conv2d", "conv3d", "conv_transpose1d", "conv_transpose2d",
         "conv_transpose3d", "sigmoid", "tanh", "relu", "leaky_relu", "selu")
TRUNCATED = {"default": (0.0, 1.0, -2.0, 2.0), "shifted": (1.0, 0.5, 0.0, 1.5),
             "tail": (0.0, 1.0, 1.0, 3.0)}


def build(suite):
    suite.note(FILE, "truncNormal: mean and deviation of a million draws")
    for name, (shape, groups) in DIRAC.items():
        suite.case(FILE, f"dirac-{name}",
                   f"torch.nn.init.dirac_(torch.empty({shape}, dtype=f64), {groups})",
                   outs=("w",))
    for shape in ((2, 3), (3, 2)):
        suite.case(FILE, "eye-%dx%d" % shape,
                   f"torch.nn.init.eye_(torch.empty({shape}, dtype=f64))", outs=("w",))
    for name in GAINS:
        suite.case(FILE, f"gain-of-{name}",
                   f"torch.tensor(torch.nn.init.calculate_gain('{name}'), dtype=f64)",
                   outs=("gain",))
    for name, arguments in TRUNCATED.items():
        torch.manual_seed(5)
        suite.case(FILE, f"truncNormal-{name}",
                   "(lambda w: (w.mean(), w.std()))(torch.nn.init.trunc_normal_("
                   f"torch.empty(1000000, dtype=f64), *{arguments}))", outs=("mean", "std"))
