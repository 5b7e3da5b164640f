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


AT = {
    "at-position": ("a[1]", (3, 4)),
    "at-negative": ("a[:, -2]", (3, 4)),
    "at-slice": ("a[1:3, ::2]", (4, 5)),
    "at-ellipsis": ("a[..., 1]", (2, 3, 2)),
    "at-ellipsis-middle": ("a[1, ..., 0:1]", (2, 3, 2, 2)),
    "at-newAxis": ("a[:, None, 1:]", (2, 3)),
    "at-all-kinds": ("a[..., 1:5:2, 1, None, :]", (1, 6, 2, 3)),
}

PICKED = {
    "at-rows": ("a[i]", (4, 3), ([2, 0, -1],)),
    "at-rows-matrix": ("a[i]", (4, 3), ([[2, 0], [1, 1]],)),
    "at-columns": ("a[:, i]", (2, 4), ([3, 3, 0],)),
    "at-scalar-tensor": ("a[i]", (4, 3), (2,)),
    "at-points": ("a[i, j]", (3, 4), ([0, 2, 2], [1, -1, 3])),
    "at-broadcast": ("a[i, j]", (3, 4), ([[0], [2]], [1, 3, 0])),
    "at-middle": ("a[:, i, j]", (2, 3, 4), ([0, 2], [1, 3])),
    "at-middle-behind": ("a[:, i, j, :]", (2, 3, 2, 2), ([0, 2], [1, 0])),
    "at-apart": ("a[i, :, j]", (2, 3, 4), ([0, 1], [1, 3])),
    "at-apart-slice": ("a[:, i, 1:, j]", (2, 2, 3, 2), ([0, 1], [1, 0])),
    "at-with-position": ("a[i, 1, j]", (2, 3, 4), ([0, 1], [1, 3])),
    "at-with-position-apart": ("a[1, :, i]", (2, 3, 4), ([0, 3, 3],)),
    "at-with-newAxis": ("a[i, None, j]", (3, 4), ([0, 2], [1, 3])),
    "at-transposed": ("a.t()[i, j]", (4, 3), ([0, 2], [1, 3])),
    "at-none": ("a[i]", (4, 3), ([],)),
}


def picking(suite):
    for name, (expr, shape) in AT.items():
        suite.case("at", name, expr, a=rnd(*shape))
    for name, (expr, shape, places) in PICKED.items():
        indices = {key: ints(data) for key, data in zip("ij", places)}
        suite.case("at", name, expr, a=rnd(*shape), **indices)
    rows, both = bools([1, 0, 1]), bools([[1, 0, 0, 1], [0, 0, 0, 0], [0, 1, 1, 1]])
    suite.case("at", "at-mask-rows", "a[m]", a=rnd(3, 4), m=rows)
    suite.case("at", "at-mask", "a[m]", a=rnd(3, 4), m=both)
    suite.case("at", "at-mask-behind", "a[:, m]", a=rnd(2, 3, 4), m=both)
    suite.case("at", "at-mask-and-tensor", "a[m, i]", a=rnd(3, 4), m=rows, i=ints([3, 1]))
    suite.case("at", "at-mask-apart", "a[m, :, i]", a=rnd(3, 2, 4), m=rows, i=ints([3, 1]))
    suite.case("at", "at-mask-nothing", "a[m]", a=rnd(3, 4), m=bools([0, 0, 0]))
    suite.case("at", "at-mask-scalar", "a[m]", a=rnd(3, 4), m=bools(1))
    suite.case("take", "take", "a.take(i)", a=rnd(3, 4), i=ints([[0, -1], [11, 5]]))
    suite.case("take", "takeAlongDim", "a.take_along_dim(i, 1)", a=rnd(3, 4),
               i=ints([[3, 0], [1, 1], [2, 0]]))
    suite.case("take", "takeAlongDim-broadcast", "a.take_along_dim(i, 1)", a=rnd(3, 4),
               i=ints([[3, 0, 1]]))
    suite.case("take", "takeAlongDim-flat", "a.take_along_dim(i)", a=rnd(2, 3),
               i=ints([5, 0, 0]))


