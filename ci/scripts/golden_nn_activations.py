"""Activations as modules."""

from golden_format import empty, rnd

PLAIN = {
    "ReLU6": "()", "LeakyReLU": "()", "ELU": "()", "SELU": "()", "CELU": "()", "SiLU": "()",
    "Mish": "()", "Hardtanh": "()", "Hardswish": "()", "Hardshrink": "()", "LogSigmoid": "()",
    "Tanhshrink": "()", "Softsign": "()", "Softshrink": "()", "RReLU": "(0.25, 0.25)",
}
GIVEN = {
    "LeakyReLU-slope": "LeakyReLU(0.2)", "ELU-alpha": "ELU(0.5)", "CELU-alpha": "CELU(2.5)",
    "Hardtanh-bounds": "Hardtanh(-0.5, 1.25)", "Hardshrink-lambda": "Hardshrink(1.5)",
    "Softshrink-lambda": "Softshrink(0.25)", "Threshold": "Threshold(0.105, 20)",
    "Softmin": "Softmin(1)", "GLU": "GLU()", "GLU-dim": "GLU(1)",
}
INPLACE = ("ReLU", "ReLU6", "ELU", "SELU", "CELU", "SiLU", "Mish", "Hardswish", "LeakyReLU",
           "Hardtanh")


def build(suite):
    file = "activations"
    for name, arguments in PLAIN.items():
        suite.module(file, f"{name}-module", f"nn.{name}{arguments}", x=rnd(3, 4, lo=-4, hi=7))
    for name, expr in GIVEN.items():
        suite.module(file, f"{name}-module", f"nn.{expr}", x=rnd(3, 4, shift=0.002))
    # The gradient of F.hardsigmoid is one of F32 in any dtype.
    suite.module(file, "Hardsigmoid-module", "nn.Hardsigmoid()", constants=("x",), x=rnd(3, 4))
    for name in INPLACE:
        suite.module(file, f"{name}-inplace", f"nn.{name}(inplace=True)", "m(x + 0)", x=rnd(3, 4))
    suite.module(file, "Threshold-inplace", "nn.Threshold(0.105, -2, inplace=True)", "m(x + 0)",
                 x=rnd(3, 4))
    suite.module(file, "RReLU-eval", "nn.RReLU()", train=False, x=rnd(3, 4))
    suite.module(file, "RReLU-inplace", "nn.RReLU(0.1, 0.3, inplace=True)", "m(x + 0)",
                 train=False, x=rnd(3, 4))
    suite.module(file, "Softmax2d", "nn.Softmax2d()", x=rnd(2, 3, 2, 2))
    suite.module(file, "Softmax2d-3d", "nn.Softmax2d()", x=rnd(3, 2, 2))
    suite.module(file, "PReLU", "nn.PReLU()", x=rnd(2, 3, 2))
    suite.module(file, "PReLU-channels", "nn.PReLU(3, init=0.1)", x=rnd(2, 3, 2))
    suite.module(file, "PReLU-empty", "nn.PReLU(3)", x=empty(0, 3))
