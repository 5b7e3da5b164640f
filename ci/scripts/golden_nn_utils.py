"""Weights that are computed, fused layers, and running values of averaged models."""

import torch
from golden_format import ints, rnd, tensor_line
from torch import nn
from torch.nn.utils import fuse_conv_bn_eval
from torch.optim.swa_utils import update_bn

WEIGHT = "torch.nn.utils.weight_norm"
SPECTRAL = "torch.nn.utils.spectral_norm"


def weight_norms(suite):
    file = "parametrizations"
    x = rnd(2, 4)
    suite.module(file, "WeightNorm-Linear", f"{WEIGHT}(nn.Linear(4, 3))", x=x)
    suite.module(file, "WeightNorm-dim", f"{WEIGHT}(nn.Linear(4, 3), dim=1)", x=x)
    suite.module(file, "WeightNorm-whole", f"{WEIGHT}(nn.Linear(4, 3, bias=False), dim=None)", x=x)
    suite.module(file, "WeightNorm-Conv2d", f"{WEIGHT}(nn.Conv2d(2, 3, 2))", x=rnd(1, 2, 3, 4))
    suite.module(file, "WeightNorm-ConvTranspose1d", f"{WEIGHT}(nn.ConvTranspose1d(2, 3, 2))",
                 x=rnd(2, 2, 3))
    suite.module(file, "WeightNorm-Bilinear", f"{WEIGHT}(nn.Bilinear(2, 3, 2))", "m(x, y)",
                 x=rnd(2, 2), y=rnd(2, 3))


def spectral_norms(suite):
    file = "parametrizations"
    x = rnd(2, 4)
    suite.module(file, "SpectralNorm-Linear", f"{SPECTRAL}(nn.Linear(4, 3))", train=False, x=x)
    suite.module(file, "SpectralNorm-dim", f"{SPECTRAL}(nn.Linear(4, 3), dim=1)", train=False, x=x)
    suite.module(file, "SpectralNorm-Conv1d", f"{SPECTRAL}(nn.Conv1d(2, 3, 2))", train=False,
                 x=rnd(2, 2, 4))
    suite.module(file, "SpectralNorm-ConvTranspose1d", f"{SPECTRAL}(nn.ConvTranspose1d(2, 3, 2))",
                 train=False, x=rnd(2, 2, 3))
    file = "spectral-training"
    suite.module(file, "spectral-training", f"{SPECTRAL}(nn.Linear(4, 3))",
                 "(m(x), m(x), m(x))[2]", initialization=False, x=x)
    suite.module(file, "spectral-training-iterations",
                 f"{SPECTRAL}(nn.Linear(4, 3), n_power_iterations=3, eps=0.5)",
                 "(m(x), m(x))[1]", initialization=False, x=x)


def fused(suite, name, conv, norm, **inputs):
    """Parameters of both layers, drawn, and those of the layer that computes both."""
    rng, tensors, lines = suite.begin("fusion", name, [f"fuse_conv_bn_eval({conv}, {norm})"], inputs)
    conv, norm = eval(conv, {"nn": nn}).double(), eval(norm, {"nn": nn}).double()
    for prefix, module in (("conv", conv), ("norm", norm)):
        for key, t in module.state_dict().items():
            if t.is_floating_point():
                t.copy_(rnd(*t.shape, lo=0.1 if key.endswith("var") else -2.0)(rng))
                lines.append(tensor_line("in", f"{prefix}.{key}", t))
    one = fuse_conv_bn_eval(conv.eval(), norm.eval(), "Transpose" in type(conv).__name__)
    lines.append(tensor_line("out", "weight", one.weight))
    lines.append(tensor_line("out", "bias", one.bias))
    lines.append(tensor_line("out", "y", norm(conv(tensors["x"]))))


