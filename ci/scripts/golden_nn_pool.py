"""Pooling, normalization, vision and dropout modules."""

import torch
from golden_format import ints, rnd
from torch import nn

POOLING = {
    "MaxPool1d": ("nn.MaxPool1d(2)", (2, 2, 6)),
    "MaxPool1d-options": ("nn.MaxPool1d(3, 2, 1, ceil_mode=True)", (2, 7)),
    "MaxPool2d": ("nn.MaxPool2d(2)", (2, 2, 4, 4)),
    "MaxPool2d-stride": ("nn.MaxPool2d(3, 2)", (1, 1, 7, 9)),
    "MaxPool2d-padding": ("nn.MaxPool2d(3, 2, 1)", (1, 2, 5, 6)),
    "MaxPool2d-options": ("nn.MaxPool2d((2, 3), (1, 2), padding=(1, 0), dilation=(2, 1))",
                          (1, 4, 8)),
    "MaxPool3d": ("nn.MaxPool3d(2)", (1, 2, 2, 4, 4)),
    "MaxPool3d-options": ("nn.MaxPool3d(2, 1, ceil_mode=True)", (1, 1, 3, 3, 4)),
    "AvgPool1d": ("nn.AvgPool1d(2)", (2, 2, 6)),
    "AvgPool1d-options": ("nn.AvgPool1d(3, 2, 1, True, False)", (1, 2, 8)),
    "AvgPool2d": ("nn.AvgPool2d(2)", (2, 2, 4, 4)),
    "AvgPool2d-stride": ("nn.AvgPool2d(3, 2)", (1, 1, 7, 9)),
    "AvgPool2d-padding": ("nn.AvgPool2d(3, 2, 1)", (1, 2, 5, 6)),
    "AvgPool2d-options": ("nn.AvgPool2d((2, 3), ceil_mode=True, divisor_override=2)", (1, 2, 4, 7)),
    "AvgPool3d": ("nn.AvgPool3d(2)", (1, 2, 2, 4, 4)),
    "AvgPool3d-options": ("nn.AvgPool3d((1, 2, 2), (1, 1, 2), (0, 1, 1), "
                          "count_include_pad=False)", (1, 1, 2, 3, 4)),
    "AdaptiveAvgPool1d": ("nn.AdaptiveAvgPool1d(3)", (2, 2, 7)),
    "AdaptiveAvgPool2d": ("nn.AdaptiveAvgPool2d((None, 3))", (1, 2, 4, 7)),
    "AdaptiveAvgPool2d-one": ("nn.AdaptiveAvgPool2d(1)", (2, 3, 3, 3)),
    "AdaptiveAvgPool3d": ("nn.AdaptiveAvgPool3d((1, 2, 3))", (1, 1, 3, 3, 5)),
    "AdaptiveMaxPool1d": ("nn.AdaptiveMaxPool1d(3)", (2, 2, 7)),
    "AdaptiveMaxPool2d": ("nn.AdaptiveMaxPool2d((2, 3))", (1, 2, 4, 7)),
    "AdaptiveMaxPool3d": ("nn.AdaptiveMaxPool3d(2)", (1, 1, 3, 3, 5)),
}

POWERS = {
    "LPPool1d": ("nn.LPPool1d(2, 2)", (1, 2, 6)),
    "LPPool2d": ("nn.LPPool2d(1.5, 2)", (1, 2, 4, 4)),
    "LPPool2d-stride": ("nn.LPPool2d(3, (2, 3), 1, True)", (1, 1, 4, 5)),
}


