"""Pooling, normalization of channels, images at another resolution."""

from golden_format import empty, rnd, vals

NAN, INF = float("nan"), float("inf")

MAX = {
    "maxPool1d": ("F.max_pool1d(a, 2)", (2, 3, 6)),
    "maxPool1d-unbatched": ("F.max_pool1d(a, 3, 2)", (2, 8)),
    "maxPool1d-padding": ("F.max_pool1d(a, 3, 1, 1)", (2, 2, 5)),
    "maxPool1d-ceil": ("F.max_pool1d(a, 2, 2, 0, 1, True)", (1, 2, 7)),
    "maxPool1d-dilation": ("F.max_pool1d(a, 2, 1, 1, 3)", (1, 2, 9)),
    "maxPool1d-far": ("F.max_pool1d(a, 2, 3)", (1, 2, 20)),
    "maxPool2d": ("F.max_pool2d(a, 2)", (2, 2, 4, 4)),
    "maxPool2d-unbatched": ("F.max_pool2d(a, 2)", (2, 4, 4)),
    "maxPool2d-wide": ("F.max_pool2d(a, 2)", (1, 1, 3, 20)),
    "maxPool2d-overlap": ("F.max_pool2d(a, 3, 2, 1)", (1, 2, 5, 6)),
    "maxPool2d-unlike": ("F.max_pool2d(a, (2, 3), (1, 2), (1, 0))", (1, 2, 4, 8)),
    "maxPool2d-dilation": ("F.max_pool2d(a, 2, 1, 1, 2)", (1, 2, 5, 6)),
    "maxPool2d-ceil": ("F.max_pool2d(a, 3, 2, 1, 1, True)", (1, 2, 4, 6)),
    "maxPool2d-one-row": ("F.max_pool2d(a, (1, 2), 1)", (1, 1, 2, 9)),
    "maxPool3d": ("F.max_pool3d(a, 2)", (1, 2, 2, 4, 4)),
    "maxPool3d-padding": ("F.max_pool3d(a, 3, 2, 1)", (1, 1, 3, 4, 5)),
    "maxPool3d-ceil": ("F.max_pool3d(a, 2, 2, 0, 1, True)", (1, 1, 3, 3, 7)),
}

INDICES = {
    "maxPool1d-indices": ("F.max_pool1d(a, 3, 2, 1, return_indices=True)", (2, 2, 9)),
    "maxPool2d-indices": ("F.max_pool2d(a, 2, return_indices=True)", (2, 2, 4, 4)),
    "maxPool2d-indices-wide": ("F.max_pool2d(a, (3, 2), (2, 1), 1, return_indices=True)",
                               (1, 1, 5, 9)),
    "maxPool2d-indices-dilation": ("F.max_pool2d(a, 2, 2, 1, 2, True, return_indices=True)",
                                   (1, 1, 6, 9)),
    "maxPool3d-indices": ("F.max_pool3d(a, 2, 1, return_indices=True)", (1, 1, 3, 3, 5)),
    "adaptiveMaxPool1d-indices": ("F.adaptive_max_pool1d(a, 3, True)", (2, 2, 7)),
    "adaptiveMaxPool2d-indices": ("F.adaptive_max_pool2d(a, (3, 4), True)", (1, 2, 5, 6)),
    "adaptiveMaxPool3d-indices": ("F.adaptive_max_pool3d(a, 2, True)", (1, 1, 3, 4, 5)),
}

