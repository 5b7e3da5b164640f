"""Activations beyond those of plain arithmetic."""

from golden_format import empty, rnd, vals

NAN, INF = float("nan"), float("inf")

# Name, expression, points where the slope jumps; F.hardsigmoid has a gradient of F32 in any dtype.
FUNCTIONS = {
    "leakyRelu": ("F.leaky_relu(a, 0.2)", (0.0,)),
    "threshold": ("F.threshold(a, 0.25, -3.0)", (0.25,)),
    "hardtanh": ("F.hardtanh(a, -0.5, 1.25)", (-0.5, 1.25)),
    "relu6": ("F.relu6(a)", (0.0, 6.0)),
    "hardsigmoid": ("F.relu6(a + 3) / 6", (-3.0, 3.0)),
    "hardshrink": ("F.hardshrink(a, 0.75)", (-0.75, 0.75)),
    "softshrink": ("F.softshrink(a, 0.75)", (-0.75, 0.75)),
    "hardswish": ("F.hardswish(a)", (-3.0, 3.0)),
    "softsign": ("F.softsign(a)", ()),
    "elu": ("F.elu(a, 1.5)", (0.0,)),
    "selu": ("F.selu(a)", (0.0,)),
    "celu": ("F.celu(a, 2.0)", ()),
    "silu": ("F.silu(a)", ()),
    "mish": ("F.mish(a)", ()),
    "softplus-sharp": ("F.softplus(a, 2, 3)", ()),
    "softplus-blunt": ("F.softplus(a, 0.5, 40)", ()),
    "logSigmoid": ("F.logsigmoid(a)", ()),
    "tanhshrink": ("F.tanhshrink(a)", ()),
}
DEFAULTS = {
    "leakyRelu": "F.leaky_relu(a)", "hardtanh": "F.hardtanh(a)", "hardshrink": "F.hardshrink(a)",
    "softshrink": "F.softshrink(a)", "elu": "F.elu(a)", "celu": "F.celu(a)",
}
FAR = [20.5, -20.5, 45.0, -45.0, 700.0, -700.0, 1e-9, -1e-9]


def curves(suite):
    for name, (expr, kinks) in FUNCTIONS.items():
        suite.case("activations", name, expr, a=rnd(3, 7, lo=-5, hi=7))
        suite.case("activations", f"{name}-rank0", expr, a=rnd())
        suite.case("activations", f"{name}-empty", expr, a=empty(0, 3))
        suite.case("activations", f"{name}-far", expr, a=vals(FAR))
        edge = [INF, -INF, 0.0, -0.0] + ([] if name == "softshrink" else [NAN])
        suite.case("activations", f"{name}-edge", expr, grad=False, a=vals(edge))
        if kinks:
            suite.case("activations", f"{name}-kink", expr, a=vals(list(kinks)))
    for name, expr in DEFAULTS.items():
        suite.case("activations", f"{name}-default", expr, a=rnd(2, 3))
    suite.case("activations", "hardsigmoid-value", "F.hardsigmoid(a)", grad=False,
               a=rnd(3, 3, lo=-5, hi=5))


def gates(suite):
    for dim in (0, 1, -1):
        suite.case("activations", f"glu-{dim}", f"F.glu(a, {dim})", a=rnd(2, 4, 2))
    suite.case("activations", "glu-empty", "F.glu(a, 1)", a=empty(0, 4))
    suite.case("activations", "prelu", "F.prelu(a, b)", a=rnd(2, 3, 5), b=rnd(3))
    suite.case("activations", "prelu-one", "F.prelu(a, b)", a=rnd(2, 3, 5), b=rnd(1))
    suite.case("activations", "prelu-matrix", "F.prelu(a, b)", a=rnd(4, 3), b=rnd(3))
    suite.case("activations", "prelu-row", "F.prelu(a, b)", a=rnd(4), b=rnd(1))
    suite.case("activations", "prelu-rank0", "F.prelu(a, b)", a=rnd(), b=rnd(1))
    suite.case("activations", "prelu-empty", "F.prelu(a, b)", a=empty(0, 3), b=rnd(3))
    suite.case("activations", "prelu-kink", "F.prelu(a, b)", a=vals([0.0, -0.0, 1.0]), b=rnd(1))


def losses(suite):
    expr = "F.binary_cross_entropy(a, b, reduction='none')"
    for name, shape in {"": (2, 3), "-rank0": (), "-row": (17,)}.items():
        suite.case("binaryCrossEntropy", f"binaryCrossEntropy{name}", expr,
                   a=rnd(*shape, lo=0.05, hi=0.95), b=rnd(*shape, lo=0, hi=1, shift=0.005))
    suite.case("binaryCrossEntropy", "binaryCrossEntropy-bounds", expr, constants=("b",),
               a=vals([0.0, 1.0, 0.0, 1.0, 1e-13]), b=vals([1.0, 0.0, 0.0, 1.0, 0.5]))
    suite.case("binaryCrossEntropy", "binaryCrossEntropy-empty", expr, a=empty(0, 3),
               b=empty(0, 3))


def build(suite):
    losses(suite)
    curves(suite)
    gates(suite)
