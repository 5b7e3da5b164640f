"""Elementwise operations of two and three operands beyond plain arithmetic; type promotion."""

from golden_format import bools, ints, rnd, vals

NAN, INF = float("nan"), float("inf")

# In the order of DType.
DTYPES = ("float32", "float64", "int32", "int64", "uint8", "bool", "bfloat16", "float16")

PAIRS = {
    "fmod": "torch.fmod(a, b)",
    "remainder": "torch.remainder(a, b)",
    "divTrunc": "torch.div(a, b, rounding_mode='trunc')",
    "divFloor": "torch.div(a, b, rounding_mode='floor')",
    "atan2": "torch.atan2(a, b)",
    "hypot": "torch.hypot(a, b)",
    "logaddexp": "torch.logaddexp(a, b)",
    "xlogy": "torch.xlogy(a, b)",
    "copysign": "torch.copysign(a, b)",
    "fmax": "torch.fmax(a, b)",
    "fmin": "torch.fmin(a, b)",
    "rsub": "torch.rsub(a, b)",
}

EDGE = [NAN, INF, -INF, 0.0, -0.0, 1.0, -2.5]
# Every pair of them, but for the sign of a quotient of zeros.
EDGE_A = [x for x in EDGE for _ in EDGE]
EDGE_B = EDGE * len(EDGE)


def promotion(suite):
    for a in DTYPES:
        for rank in (0, 1):
            expr = (
                "torch.tensor([(" + ", ".join(f"torch.{d}" for d in DTYPES) + ").index("
                f"torch.result_type(torch.zeros({[1] * rank}, dtype=torch.{a}), "
                "torch.zeros([1] * r, dtype=b))) for r in (0, 1) for b in ("
                + ", ".join(f"torch.{d}" for d in DTYPES) + ")])"
            )
            suite.case("promotion", f"promotion-{a}-{rank}", expr)
    mixed(suite)


def mixed(suite):
    f64, f32 = rnd(2, 3), lambda rng: rnd(2, 3)(rng).float()
    i64, mask = ints([[3, -2, 7], [1, 4, -5]]), bools([[1, 0, 1], [0, 0, 1]])
    operands = {"f32": f32, "i64": i64, "bool": mask}
    for op in ("add", "mul", "div", "maximum", "atan2"):
        for name, other in operands.items():
            expr = f"torch.{op}(a, b)"
            if (op, name) != ("div", "bool"):
                suite.case("promotion", f"{op}-f64-{name}", expr, a=f64, b=other)
            if op in ("add", "mul", "div"):
                suite.case("promotion", f"{op}-{name}-i64", expr, a=other, b=i64)
            if op in ("add", "mul", "maximum"):
                suite.case("promotion", f"{op}-{name}-bool", expr, a=other, b=mask)
    suite.case("promotion", "sub-f32-i64", "a - b", a=f32, b=i64)
    suite.case("promotion", "pow-f64-i64", "torch.pow(a, b)", a=rnd(2, 3, lo=0.3), b=i64)
    suite.case("promotion", "pow-i64", "torch.pow(a, b)", a=ints([2, -3, 1, -1, 5, 0]),
               b=ints([5, 3, -4, -3, -1, 0]))
    suite.case("promotion", "mul-f32-rank0", "a * b", constants=("b",), a=f32, b=vals(0.75))
    suite.case("promotion", "mul-i64-rank0", "a * b", a=i64, b=vals(0.75))
    suite.case("promotion", "mul-rank0-f32", "a * b", constants=("a",), a=vals(0.75), b=f32)
    suite.case("promotion", "lt-f64-i64", "a < b", grad=False, a=f64, b=i64)
    suite.case("promotion", "eq-i64-bool", "a == b", a=i64, b=mask)
    scalars = {
        "add-double": "a + 2.5", "add-long": "a + 3", "sub-double": "a - 2.5", "sub-long": "a - 3",
        "rsub-long": "3 - a", "mul-double": "a * 2.5", "mul-long": "a * 3", "div-long": "a / 3",
        "pow-long": "a ** 3", "gt-double": "a > 1.5", "eq-long": "a == 3",
        "floorDivide-long": "torch.div(a, 2, rounding_mode='floor')",
        "floorDivide-double": "torch.div(a, 2.5, rounding_mode='floor')",
        "clamp-long": "a.clamp(0, 3)", "clampMin-double": "a.clamp(min=1.5)",
    }
    for name, expr in scalars.items():
        suite.case("promotion", f"{name}-i64", expr, a=i64)
        if not name.startswith(("sub", "rsub")):
            suite.case("promotion", f"{name}-bool", expr, a=mask)