AVG = {
    "avgPool1d": ("F.avg_pool1d(a, 2)", (2, 3, 6)),
    "avgPool1d-padding": ("F.avg_pool1d(a, 3, 2, 1)", (2, 2, 7)),
    "avgPool1d-exclude": ("F.avg_pool1d(a, 3, 2, 1, True, False)", (2, 8)),
    "avgPool1d-far": ("F.avg_pool1d(a, 2, 3)", (1, 2, 20)),
    "avgPool2d": ("F.avg_pool2d(a, 2)", (2, 2, 4, 4)),
    "avgPool2d-unbatched": ("F.avg_pool2d(a, 3, 1, 1)", (2, 3, 5)),
    "avgPool2d-unlike": ("F.avg_pool2d(a, (3, 2), (2, 1), (1, 1))", (1, 2, 4, 6)),
    "avgPool2d-ceil": ("F.avg_pool2d(a, 3, 2, 1, True)", (1, 2, 4, 6)),
    "avgPool2d-ceil-exclude": ("F.avg_pool2d(a, 3, 2, 1, True, False)", (1, 2, 4, 6)),
    "avgPool2d-divisor": ("F.avg_pool2d(a, 2, 2, 1, divisor_override=3)", (1, 2, 4, 7)),
    "avgPool3d": ("F.avg_pool3d(a, 2)", (1, 2, 2, 4, 4)),
    "avgPool3d-ceil": ("F.avg_pool3d(a, 2, 2, 1, True, False)", (1, 1, 3, 3, 7)),
    "avgPool3d-divisor": ("F.avg_pool3d(a, 2, 1, 0, divisor_override=5)", (1, 1, 3, 3, 6)),
    "adaptiveAvgPool1d": ("F.adaptive_avg_pool1d(a, 3)", (2, 2, 7)),
    "adaptiveAvgPool2d": ("F.adaptive_avg_pool2d(a, (3, 4))", (1, 2, 5, 6)),
    "adaptiveAvgPool2d-one": ("F.adaptive_avg_pool2d(a, 1)", (2, 2, 3, 4)),
    "adaptiveAvgPool2d-more": ("F.adaptive_avg_pool2d(a, (4, None))", (2, 3, 4)),
    "adaptiveAvgPool3d": ("F.adaptive_avg_pool3d(a, (2, 1, 3))", (1, 1, 3, 4, 5)),
}

EDGE = [[1.0, NAN, 2.0, -INF, -INF, 3.0, 3.0, INF, NAN, NAN, 0.5, 0.5],
        [NAN, 1.0, 2.0, -INF, -INF, 3.0, 4.0, INF, 1.0, NAN, 0.5, -0.5],
        [2.0, 2.0, 2.0, 2.0, 7.0, 7.0, 1.0, 1.0, 1.0, -INF, -INF, -INF]]

RESAMPLE = {
    "nearest": ("F.interpolate(a, 5)", (2, 2, 3)),
    "nearest-2d": ("F.interpolate(a, (5, 3))", (1, 2, 3, 4)),
    "nearest-scale": ("F.interpolate(a, scale_factor=2)", (1, 1, 3, 4)),
    "nearest-scale-fraction": ("F.interpolate(a, scale_factor=1.7)", (1, 1, 5, 4)),
    "nearest-3d": ("F.interpolate(a, (2, 3, 4))", (1, 1, 3, 2, 5)),
    "nearestExact": ("F.interpolate(a, 7, mode='nearest-exact')", (1, 2, 5)),
    "nearestExact-2d": ("F.interpolate(a, (3, 5), mode='nearest-exact')", (1, 1, 7, 3)),
    "linear": ("F.interpolate(a, 7, mode='linear')", (2, 2, 4)),
    "linear-corners": ("F.interpolate(a, 7, mode='linear', align_corners=True)", (2, 2, 4)),
    "bilinear": ("F.interpolate(a, (5, 7), mode='bilinear')", (1, 1, 3, 4)),
    "bilinear-corners":
        ("F.interpolate(a, (5, 7), mode='bilinear', align_corners=True)", (1, 1, 3, 4)),
    "bilinear-down": ("F.interpolate(a, (2, 3), mode='bilinear')", (1, 2, 5, 6)),
    "bilinear-scale": ("F.interpolate(a, scale_factor=(1.5, 2), mode='bilinear')", (1, 1, 3, 4)),
    "bilinear-recompute": ("F.interpolate(a, scale_factor=1.6, mode='bilinear', "
                           "recompute_scale_factor=True)", (1, 1, 3, 4)),
    "bilinear-one": ("F.interpolate(a, (1, 4), mode='bilinear', align_corners=True)",
                     (1, 1, 3, 1)),
    "trilinear": ("F.interpolate(a, (2, 5, 3), mode='trilinear')", (1, 1, 3, 3, 2)),
    "bicubic": ("F.interpolate(a, (5, 7), mode='bicubic')", (1, 1, 3, 4)),
    "bicubic-corners":
        ("F.interpolate(a, (5, 7), mode='bicubic', align_corners=True)", (1, 1, 3, 4)),
    "bicubic-scale": ("F.interpolate(a, scale_factor=0.6, mode='bicubic')", (1, 1, 6, 7)),
    "area": ("F.interpolate(a, (2, 3), mode='area')", (1, 1, 5, 4)),
}

