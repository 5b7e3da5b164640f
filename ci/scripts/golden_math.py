"""Rounding, exponentials, trigonometry and special functions of one operand."""

from golden_format import bools, ints, rnd, vals

NAN, INF = float("nan"), float("inf")

ANY = dict(lo=-3, hi=3)
POSITIVE = dict(lo=0.1, hi=4)
INSIDE = dict(lo=-0.9, hi=0.9)

# The call, the range of its smooth cases, and the operands of its edge case.
EDGE = [NAN, INF, -INF, 0.0, -0.0, 1000.0, -1000.0, 1e-310, -1e-310, 0.5, -0.5, 1.0, -1.0, 37.5]
LARGE = [1e5, -123456.789, 1e9, 1e15, -1e22, 1e300, 3.141592653589793, 1.5707963267948966, 710.2]
HALVES = [0.5, 1.5, 2.5, -0.5, -1.5, -2.5, 1e15 + 0.5, 4503599627370497.5, 1e300, -0.3, 0.7]

CALLS = {
    "floor": ("floor()", dict(**ANY, shift=0.005), EDGE + HALVES),
    "ceil": ("ceil()", dict(**ANY, shift=0.005), EDGE + HALVES),
    "round": ("round()", dict(**ANY, shift=0.005), EDGE + HALVES),
    "trunc": ("trunc()", dict(**ANY, shift=0.005), EDGE + HALVES),
    "frac": ("frac()", dict(**ANY, shift=0.005), EDGE + HALVES),
    "exp2": ("exp2()", ANY, EDGE + [1023.5, 1024.0, -1074.0, -1075.5]),
    "expm1": ("expm1()", ANY, EDGE + [709.5, 710.0, -40.0, 1e-9, -1e-9]),
    "log2": ("log2()", POSITIVE, EDGE + [1024.0, 1e300, 0.9999999, 2.0**-1060]),
    "log10": ("log10()", POSITIVE, EDGE + [1e3, 1e300, 0.9999999, 1e-5]),
    "log1p": ("log1p()", dict(lo=-0.9, hi=3), EDGE + [1e300, 1e-9, -1e-9, -0.9999999]),
    "rsqrt": ("rsqrt()", POSITIVE, EDGE + [4.0, 1e300]),
    "logit": ("logit()", dict(lo=0.05, hi=0.95), EDGE + [0.25, 0.9999999, 1e-9]),
    "sin": ("sin()", ANY, EDGE + LARGE),
    "cos": ("cos()", ANY, EDGE + LARGE),
    "tan": ("tan()", dict(lo=-1.3, hi=1.3), EDGE + LARGE),
    "asin": ("asin()", INSIDE, EDGE + [0.9999999, -0.75]),
    "acos": ("acos()", INSIDE, EDGE + [0.9999999, -0.75]),
    "atan": ("atan()", ANY, EDGE + LARGE),
    "sinh": ("sinh()", ANY, EDGE + [1e-9, 705.0, -705.0]),
    "cosh": ("cosh()", ANY, EDGE + [1e-9, 705.0, -705.0]),
    "asinh": ("asinh()", ANY, EDGE + [1e-9, 1e200, -1e300]),
    "acosh": ("acosh()", dict(lo=1.1, hi=4), EDGE + [1.0000001, 1e200]),
    "atanh": ("atanh()", INSIDE, EDGE + [0.9999999, 1e-9]),
    "sinc": ("sinc()", ANY, EDGE + [1e-9, 2.25]),
    "deg2rad": ("deg2rad()", ANY, EDGE),
    "rad2deg": ("rad2deg()", ANY, EDGE),
    "erfc": ("erfc()", ANY, EDGE + [5.0, 10.0, 26.0, -5.0]),
    "erfinv": ("erfinv()", INSIDE, EDGE + [0.9995, -1e-12, 2.0]),
    "lgamma": ("lgamma()", dict(lo=0.2, hi=5), EDGE + [2.0, 3.0, -1.5, -2.7, 1e10, 100.5, 1e-20]),
    "digamma": ("digamma()", dict(lo=0.2, hi=5), EDGE + [2.0, 3.0, -1.5, -2.7, 1e10, 100.5]),
    "polygamma": ("polygamma(1)", dict(lo=0.2, hi=5), [NAN, 0.0, 0.5, -0.5, -1.7, 30.0, 1e9]),
    "polygamma-2": ("polygamma(2)", dict(lo=0.2, hi=5), [NAN, 0.0, 0.5, -0.5, -1.7, 30.0, 1e5]),
    "polygamma-5": ("polygamma(5)", dict(lo=0.5, hi=5), [NAN, 0.0, 0.5, 1.0, 30.0, 1e3]),
    "nanToNum": ("nan_to_num()", ANY, [x for x in EDGE if abs(x) < INF or x != x]),
    "nanToNum-given": ("nan_to_num(0.25, 7.0, -8.0)", ANY, EDGE),
}