def fusions(suite):
    fused(suite, "fused-2d", "nn.Conv2d(2, 3, 2, padding=1)", "nn.BatchNorm2d(3, eps=0.1)",
          x=rnd(1, 2, 3, 3))
    fused(suite, "fused-groups", "nn.Conv1d(4, 4, 2, groups=2, stride=2, bias=False)",
          "nn.BatchNorm1d(4, affine=False)", x=rnd(2, 4, 5))
    fused(suite, "fused-transposed", "nn.ConvTranspose1d(2, 3, 2)", "nn.BatchNorm1d(3)",
          x=rnd(2, 2, 4))


def running_values(suite):
    expr = "nn.Sequential(nn.Linear(3, 2), nn.BatchNorm1d(2, momentum=0.3))"
    _, tensors, lines = suite.begin("update-bn", "updateBn", [
        f"m = {expr}; update_bn([x[:3], x[3:6], x[6:]], m)"], dict(w=rnd(2, 3), b=rnd(2), x=rnd(8, 3)))
    model = eval(expr, {"nn": nn}).double()
    with torch.no_grad():
        model[0].weight.copy_(tensors["w"])
        model[0].bias.copy_(tensors["b"])
        model[1].running_mean.fill_(7)
        model[1].num_batches_tracked.fill_(9)
    x = tensors["x"]
    update_bn([x[:3], x[3:6], x[6:]], model)
    lines += [tensor_line("out", key, value) for key, value in model[1].named_buffers()]


def adaptive_softmax(suite):
    plain = "nn.AdaptiveLogSoftmaxWithLoss(6, 10, [3, 6], div_value=2.0)"
    outs = ("output", "loss")
    suite.module("adaptive", "AdaptiveLogSoftmax", plain, "m(x, t)", outs=outs, x=rnd(5, 6),
                 t=ints([0, 7, 2, 4, 9]))
    suite.module("adaptive", "AdaptiveLogSoftmax-bias",
                 "nn.AdaptiveLogSoftmaxWithLoss(4, 7, [5], head_bias=True)", "m(x, t)", outs=outs,
                 x=rnd(2, 4), t=ints([1, 4]))
    suite.module("adaptive", "AdaptiveLogSoftmax-row", plain, "m(x, t)", outs=outs, x=rnd(6),
                 t=ints(5))
    suite.module("adaptive", "AdaptiveLogSoftmax-logProb", plain, "m.log_prob(x)", x=rnd(3, 6))


GRIDS = {"zeros": "zeros", "replicate": "border", "reflect": "reflection"}


def grids(suite):
    """The positions are nowhere near an element, where the gradient would jump."""
    for mode in ("nearest", "bilinear", "bicubic"):
        for name, padding in GRIDS.items():
            for corners in (False, True):
                suite.case("grids", f"gridSample-{mode}-{name}-{corners}",
                           f"F.grid_sample(x, grid, {mode!r}, {padding!r}, {corners})",
                           x=rnd(2, 2, 3, 4), grid=rnd(2, 2, 2, 2, lo=-1.7, hi=1.7, shift=0.003))
    for mode in ("nearest", "bilinear"):
        for name, padding in GRIDS.items():
            suite.case("grids", f"gridSample-3d-{mode}-{name}",
                       f"F.grid_sample(x, grid, {mode!r}, {padding!r}, False)",
                       x=rnd(1, 2, 2, 3, 4), grid=rnd(1, 1, 2, 2, 3, lo=-1.7, hi=1.7, shift=0.003))
    for corners in (False, True):
        suite.case("grids", f"affineGrid-{corners}",
                   f"F.affine_grid(theta, [2, 5, 3, 1], {corners})", theta=rnd(2, 2, 3))
        suite.case("grids", f"affineGrid-3d-{corners}",
                   f"F.affine_grid(theta, [1, 1, 2, 3, 2], {corners})", theta=rnd(1, 3, 4))


def build(suite):
    grids(suite)
    adaptive_softmax(suite)
    weight_norms(suite)
    spectral_norms(suite)
    fusions(suite)
    running_values(suite)