CHANNELS = {
    "pixelShuffle": ("F.pixel_shuffle(a, 2)", (1, 8, 2, 3)),
    "pixelShuffle-unbatched": ("F.pixel_shuffle(a, 2)", (4, 2, 3)),
    "pixelUnshuffle": ("F.pixel_unshuffle(a, 2)", (1, 2, 4, 6)),
    "channelShuffle": ("a.view(2, 3, 2, 4).transpose(1, 2).reshape(2, 6, 2, 2)", (2, 6, 2, 2)),
}


def pooling(suite):
    for file, cases in (("maxPool", MAX), ("avgPool", AVG)):
        for name, (expr, shape) in cases.items():
            suite.case(file, name, expr, a=rnd(*shape))
    for name, (expr, shape) in INDICES.items():
        suite.case("maxPool", name, expr, outs=("values", "indices"), a=rnd(*shape))
    for name, expr in {
        "maxPool2d-edge": "F.max_pool2d(a, 2, 1, 1, return_indices=True)",
        "maxPool2d-edge-apart": "F.max_pool2d(a, (3, 2), return_indices=True)",
        "maxPool2d-edge-far": "F.max_pool2d(a, (2, 3), (1, 3), return_indices=True)",
        "adaptiveMaxPool2d-edge": "F.adaptive_max_pool2d(a, (2, 5), True)",
    }.items():
        suite.case("maxPool", name, expr, grad=False, outs=("values", "indices"), a=vals([EDGE]))
    suite.case("maxPool", "maxPool2d-empty", "F.max_pool2d(a, 2)", a=empty(0, 2, 4, 4))
    suite.case("avgPool", "avgPool2d-empty", "F.avg_pool2d(a, 2)", a=empty(0, 2, 4, 4))
    suite.case("maxPool", "maxUnpool1d",
               "F.max_unpool1d(a, torch.tensor([[[1, 2, 5]]]), 2)", a=rnd(1, 1, 3))
    suite.case("maxPool", "maxUnpool2d",
               "F.max_unpool2d(a, torch.tensor([[[0, 3], [9, 15]]]), 2)", a=rnd(1, 2, 2))
    suite.case("maxPool", "maxUnpool3d",
               "F.max_unpool3d(a, torch.tensor([[[[3, 13]]]]), 2)", a=rnd(1, 1, 1, 2))


AFFINE = dict(w=rnd(3), b=rnd(3))
RUNNING = dict(m=rnd(3), v=rnd(3, lo=0.2))


