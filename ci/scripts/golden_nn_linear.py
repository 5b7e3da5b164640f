"""Modules made of linear layers."""

from golden_format import rnd


def build(suite):
    suite.module("linear", "Linear-module", "nn.Linear(4, 3)", x=rnd(2, 4))
    suite.module("linear", "Linear-module-nobias", "nn.Linear(4, 3, bias=False)", x=rnd(2, 5, 4))
    suite.module("linear", "Sequential-module",
                 "nn.Sequential(nn.Linear(4, 5), nn.Tanh(), nn.Linear(5, 2))", x=rnd(3, 4))
