"""Elementwise operations: arithmetic, pointwise functions, comparison."""

from golden_format import bools, ints, rnd, vals

NAN, INF = float("nan"), float("inf")

EXPRESSIONS = {
    "add": "a + b",
    "sub": "a - b",
    "mul": "a * b",
    "div": "a / b",
    "pow": "torch.pow(a, b)",
    "maximum": "torch.maximum(a, b)",
    "minimum": "torch.minimum(a, b)",
}

UNARY = {
    "neg": "-a",
    "abs": "a.abs()",
    "exp": "a.exp()",
    "log": "a.log()",
    "sqrt": "a.sqrt()",
    "relu": "a.relu()",
    "sigmoid": "a.sigmoid()",
    "tanh": "a.tanh()",
    "softplus": "F.softplus(a)",
    "erf": "a.erf()",
    "sign": "a.sign()",
    "reciprocal": "a.reciprocal()",
    "square": "a.square()",
}

EDGE_A = [NAN, 1.0, INF, -INF, INF, 0.0, -0.0, -1.0, 0.0, -2.0, 1e308, 5e-324]
EDGE_B = [1.0, NAN, INF, INF, -INF, 0.0, 0.0, 0.0, -3.0, 0.5, 1e308, 2.0]


def binary(suite):
    for op, expr in EXPRESSIONS.items():
        # A base below zero has no real power, hence pow's range.
        left = dict(lo=0.2, hi=2) if op == "pow" else {}
        shapes = {
            "": ((2, 3), (2, 3)),
            "-broadcast": ((2, 3), (3,)),
            "-broadcast-left": ((3,), (2, 3)),
            "-broadcast-both": ((2, 1, 3), (4, 1)),
            "-rank0": ((2, 3), ()),
        }
        for variant, (a, b) in shapes.items():
            inputs = dict(a=rnd(*a, **left), b=rnd(*b, shift=0.005))
            suite.case(op, op + variant, expr, **inputs)
        suite.case(op, f"{op}-transposed", expr.replace("a", "a.t()", 1) if op in "add sub mul div"
                   else f"torch.{op}(a.t(), b)",
                   a=rnd(3, 2, **left), b=rnd(2, 3, shift=0.005))
        suite.case(op, f"{op}-edge", expr, grad=False, a=vals(EDGE_A), b=vals(EDGE_B))
        if op not in ("div", "pow"):
            suite.case(op, f"{op}-i64", expr, a=ints([[5, -7, 0], [2, 2, -9]]), b=ints([3, -7, 4]))
    scalars(suite)


def scalars(suite):
    a = rnd(2, 3)
    for op, sign in {"add": "+", "sub": "-", "mul": "*", "div": "/"}.items():
        suite.case(op, f"{op}-scalar", f"a {sign} 2.5", a=a)
    suite.case("add", "add-alpha", "torch.add(a, b, alpha=0.75)", a=a, b=rnd(2, 3))
    suite.case("add", "add-alpha-broadcast", "torch.add(a, b, alpha=0.75)", a=a, b=rnd(3))
    suite.case("pow", "pow-scalar-3", "a ** 3", a=a)
    suite.case("pow", "pow-scalar-0.5", "a ** 0.5", a=rnd(2, 3, lo=0.2))
    suite.case("pow", "pow-scalar-2", "a ** 2", a=a)
    suite.case("pow", "pow-scalar--1", "a ** -1", a=a)
    suite.case("pow", "pow-scalar-0", "a ** 0", a=vals([[-1.5, 0.0, 2.0]]))
    suite.case("pow", "pow-zero-base", "torch.pow(a, b)", a=vals([0.0, 0.0, 2.0]),
               b=vals([2.0, 1.0, 3.0]))
    for op in ("maximum", "minimum"):
        suite.case(op, f"{op}-scalar", f"torch.{op}(a, torch.tensor(0.375, dtype=f64))", a=a)
        suite.case(op, f"{op}-tie", f"torch.{op}(a, b)", a=vals([1.0, 2.0, -0.5]),
                   b=vals([1.0, 3.0, -0.5]))
    for op in ("addcmul", "addcdiv"):
        suite.case(op, op, f"torch.{op}(a, b, c, value=0.5)", grad=False, a=a, b=rnd(2, 3),
                   c=rnd(2, 3))
        suite.case(op, f"{op}-broadcast", f"torch.{op}(a, b, c, value=-1.5)", grad=False, a=a,
                   b=rnd(3), c=rnd(2, 1))