class RMSNorm(nn.Module):
    """That of PyTorch 2.4, which the version that makes these files has not."""

    def __init__(self, normalized_shape, eps=None, elementwise_affine=True):
        super().__init__()
        whole = isinstance(normalized_shape, int)
        self.normalized_shape = (normalized_shape,) if whole else tuple(normalized_shape)
        self.eps = eps
        self.elementwise_affine = elementwise_affine
        weight = nn.Parameter(torch.ones(self.normalized_shape)) if elementwise_affine else None
        self.register_parameter("weight", weight)

    def forward(self, x):
        dims = tuple(range(-len(self.normalized_shape), 0))
        eps = torch.finfo(x.dtype).eps if self.eps is None else self.eps
        z = x * torch.rsqrt(x.pow(2).mean(dims, keepdim=True) + eps)
        return z if self.weight is None else z * self.weight

    def extra_repr(self):
        return (f"{self.normalized_shape}, eps={self.eps}, "
                f"elementwise_affine={self.elementwise_affine}")


NORMS = {
    "BatchNorm1d": ("nn.BatchNorm1d(3)", (4, 3)),
    "BatchNorm1d-3d": ("nn.BatchNorm1d(3, eps=0.01, momentum=0.3)", (2, 3, 5)),
    "BatchNorm1d-plain": ("nn.BatchNorm1d(3, affine=False, track_running_stats=False)", (4, 3)),
    "BatchNorm2d": ("nn.BatchNorm2d(3)", (2, 3, 2, 3)),
    "BatchNorm2d-cumulative": ("nn.BatchNorm2d(2, momentum=None)", (2, 2, 3, 3)),
    "BatchNorm2d-untracked": ("nn.BatchNorm2d(2, track_running_stats=False)", (2, 2, 3, 3)),
    "BatchNorm3d": ("nn.BatchNorm3d(2)", (2, 2, 2, 2, 3)),
    "GroupNorm": ("nn.GroupNorm(2, 4)", (2, 4, 2, 3)),
    "GroupNorm-options": ("nn.GroupNorm(3, 6, eps=0.01, affine=False)", (2, 6, 3)),
    "InstanceNorm1d": ("nn.InstanceNorm1d(3)", (2, 3, 4)),
    "InstanceNorm1d-unbatched": ("nn.InstanceNorm1d(3, affine=True)", (3, 4)),
    "InstanceNorm2d": ("nn.InstanceNorm2d(3)", (2, 3, 2, 3)),
    "InstanceNorm2d-tracked": ("nn.InstanceNorm2d(3, affine=True, track_running_stats=True)",
                               (2, 3, 2, 3)),
    "InstanceNorm3d": ("nn.InstanceNorm3d(2, eps=0.1)", (2, 2, 2, 2, 3)),
    "RMSNorm": ("nn.RMSNorm(5)", (3, 5)),
    "RMSNorm-options": ("nn.RMSNorm((2, 3), eps=0.001, elementwise_affine=False)", (2, 2, 3)),
    "LocalResponseNorm": ("nn.LocalResponseNorm(3, alpha=0.5)", (2, 4, 3)),
    "LocalResponseNorm-even": ("nn.LocalResponseNorm(2, 0.1, 0.5, 2.0)", (1, 4, 3, 2)),
}

EVAL = {
    "BatchNorm1d-eval": ("nn.BatchNorm1d(3)", (4, 3)),
    "BatchNorm2d-eval": ("nn.BatchNorm2d(3)", (1, 3, 2, 3)),
    "BatchNorm2d-eval-untracked": ("nn.BatchNorm2d(2, track_running_stats=False)", (2, 2, 3, 3)),
    "InstanceNorm2d-eval": ("nn.InstanceNorm2d(3, track_running_stats=True)", (2, 3, 2, 3)),
    "Dropout1d": ("nn.Dropout1d(0.2)", (2, 3, 2)),
    "Dropout2d": ("nn.Dropout2d(0.3)", (2, 3, 2, 2)),
    "Dropout3d": ("nn.Dropout3d()", (1, 3, 2, 2, 2)),
    "AlphaDropout": ("nn.AlphaDropout(0.1)", (2, 3)),
    "FeatureAlphaDropout": ("nn.FeatureAlphaDropout()", (2, 3, 2)),
}

