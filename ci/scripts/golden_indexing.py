"""Scattering, indexing and masks."""

from golden_format import bools, ints, rnd, vals

NAN = float("nan")

PLACES = [[2, 0, 1, 1], [0, 1, 2, 0]]


def scattering(suite):
    target, source = rnd(3, 4), rnd(2, 4, shift=0.005)
    for op, call in {"scatter": "scatter", "scatterAdd": "scatter_add"}.items():
        expr = f"a.{call}(0, index, b)"
        suite.case(op, f"{op}-dim0", expr, a=target, index=ints(PLACES), b=source)
        suite.case(op, f"{op}-dim1", f"a.{call}(1, index, b)", a=target,
                   index=ints([[3, 0], [1, 2], [2, 3]]), b=rnd(3, 2, shift=0.005))
        suite.case(op, f"{op}-dim-2-3d", f"a.{call}(-2, index, b)", a=rnd(2, 3, 2),
                   index=ints([[[2, 0], [0, 1]], [[1, 1], [2, 0]]]), b=rnd(2, 2, 2, shift=0.005))
        suite.case(op, f"{op}-part", expr, a=target, index=ints([[2, 1, 0]]),
                   b=rnd(1, 3, shift=0.005))
        suite.case(op, f"{op}-rank0", expr, a=rnd(), index=ints(0), b=rnd(shift=0.005))
        suite.case(op, f"{op}-i64", expr, a=ints([[1, 2], [3, 4]]), index=ints([[1, 0]]),
                   b=ints([[-5, 6]]))
    suite.case("scatter", "scatter-value", "a.scatter(1, index, 1.25)", a=target,
               index=ints([[3, 0], [1, 2], [2, 3]]))
    suite.case("scatterAdd", "scatterAdd-repeated", "a.scatter_add(0, index, b)", a=target,
               index=ints([[1, 1, 0, 2], [1, 1, 0, 2], [1, 0, 0, 0]]), b=rnd(3, 4, shift=0.005))


def reducing(suite):
    target, source = rnd(3, 4), rnd(4, 4, shift=0.005)
    index = ints([[1, 1, 0, 2], [1, 2, 0, 2], [1, 0, 0, 0], [2, 1, 0, 1]])
    for name in ("sum", "prod", "mean", "amax", "amin"):
        for variant, include in {"": True, "-without-self": False}.items():
            expr = f"a.scatter_reduce(0, index, b, '{name}', include_self={include})"
            case = f"scatterReduce-{name}{variant}"
            suite.case("scatterReduce", case, expr, a=target, index=index, b=source)
            suite.case("scatterReduce", f"{case}-i64", expr, a=ints([3, -4, 5]),
                       index=ints([0, 0, 1, 0]), b=ints([-7, 2, 9, 6]))
    suite.case("scatterReduce", "scatterReduce-prod-zeros",
               "a.scatter_reduce(0, index, b, 'prod')", a=vals([2.0, 0.0, 3.0]),
               index=ints([0, 0, 1, 2, 2]), b=vals([0.0, 3.0, 1.5, 0.0, 0.0]))
    for name in ("amax", "amin"):
        suite.case("scatterReduce", f"scatterReduce-{name}-tie",
                   f"a.scatter_reduce(0, index, b, '{name}')", a=vals([2.0, 0.5, 3.0]),
                   index=ints([0, 0, 1, 2, 2]), b=vals([2.0, 2.0, 0.5, 3.0, 1.0]))
        suite.case("scatterReduce", f"scatterReduce-{name}-nan",
                   f"a.scatter_reduce(0, index, b, '{name}')", a=vals([2.0, NAN, 3.0]),
                   index=ints([0, 0, 1, 2]), b=vals([2.0, NAN, 0.5, 3.0]), grad=False)


def slices(suite):
    target = rnd(4, 3)
    for dim, shape in {0: (2, 3), 1: (4, 2), -1: (4, 2)}.items():
        index, source = ints([2, 0]), rnd(*shape, shift=0.005)
        for op, call in {"indexAdd": "index_add", "indexCopy": "index_copy"}.items():
            suite.case(op, f"{op}-dim{dim}", f"a.{call}({dim}, index, b)", a=target, index=index,
                       b=source)
        suite.case("indexFill", f"indexFill-dim{dim}", f"a.index_fill({dim}, index, 0.5)",
                   a=target, index=index)
    three = dict(a=rnd(2, 3, 2), b=rnd(2, 2, 2, shift=0.005))
    suite.case("indexAdd", "indexAdd-3d", "a.index_add(1, index, b)", index=ints([1, 1]), **three)
    suite.case("indexCopy", "indexCopy-3d", "a.index_copy(1, index, b)", index=ints([2, 0]),
               **three)
    suite.case("indexAdd", "indexAdd-alpha", "a.index_add(0, index, b, alpha=-1.5)", a=target,
               index=ints([2, 2]), b=rnd(2, 3, shift=0.005))
    suite.case("indexAdd", "indexAdd-rank0", "a.index_add(0, index, b)", a=rnd(),
               index=ints([0]), b=rnd(shift=0.005))
    suite.case("indexAdd", "indexAdd-i64", "a.index_add(0, index, b)", a=ints([1, 2, 3]),
               index=ints([2, 0, 2]), b=ints([10, 20, 30]))
    suite.case("indexFill", "indexFill-tensor", "a.index_fill(1, index, b)", a=target,
               index=ints([1]), b=rnd(shift=0.005))


def build(suite):
    scattering(suite)
    reducing(suite)
    slices(suite)