def pairs(suite):
    for op, expr in PAIRS.items():
        left = dict(lo=0.2, hi=2) if op == "xlogy" else {}
        right = dict(lo=0.2, hi=2) if op == "xlogy" else {}
        shapes = {"": ((2, 3), (2, 3)), "-broadcast": ((2, 3), (3,)),
                  "-broadcast-both": ((2, 1, 3), (4, 1)), "-rank0": ((), (2, 3))}
        for variant, (a, b) in shapes.items():
            suite.case(op, op + variant, expr, a=rnd(*a, **left), b=rnd(*b, shift=0.005, **right))
        # Quotients of infinities and zeros have the sign of a NaN, which is nobody's business.
        suite.case(op, f"{op}-edge", expr, grad=False, a=vals(EDGE_A), b=vals(EDGE_B))
        if op in ("fmod", "remainder", "divTrunc", "divFloor", "fmax", "fmin", "rsub"):
            suite.case(op, f"{op}-i64", expr, a=ints([7, -7, 7, -7, 6, 0]),
                       b=ints([3, 3, -3, -3, 3, 5]))
    suite.case("xlogy", "xlogy-zero", PAIRS["xlogy"], a=vals([0.0, 0.0, 2.0]),
               b=vals([0.0, 2.0, 1.5]), constants=("b",))
    suite.case("copysign", "copysign-zero", PAIRS["copysign"], a=vals([0.0, -1.0, 2.0]),
               b=vals([-1.0, 2.0, -0.0]))
    suite.case("logaddexp", "logaddexp-large", PAIRS["logaddexp"], a=vals([800.0, -800.0, 3.0]),
               b=vals([790.0, -801.0, 3.0]))
    for op in ("fmax", "fmin"):
        suite.case(op, f"{op}-tie", PAIRS[op], a=vals([1.0, 2.0, NAN, 3.0]),
                   b=vals([1.0, 3.0, 1.0, NAN]))
    for op in ("fmod", "remainder", "divFloor"):
        suite.case(op, f"{op}-hard", PAIRS[op], grad=False,
                   a=vals([1e300, -1e17, 1.0, 6.0, -1.0, 5e-324, 0.3, 1e16]),
                   b=vals([3.0, 7.0, 0.1, -0.1, 1e-300, 3e-324, 0.1, -0.7]))


def bounds(suite):
    a = rnd(2, 3)
    suite.case("clamp", "clamp", "a.clamp(-0.5, 0.75)", a=a)
    suite.case("clamp", "clamp-bounds", "a.clamp(-0.5, 0.75)", a=vals([-0.5, 0.75, 0.0, 9.0]))
    suite.case("clamp", "clamp-crossed", "a.clamp(0.5, -0.75)", a=a)
    suite.case("clamp", "clamp-edge", "a.clamp(-1.5, 0.0)", grad=False, a=vals(EDGE))
    suite.case("clamp", "clampMin", "a.clamp(min=-0.5)", a=a)
    suite.case("clamp", "clampMax", "a.clamp(max=0.5)", a=a)
    suite.case("clamp", "clampMin-bound", "a.clamp(min=0.5)", a=vals([0.5, 0.0, NAN, 2.0]))
    suite.case("clamp", "clamp-tensors", "torch.clamp(a, b, c)", a=rnd(2, 3, lo=-3, hi=3),
               b=rnd(3, lo=-2, hi=-0.5), c=rnd(2, 1, lo=0.5))
    suite.case("clamp", "clamp-tensors-bounds", "torch.clamp(a, b, c)", a=vals([1.0, 2.0, 0.0]),
               b=vals([1.0, 0.0, 0.5]), c=vals([3.0, 2.0, 1.0]))
    suite.case("clamp", "clamp-tensors-crossed", "torch.clamp(a, b, c)",
               a=vals([0.0, 1.0, 2.0, 9.0]), b=vals([1.0, 1.5, 3.0, 4.0]),
               c=vals([1.0, 0.5, 2.5, 4.0]))
    suite.case("clamp", "clampMin-tensor", "torch.clamp(a, min=b)", a=a, b=rnd(3, shift=0.005))
    suite.case("clamp", "clampMax-tensor", "torch.clamp(a, max=b)", a=a, b=rnd(3, shift=0.005))


def blends(suite):
    a, b = rnd(2, 3), rnd(2, 3)
    for weight in (0.25, 0.75, -1.5):
        suite.case("lerp", f"lerp-{weight}", f"torch.lerp(a, b, {weight})", a=a, b=b)
    suite.case("lerp", "lerp-broadcast", "torch.lerp(a, b, 0.25)", a=rnd(3), b=rnd(2, 1))
    suite.case("lerp", "lerp-weights", "torch.lerp(a, b, c)", a=a, b=b, c=rnd(2, 3))
    suite.case("lerp", "lerp-weights-broadcast", "torch.lerp(a, b, c)", a=a, b=rnd(3),
               c=rnd(2, 1))
    for op in ("addcmul", "addcdiv"):
        file = f"{op}-apart"
        suite.case(file, f"{op}-apart", f"torch.{op}(a, b, c, value=0.5)", a=a, b=b, c=rnd(2, 3))
        suite.case(file, f"{op}-apart-broadcast", f"torch.{op}(a, b, c, value=-1.5)", a=a,
                   b=rnd(3), c=rnd(2, 1))
        suite.case(file, f"{op}-apart-wider", f"torch.{op}(a, b, c)", a=rnd(3), b=rnd(2, 1),
                   c=rnd(4, 1, 1))
    suite.case("addcmul-apart", "addcmul-apart-i64", "torch.addcmul(a, b, b, value=2)",
               a=ints([1, 2]), b=ints([3, -4]))
    suite.case("addcmul-apart", "addcmul-apart-mixed", "torch.addcmul(a, b, c)",
               a=ints([1, 2, 3]), b=rnd(3), c=lambda rng: rnd(3)(rng).float())
    choices(suite)