VISION = {
    "PixelShuffle": ("nn.PixelShuffle(2)", (1, 8, 2, 3)),
    "PixelUnshuffle": ("nn.PixelUnshuffle(2)", (1, 2, 4, 6)),
    "Upsample": ("nn.Upsample(scale_factor=2)", (1, 2, 2, 3)),
    "Upsample-size": ("nn.Upsample(size=(3, 5), mode='bilinear')", (1, 2, 2, 3)),
    "Upsample-corners": ("nn.Upsample(scale_factor=(2, 1.5), mode='bilinear', "
                         "align_corners=True)", (1, 2, 2, 3)),
    "Upsample-nearest-exact": ("nn.Upsample(size=7, mode='nearest-exact')", (1, 2, 3)),
    "Upsample-bicubic": ("nn.Upsample(scale_factor=1.5, mode='bicubic')", (1, 1, 4, 4)),
    "ZeroPad2d": ("nn.ZeroPad2d(1)", (1, 2, 2, 3)),
    "ZeroPad2d-sides": ("nn.ZeroPad2d((1, 2, 0, -1))", (2, 3, 3)),
    "ConstantPad1d": ("nn.ConstantPad1d(2, 3.5)", (1, 2, 3)),
    "ConstantPad2d": ("nn.ConstantPad2d((1, 0, 2, 1), -1)", (1, 2, 2, 3)),
    "ConstantPad3d": ("nn.ConstantPad3d((1, 0, 0, 1, 1, 0), 0.5)", (1, 1, 2, 2, 3)),
    "ReflectionPad1d": ("nn.ReflectionPad1d(2)", (1, 2, 4)),
    "ReflectionPad2d": ("nn.ReflectionPad2d((1, 2, 0, 1))", (1, 1, 3, 3)),
    "ReflectionPad3d": ("nn.ReflectionPad3d((1, 0, 1, 0, 0, 1))", (1, 1, 2, 2, 3)),
    "ReplicationPad1d": ("nn.ReplicationPad1d((1, 3))", (2, 4)),
    "ReplicationPad2d": ("nn.ReplicationPad2d(1)", (1, 1, 3, 3)),
    "ReplicationPad3d": ("nn.ReplicationPad3d((1, 0, 1, 0, 0, 1))", (1, 1, 2, 2, 3)),
}


def modules(suite, file, cases, train=True):
    for name, (expr, shape) in cases.items():
        suite.module(file, name, expr, train=train, x=rnd(*shape))


def build(suite):
    nn.RMSNorm = RMSNorm
    modules(suite, "pooling", POOLING)
    for name, (expr, shape) in POWERS.items():
        suite.module("pooling", name, expr, x=rnd(*shape, lo=0.1))
    both = "m(x)"
    suite.module("pooling", "MaxPool2d-indices", "nn.MaxPool2d(2, return_indices=True)", call=both,
                 outs=("y", "indices"), x=rnd(1, 2, 4, 5))
    suite.module("pooling", "AdaptiveMaxPool2d-indices",
                 "nn.AdaptiveMaxPool2d(2, return_indices=True)", call=both,
                 outs=("y", "indices"), x=rnd(1, 2, 4, 5))
    for n, data in {1: [[[1, 2, 5]]], 2: [[[0, 3], [9, 15]]], 3: [[[[3, 13]]]]}.items():
        indices = ints(data)
        shape = indices(None).shape
        suite.module("pooling", f"MaxUnpool{n}d", f"nn.MaxUnpool{n}d(2)", call="m(x, indices)",
                     x=rnd(*shape), indices=indices)
    suite.module("pooling", "MaxUnpool2d-size", "nn.MaxUnpool2d(3, 2, 1)",
                 call="m(x, indices, output_size=(4, 4))", x=rnd(1, 2, 2),
                 indices=ints([[[0, 3], [9, 15]]]))
    modules(suite, "normalization", NORMS)
    modules(suite, "normalization", EVAL, train=False)
    modules(suite, "vision", VISION)
    suite.module("vision", "ChannelShuffle", "nn.ChannelShuffle(2)", constants=("x",),
                 x=rnd(2, 4, 2, 2))