def norms(suite):
    for name, shape in {"": (4, 3, 2), "-2d": (2, 3, 2, 3), "-matrix": (5, 3),
                        "-one": (1, 3, 17), "-3d": (2, 3, 1, 2, 2), "-long": (1, 3, 21)}.items():
        suite.case("batchNorm", f"batchNorm{name}", "F.batch_norm(x, None, None, w, b, True)",
                   x=rnd(*shape), **AFFINE)
    suite.case("batchNorm", "batchNorm-plain", "F.batch_norm(x, None, None, None, None, True)",
               x=rnd(4, 3, 2))
    suite.case("batchNorm", "batchNorm-bias", "F.batch_norm(x, None, None, None, b, True, eps=0.5)",
               x=rnd(4, 3, 2), b=rnd(3))
    suite.case("batchNorm", "batchNorm-running", "(F.batch_norm(x, m, v, w, b, True, 0.3), m, v)",
               outs=("y", "mean", "var"), constants=("m", "v"), x=rnd(4, 3, 2), **RUNNING,
               **AFFINE)
    suite.case("batchNorm", "batchNorm-eval", "F.batch_norm(x, m, v, w, b, False)",
               constants=("m", "v"), x=rnd(2, 3, 4), **RUNNING, **AFFINE)
    suite.case("batchNorm", "batchNorm-eval-long", "F.batch_norm(x, m, v, w, b, False)",
               constants=("m", "v"), x=rnd(1, 3, 17), **RUNNING, **AFFINE)
    suite.case("batchNorm", "batchNorm-eval-plain", "F.batch_norm(x, m, v)",
               constants=("m", "v"), x=rnd(2, 3), **RUNNING)
    affine = dict(w=rnd(6), b=rnd(6))
    suite.case("groupNorm", "groupNorm", "F.group_norm(x, 2, w, b)", x=rnd(2, 6, 3), **affine)
    suite.case("groupNorm", "groupNorm-one", "F.group_norm(x, 1, w, b)", x=rnd(2, 6, 2, 2),
               **affine)
    suite.case("groupNorm", "groupNorm-matrix", "F.group_norm(x, 3, w, b, 0.1)", x=rnd(3, 6),
               **affine)
    suite.case("groupNorm", "groupNorm-plain", "F.group_norm(x, 3)", x=rnd(1, 6, 4))
    suite.case("instanceNorm", "instanceNorm", "F.instance_norm(x, weight=w, bias=b)",
               x=rnd(2, 3, 5), **AFFINE)
    suite.case("instanceNorm", "instanceNorm-2d", "F.instance_norm(x)", x=rnd(2, 3, 3, 3))
    suite.case("instanceNorm", "instanceNorm-running",
               "(F.instance_norm(x, m, v, w, b, True, 0.3), m, v)", outs=("y", "mean", "var"),
               constants=("m", "v"), x=rnd(2, 3, 5), **RUNNING, **AFFINE)
    suite.case("instanceNorm", "instanceNorm-given", "F.instance_norm(x, m, v, w, b, False)",
               constants=("m", "v"), x=rnd(2, 3, 5), **RUNNING, **AFFINE)
    # torch.nn.functional.rms_norm came with PyTorch 2.4; this is its definition.
    rms = "x * torch.rsqrt(x.pow(2).mean({dims}, keepdim=True) + {eps}){weight}"
    suite.case("rmsNorm", "rmsNorm", rms.format(dims="-1", eps="1e-5", weight=" * w"),
               x=rnd(3, 5), w=rnd(5))
    suite.case("rmsNorm", "rmsNorm-plain", rms.format(dims="-1", eps="0.5", weight=""),
               x=rnd(2, 2, 19 // 2))
    suite.case("rmsNorm", "rmsNorm-two-dims", rms.format(dims="(-2, -1)", eps="1e-5",
                                                         weight=" * w"),
               x=rnd(2, 3, 4), w=rnd(3, 4))


def build(suite):
    pooling(suite)
    norms(suite)
    for name, (expr, shape) in RESAMPLE.items():
        suite.case("interpolate", f"interpolate-{name}", expr, a=rnd(*shape))
    for name, (expr, shape) in CHANNELS.items():
        suite.case("channels", name, expr, a=rnd(*shape))