def choices(suite):
    c, a, b = bools([[1, 0, 1], [0, 0, 1]]), rnd(2, 3), rnd(2, 3)
    suite.case("where-mixed", "where-f64-i64", "torch.where(c, a, b)", c=c, a=a,
               b=ints([[3, -2, 7], [1, 4, -5]]))
    suite.case("where-mixed", "where-f32-f64", "torch.where(c, a, b)", c=c,
               a=lambda rng: rnd(2, 3)(rng).float(), b=b)
    suite.case("where-mixed", "where-i64-bool", "torch.where(c, a, c)", c=c,
               a=ints([[3, -2, 7], [1, 4, -5]]))
    suite.case("where-mixed", "where-number", "torch.where(c, a, 0.5)", c=c, a=a)
    suite.case("where-mixed", "where-number-left", "torch.where(c, 2, a)", c=c, a=a)
    suite.case("where-mixed", "where-numbers", "torch.where(c, 2.5, 1.5)", c=c)
    suite.case("where-mixed", "where-integers", "torch.where(c, 2, 1)", c=c)
    suite.case("maskedFill", "maskedFill", "a.masked_fill(m, 0.5)", a=a, m=c)
    suite.case("maskedFill", "maskedFill-broadcast", "a.masked_fill(m, -1)", a=a,
               m=bools([1, 0, 1]))
    suite.case("maskedFill", "maskedFill-wider", "a.masked_fill(m, 7)", a=rnd(3), m=c)
    suite.case("maskedFill", "maskedFill-tensor", "a.masked_fill(m, v)", a=a, m=c, v=rnd())
    suite.case("maskedFill", "maskedFill-i64", "a.masked_fill(m, 9)", m=c,
               a=ints([[3, -2, 7], [1, 4, -5]]))


def logic(suite):
    a, b = ints([[12, 10, -1], [0, 255, 7]]), ints([[10, 3, 5], [9, -256, 2]])
    p, q = bools([[1, 1], [0, 0]]), bools([[1, 0], [1, 0]])
    for op in ("and", "or", "xor"):
        suite.case("bits", f"bitwise-{op}", f"torch.bitwise_{op}(a, b)", a=a, b=b)
        suite.case("bits", f"bitwise-{op}-bool", f"torch.bitwise_{op}(a, b)", a=p, b=q)
        suite.case("bits", f"bitwise-{op}-mixed", f"torch.bitwise_{op}(a, b)", a=p,
                   b=ints([3, 4]))
        suite.case("bits", f"bitwise-{op}-number", f"torch.bitwise_{op}(a, 6)", a=a)
        suite.case("bits", f"logical-{op}-i64", f"torch.logical_{op}(a, b)", a=a, b=b)
        suite.case("bits", f"logical-{op}-mixed", f"torch.logical_{op}(a, b)", grad=False,
                   a=vals([0.5, 0.0, -0.0, NAN]), b=ints([1, 0, 3, 0]))
    suite.case("bits", "logical-xor-bool", "torch.logical_xor(a, b)", a=p, b=q)
    suite.case("bits", "logical-not-f64", "torch.logical_not(a)", grad=False,
               a=vals([0.5, 0.0, -0.0, NAN]))
    suite.case("bits", "bitwise-not", "torch.bitwise_not(a)", a=a)
    suite.case("bits", "bitwise-not-bool", "torch.bitwise_not(a)", a=p)
    for op in ("left", "right"):
        suite.case("bits", f"shift-{op}", f"torch.bitwise_{op}_shift(a, b)", a=a,
                   b=ints([0, 1, 5]))
        suite.case("bits", f"shift-{op}-number", f"torch.bitwise_{op}_shift(a, 2)", a=a)
    close(suite)


def close(suite):
    a = vals([1.0, 1.0, INF, INF, NAN, 0.0, 1000.0, INF])
    b = vals([1.0 + 1e-6, 1.1, INF, -INF, NAN, 1e-9, 1000.1, 5.0])
    suite.case("isclose", "isclose", "torch.isclose(a, b)", grad=False, a=a, b=b)
    suite.case("isclose", "isclose-nan", "torch.isclose(a, b, rtol=1e-3, equal_nan=True)",
               grad=False, a=a, b=b)
    suite.case("isclose", "isclose-wide", "torch.isclose(a, b, rtol=0, atol=0.2)", grad=False,
               a=a, b=b)
    suite.case("isclose", "isclose-i64", "torch.isclose(a, b, rtol=0, atol=1)",
               a=ints([1, 2, -9]), b=ints([2, 5, -8]))


def build(suite):
    promotion(suite)
    pairs(suite)
    bounds(suite)
    blends(suite)
    logic(suite)