def unary(suite):
    positive = ("log", "sqrt")
    for op, expr in UNARY.items():
        limits = dict(lo=0.1, hi=4) if op in positive else dict(lo=-3, hi=3)
        suite.case(op, op, expr, a=rnd(2, 3, **limits))
        suite.case(op, f"{op}-rank0", expr, a=rnd(**limits))
        suite.case(op, f"{op}-transposed", expr.replace("a", "a.t()", 1) if op != "softplus"
                   else "F.softplus(a.t())", a=rnd(3, 4, **limits))
        suite.case(op, f"{op}-edge", expr, grad=False,
                   a=vals([NAN, INF, -INF, 0.0, -0.0, 1000.0, -1000.0, 1e-310, -1e-310, 19.99,
                           20.0, 20.01, 37.5, -37.5]))
    for op in ("neg", "abs", "sign", "relu"):
        suite.case(op, f"{op}-i64", UNARY[op], a=ints([[5, -7, 0], [2, -1, 9]]))
    for op in ("abs", "relu", "sign"):
        suite.case(op, f"{op}-zero", UNARY[op], a=vals([0.0, 1.5, -1.5]))
    for op in ("sigmoid", "tanh", "softplus", "erf"):
        suite.case(op, f"{op}-large", UNARY[op],
                   a=vals([-800.0, -40.0, -15.0, 15.0, 19.5, 20.5, 40.0, 800.0]))


def gelu(suite):
    # PyTorch has NaN at minus infinity, where the limit is 0.
    edge = vals([NAN, INF, 0.0, -0.0, 1000.0, -1000.0, 1e-310, -1e-310, -0.75, 37.5, -37.5])
    for variant, attribute in {"": "", "-tanh": ", approximate='tanh'"}.items():
        expr = f"F.gelu(a{attribute})"
        suite.case("gelu", f"gelu{variant}", expr, a=rnd(2, 3, lo=-3, hi=3))
        suite.case("gelu", f"gelu{variant}-rank0", expr, a=rnd(lo=-3, hi=3))
        suite.case("gelu", f"gelu{variant}-transposed", f"F.gelu(a.t(){attribute})",
                   a=rnd(3, 4, lo=-3, hi=3))
        suite.case("gelu", f"gelu{variant}-edge", expr, grad=False, a=edge)
        suite.case("gelu", f"gelu{variant}-large", expr,
                   a=vals([-800.0, -40.0, -4.0, -1.0, 0.0, 1.0, 4.0, 40.0, 800.0]))


def comparison(suite):
    a = vals([[0.5, -1.0, 2.0], [0.25, 0.5, 3.0]])
    b = vals([[0.5, 1.0, -2.0], [0.25, 0.75, 3.0]])
    for op in ("eq", "ne", "lt", "le", "gt", "ge"):
        expr = f"torch.{op}(a, b)"
        suite.case(op, op, expr, grad=False, a=a, b=b)
        suite.case(op, f"{op}-broadcast", expr, grad=False, a=a, b=vals([0.5, -1.0, 3.0]))
        suite.case(op, f"{op}-broadcast-left", expr, grad=False, a=vals([[0.5], [0.25]]), b=b)
        suite.case(op, f"{op}-scalar", f"torch.{op}(a, 0.5)", grad=False, a=a)
        suite.case(op, f"{op}-edge", expr, grad=False,
                   a=vals([NAN, NAN, 1.0, INF, INF, -INF, 0.0, 1e-310]),
                   b=vals([NAN, 1.0, NAN, INF, -INF, 0.0, -0.0, 0.0]))
        suite.case(op, f"{op}-i64", expr, a=ints([3, -1, 1000000007]),
                   b=ints([3, 2, 1000000006]))
        suite.case(op, f"{op}-bool", expr, a=bools([1, 1, 0, 0]), b=bools([1, 0, 1, 0]))
    logical(suite)


def logical(suite):
    a, b = bools([[1, 1], [0, 0]]), bools([[1, 0], [1, 0]])
    suite.case("logical", "logicalNot", "torch.logical_not(a)", a=a)
    suite.case("logical", "logicalAnd", "torch.logical_and(a, b)", a=a, b=b)
    suite.case("logical", "logicalOr", "torch.logical_or(a, b)", a=a, b=b)
    suite.case("logical", "logicalAnd-broadcast", "torch.logical_and(a, b)", a=a, b=bools([1, 0]))
    for op in ("all", "any"):
        for name, data in {"mixed": [1, 0, 1], "ones": [1, 1], "zeros": [0, 0]}.items():
            suite.case("logical", f"{op}-{name}", f"a.{op}()", a=bools(data))


def build(suite):
    binary(suite)
    unary(suite)
    gelu(suite)
    comparison(suite)