# PyTorch computes the first derivative of digamma to nine digits only, its zeta function to all.
EXACT = {
    "a.digamma()": "a.digamma().detach() + zeta(2.0, a).detach() * (a - a.detach())",
    "a.polygamma(1)": "zeta(2.0, a).detach() - 2 * zeta(3.0, a).detach() * (a - a.detach())",
}

EDGES = {"polygamma": "torch.special.zeta(2.0, a)"}


def expression(call):
    return EXACT.get(call, call).replace("zeta", "torch.special.zeta")


def calls(suite):
    for name, (call, limits, edge) in CALLS.items():
        file = name.split("-")[0]
        suite.case(file, name, expression(f"a.{call}"), a=rnd(2, 3, **limits))
        suite.case(file, f"{name}-rank0", expression(f"a.{call}"), a=rnd(**limits))
        suite.case(file, f"{name}-transposed",
                   f"(lambda a: {expression(f'a.{call}')})(a.t())", a=rnd(3, 4, **limits))
        suite.case(file, f"{name}-edge", EDGES.get(name, f"a.{call}"), grad=False, a=vals(edge))


def more(suite):
    for op in ("floor", "ceil", "round", "trunc"):
        suite.case(op, f"{op}-i64", f"a.{op}()", a=ints([[5, -7, 0], [2, -1, 2**60 + 1]]))
    for decimals in (1, 3, -1):
        suite.case("round", f"round-decimals-{decimals}".replace("--", "-minus-"),
                   f"a.round(decimals={decimals})", grad=decimals > 0,
                   a=vals([[1.2343, -0.5678, 14.996], [-25.01, 123.456, 0.04]]))
    suite.case("logit", "logit-eps", "a.logit(0.125)", a=vals([-0.5, 0.05, 0.3, 0.7, 0.95, 2.0]))
    suite.case("logit", "logit-outside", "a.logit()", a=vals([-0.5, 0.3, 2.0]))
    suite.case("sinc", "sinc-zero", "a.sinc()", a=vals([0.0, 1.5, -0.0]))
    # Between the poles.
    below = vals([-0.5, -1.3, -2.7, -5.25])
    for op, call in {"lgamma": "lgamma()", "digamma": "digamma()",
                     "polygamma": "polygamma(1)"}.items():
        suite.case(op, f"{op}-below", expression(f"a.{call}"), a=below)
    suite.case("nanToNum", "nanToNum-slope", "a.nan_to_num(1.0, 2.0, -2.0)",
               a=vals([NAN, INF, -INF, 0.5]))
    suite.case("nanToNum", "nanToNum-i64", "a.nan_to_num()", a=ints([3, -4]))
    for op in ("isnan", "isinf", "isfinite"):
        suite.case(op, op, f"a.{op}()", grad=False, a=vals([EDGE, EDGE[::-1]]))
        suite.case(op, f"{op}-rank0", f"a.{op}()", grad=False, a=vals(INF))
        suite.case(op, f"{op}-i64", f"a.{op}()", a=ints([1, 0, -5]))
        suite.case(op, f"{op}-bool", f"a.{op}()", a=bools([1, 0]))


def build(suite):
    calls(suite)
    more(suite)