PUT = {
    "put-position": ("y[1] = b", (3, 4), (4,), {}),
    "put-slice": ("y[:, 1:4:2] = b", (3, 4), (3, 1), {}),
    "put-rows": ("y[i] = b", (4, 3), (2, 3), dict(i=ints([2, 0]))),
    "put-points": ("y[i, j] = b", (3, 4), (3,), dict(i=ints([0, 2, 2]), j=ints([1, -1, 3]))),
    "put-broadcast": ("y[i, j] = b", (3, 4), (3,), dict(i=ints([[0], [2]]), j=ints([1, 3, 0]))),
    "put-apart": ("y[i, :, j] = b", (2, 3, 4), (2, 3), dict(i=ints([0, 1]), j=ints([1, 3]))),
    "put-columns": ("y[:, i] = b", (2, 4), (2, 1), dict(i=ints([3, 0]))),
    "put-mask": ("y[i] = b", (3, 4), (5,),
                 dict(i=bools([[1, 0, 0, 1], [0, 0, 0, 0], [0, 1, 1, 1]]))),
    "put-mask-rows": ("y[i] = b", (3, 4), (), dict(i=bools([1, 0, 1]))),
    "put-add": ("y.index_put_((i,), b, accumulate=True)", (4, 3), (3, 3),
                dict(i=ints([2, 0, 2]))),
    "put-add-points": ("y.index_put_((i, j), b, accumulate=True)", (3, 4), (3,),
                       dict(i=ints([0, 2, 2]), j=ints([1, 3, 3]))),
}


def putting(suite):
    for name, (code, a, b, index) in PUT.items():
        expr = f"put(a, lambda y: {code!r})"
        suite.case("put", name, expr, a=rnd(*a), b=rnd(*b, shift=0.005), **index)


SET = "[y := a.clone(), y.__setitem__(({}), b)][0]"
ADD = "a.index_put(({},), b, accumulate=True)"

PUT = {
    "put-position": (SET.format("1"), (3, 4), (4,), {}),
    "put-slice": (SET.format("slice(None), slice(1, 4, 2)"), (3, 4), (3, 1), {}),
    "put-rows": (SET.format("i"), (4, 3), (2, 3), dict(i=[2, 0])),
    "put-points": (SET.format("i, j"), (3, 4), (3,), dict(i=[0, 2, 2], j=[1, -1, 2])),
    "put-broadcast": (SET.format("i, j"), (3, 4), (3,), dict(i=[[0], [2]], j=[1, 3, 0])),
    "put-apart": (SET.format("i, slice(None), j"), (2, 3, 4), (2, 3), dict(i=[0, 1], j=[1, 3])),
    "put-columns": (SET.format("slice(None), i"), (2, 4), (2, 1), dict(i=[3, 0])),
    "put-leading": (SET.format("i"), (4, 3), (1, 1, 2, 3), dict(i=[2, 0])),
    "putAdd-rows": (ADD.format("i"), (4, 3), (3, 3), dict(i=[2, 0, 2])),
    "putAdd-points": (ADD.format("i, j"), (3, 4), (3,), dict(i=[0, 2, 2], j=[1, 3, 3])),
}


def putting(suite):
    for name, (expr, a, b, index) in PUT.items():
        places = {key: ints(data) for key, data in index.items()}
        suite.case("put", name, expr, a=rnd(*a), b=rnd(*b, shift=0.005), **places)
    mask = bools([[1, 0, 0, 1], [0, 0, 0, 0], [0, 1, 1, 1]])
    suite.case("put", "put-mask", SET.format("m"), a=rnd(3, 4), b=rnd(5, shift=0.005), m=mask)
    suite.case("put", "put-mask-rows", SET.format("m"), a=rnd(3, 4), b=rnd(shift=0.005),
               m=bools([1, 0, 1]))
    suite.case("put", "putAdd-mask", ADD.format("m"), a=rnd(3, 4), b=rnd(shift=0.005), m=mask)


def masking(suite):
    mask = bools([[1, 0, 1], [0, 0, 1]])
    suite.case("masked", "maskedSelect", "a.masked_select(m)", a=rnd(2, 3), m=mask)
    suite.case("masked", "maskedSelect-broadcast", "a.masked_select(m)", a=rnd(2, 3),
               m=bools([1, 0, 1]))
    suite.case("masked", "maskedSelect-broadcast-both", "a.masked_select(m)", a=rnd(3),
               m=bools([[1], [0]]))
    suite.case("masked", "maskedSelect-i64", "a.masked_select(m)", a=ints([[1, 2, 3], [4, 5, 6]]),
               m=mask)
    suite.case("masked", "maskedScatter", "a.masked_scatter(m, b)", a=rnd(2, 3), m=mask,
               b=rnd(2, 2, shift=0.005))
    suite.case("masked", "maskedScatter-broadcast", "a.masked_scatter(m, b)", a=rnd(2, 3),
               m=bools([1, 0, 1]), b=rnd(5, shift=0.005))
    suite.case("masked", "nonzero", "a.nonzero()", a=vals([[0.0, 1.0, NAN], [-0.0, -2.0, 0.0]]),
               grad=False)
    suite.case("masked", "nonzero-vector", "a.nonzero()", a=ints([0, 3, 0, -1]))
    suite.case("masked", "nonzero-mask", "a.nonzero()", a=mask)
    suite.case("masked", "nonzero-rank0", "a.nonzero()", a=ints(5))


def build(suite):
    scattering(suite)
    reducing(suite)
    slices(suite)
    picking(suite)
    putting(suite)
    masking(suite)
