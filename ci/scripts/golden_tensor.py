"""Reductions, softmax, linear algebra, joining and indexing, movement, creation."""

from golden_format import bools, empty, ints, rnd, vals

NAN, INF = float("nan"), float("inf")

DIMS = {
    "-dim0": ("dim=0", (2, 3)),
    "-dim1": ("dim=1", (2, 3)),
    "-dim-1-keepdim": ("dim=-1, keepdim=True", (2, 3)),
    "-dims-0-2": ("dim=(0, 2)", (2, 3, 4)),
    "-dims-0-2-keepdim": ("dim=(0, 2), keepdim=True", (2, 3, 4)),
    "-dims-1-2": ("dim=(1, 2)", (2, 3, 4)),
}


def reductions(suite):
    for op in ("sum", "mean", "amax", "amin"):
        suite.case(op, op, f"a.{op}()", a=rnd(2, 3))
        suite.case(op, f"{op}-rank0", f"a.{op}()", a=rnd())
        for variant, (args, shape) in DIMS.items():
            suite.case(op, op + variant, f"a.{op}({args})", a=rnd(*shape))
        suite.case(op, f"{op}-transposed", f"a.t().{op}(dim=1)", a=rnd(3, 4))
        suite.case(op, f"{op}-broadcast", f"a.expand(4, 3).{op}(dim=0)", a=rnd(1, 3))
        edge = vals([[NAN, 1.0], [INF, -INF], [INF, 1.0], [-INF, 2.0], [-0.0, -0.0]])
        suite.case(op, f"{op}-edge", f"a.{op}(dim=1)", grad=False, a=edge)
    for op in ("sum", "mean"):
        suite.case(op, f"{op}-empty", f"a.{op}(dim=0)", grad=False, a=empty(0, 3))
    suite.case("sum", "sum-i64", "a.sum(dim=0)", a=ints([[1, -2, 3], [40, 50, -60]]))
    suite.case("sum", "sum-bool", "a.sum(dim=1)", a=bools([[1, 1, 0], [1, 1, 1]]))
    for op in ("amax", "amin"):
        suite.case(op, f"{op}-tie", f"a.{op}(dim=1)",
                   a=vals([[2.0, 2.0, 1.0], [0.5, 3.0, 0.5], [1.0, 1.0, 1.0]]))
        suite.case(op, f"{op}-i64", f"a.{op}(dim=0)", a=ints([[1, -2, 3], [40, 50, -60]]))
    extremes(suite)


def extremes(suite):
    pair = ("values", "indices")
    for op in ("max", "min"):
        suite.case(op, op, f"a.{op}()", a=rnd(2, 3))
        for variant in ("-dim0", "-dim1", "-dim-1-keepdim"):
            suite.case(op, op + variant, f"a.{op}({DIMS[variant][0]})", outs=pair, a=rnd(2, 3))
        suite.case(op, f"{op}-dim1-3d", f"a.{op}(dim=1)", outs=pair, a=rnd(2, 3, 4))
        suite.case(op, f"{op}-transposed", f"a.t().{op}(dim=1)", outs=pair, a=rnd(3, 4))
        suite.case(op, f"{op}-edge", f"a.{op}(dim=1)", outs=pair, grad=False,
                   a=vals([[1.0, NAN, 2.0], [INF, -INF, 0.0], [NAN, 1.0, NAN]]))
        arg = "arg" + op
        suite.case(arg, arg, f"a.{arg}()", grad=False, a=rnd(2, 3))
        suite.case(arg, f"{arg}-dim0", f"a.{arg}(dim=0)", grad=False, a=rnd(2, 3))
        suite.case(arg, f"{arg}-dim1", f"a.{arg}(dim=1)", grad=False, a=rnd(2, 3))
        suite.case(arg, f"{arg}-dim-1-keepdim", f"a.{arg}(dim=-1, keepdim=True)", grad=False,
                   a=rnd(2, 3))
        suite.case(arg, f"{arg}-dim1-3d", f"a.{arg}(dim=1)", grad=False, a=rnd(2, 3, 4))
        suite.case(arg, f"{arg}-transposed", f"a.t().{arg}()", grad=False, a=rnd(3, 4))
        suite.case(arg, f"{arg}-tie", f"a.{arg}(dim=1)", grad=False,
                   a=vals([[1.0, 3.0, 3.0], [0.5, 0.5, 2.0], [1.0, 1.0, 1.0]]))
        suite.case(arg, f"{arg}-edge", f"a.{arg}(dim=1)", grad=False,
                   a=vals([[1.0, NAN, 2.0], [INF, -INF, 0.0], [NAN, 1.0, NAN]]))
        suite.case(arg, f"{arg}-i64", f"a.{arg}(dim=0)", a=ints([[1, -2, 3], [40, 50, -60]]))


def softmax(suite):
    for op, call in {"softmax": "softmax", "logSoftmax": "log_softmax"}.items():
        for dim in (0, 1, -1):
            suite.case(op, f"{op}-dim{dim}", f"a.{call}(dim={dim})", a=rnd(2, 3, 4))
        suite.case(op, f"{op}-1d", f"a.{call}(dim=0)", a=rnd(5))
        suite.case(op, f"{op}-2d", f"a.{call}(dim=1)", a=rnd(2, 3))
        suite.case(op, f"{op}-transposed", f"a.t().{call}(dim=1)", a=rnd(3, 4))
        suite.case(op, f"{op}-large", f"a.{call}(dim=1)",
                   a=vals([[1000.0, 1001.0, 999.5], [-1000.0, -1001.0, 0.0], [1e4, -1e4, 1.0]]))
        suite.case(op, f"{op}-edge", f"a.{call}(dim=1)", grad=False,
                   a=vals([[-INF, 0.0, 1.0], [-INF, -INF, -INF], [INF, 0.0, 1.0], [NAN, 0, 1]]))


def normalization(suite):
    affine = dict(weight=rnd(4), bias=rnd(4))
    suite.case("layerNorm", "layerNorm", "F.layer_norm(a, (4,), weight, bias)", a=rnd(3, 4),
               **affine)
    suite.case("layerNorm", "layerNorm-3d", "F.layer_norm(a, (4,), weight, bias)", a=rnd(2, 3, 4),
               **affine)
    suite.case("layerNorm", "layerNorm-1d", "F.layer_norm(a, (4,), weight, bias)", a=rnd(4),
               **affine)
    suite.case("layerNorm", "layerNorm-plain", "F.layer_norm(a, (4,))", a=rnd(3, 4))
    suite.case("layerNorm", "layerNorm-weight", "F.layer_norm(a, (4,), weight)", a=rnd(3, 4),
               weight=rnd(4))
    suite.case("layerNorm", "layerNorm-bias", "F.layer_norm(a, (4,), None, bias)", a=rnd(3, 4),
               bias=rnd(4))
    suite.case("layerNorm", "layerNorm-two-dims", "F.layer_norm(a, (2, 3), weight, bias)",
               a=rnd(3, 2, 3), weight=rnd(2, 3), bias=rnd(2, 3))
    suite.case("layerNorm", "layerNorm-eps", "F.layer_norm(a, (5,), weight, bias, 0.5)",
               a=rnd(3, 5), weight=rnd(5), bias=rnd(5))
    suite.case("layerNorm", "layerNorm-transposed", "F.layer_norm(a.t(), (3,), weight, bias)",
               a=rnd(3, 4), weight=rnd(3), bias=rnd(3))
    suite.case("layerNorm", "layerNorm-edge", "F.layer_norm(a, (3,))", grad=False,
               a=vals([[1.0, 1.0, 1.0], [NAN, 0.0, 1.0], [INF, 0.0, 1.0]]))


def linear_algebra(suite):
    operands = {
        "vec-vec": ((3,), (3,)),
        "mat-vec": ((2, 3), (3,)),
        "vec-mat": ((3,), (3, 2)),
        "mat-mat": ((2, 3), (3, 4)),
        "batched": ((2, 3, 4), (2, 4, 2)),
        "batched-mat": ((2, 3, 4), (4, 2)),
        "mat-batched": ((3, 4), (2, 4, 2)),
        "batched-vec": ((2, 3, 4), (4,)),
        "vec-batched": ((4,), (2, 4, 3)),
        "broadcast": ((2, 1, 3, 4), (5, 4, 2)),
    }
    for name, (a, b) in operands.items():
        suite.case("matmul", f"matmul-{name}", "a @ b", a=rnd(*a), b=rnd(*b))
    transposed = {
        "left": ("a.t() @ b", (3, 2), (3, 4)),
        "right": ("a @ b.t()", (2, 3), (4, 3)),
        "both": ("a.t() @ b.t()", (3, 2), (4, 3)),
        "batched": ("a.transpose(1, 2) @ b.transpose(1, 2)", (2, 4, 3), (2, 2, 4)),
    }
    for name, (expr, a, b) in transposed.items():
        suite.case("matmul", f"matmul-transposed-{name}", expr, a=rnd(*a), b=rnd(*b))
    suite.case("matmul", "matmul-narrow", "a.narrow(1, 1, 3) @ b.narrow(0, 2, 3)", a=rnd(2, 5),
               b=rnd(5, 4))
    suite.case("matmul", "matmul-empty-inner", "a @ b", grad=False, a=empty(2, 0),
               b=empty(0, 3))
    suite.case("matmul", "matmul-edge", "a @ b", grad=False, a=vals([[INF, 0.0], [NAN, 1.0]]),
               b=vals([[1.0, 0.0], [2.0, 3.0]]))
    suite.case("mm", "mm", "torch.mm(a, b)", a=rnd(3, 4), b=rnd(4, 2))
    suite.case("mm", "mm-transposed", "torch.mm(a.t(), b.t())", a=rnd(4, 3), b=rnd(2, 4))
    suite.case("bmm", "bmm", "torch.bmm(a, b)", a=rnd(3, 2, 4), b=rnd(3, 4, 2))
    suite.case("mv", "mv", "torch.mv(a, b)", a=rnd(3, 4), b=rnd(4))
    suite.case("dot", "dot", "torch.dot(a, b)", a=rnd(5), b=rnd(5))
    for name, shape in {"": (2, 4), "-3d": (2, 3, 4), "-1d": (4,)}.items():
        suite.case("linear", f"linear{name}", "F.linear(x, weight, bias)", x=rnd(*shape),
                   weight=rnd(3, 4), bias=rnd(3))
        suite.case("linear", f"linear{name}-nobias", "F.linear(x, weight)", x=rnd(*shape),
                   weight=rnd(3, 4))


def joining(suite):
    for dim, shape in {0: (1, 3), 1: (2, 2), -1: (2, 1)}.items():
        suite.case("cat", f"cat-dim{dim}", f"torch.cat([a, b], dim={dim})", a=rnd(2, 3),
                   b=rnd(*shape))
    suite.case("cat", "cat-three", "torch.cat([a, b, a], dim=1)", a=rnd(2, 1, 2), b=rnd(2, 3, 2))
    for dim in (0, 1, -1):
        suite.case("stack", f"stack-dim{dim}", f"torch.stack([a, b], dim={dim})", a=rnd(2, 3),
                   b=rnd(2, 3))
    suite.case("stack", "stack-rank0", "torch.stack([a, b], dim=0)", a=rnd(), b=rnd())
    a = rnd(3, 4)
    suite.case("gather", "gather-dim0", "a.gather(0, index)", a=a,
               index=ints([[2, 0, 1, 1], [0, 1, 2, 0]]))
    suite.case("gather", "gather-dim1", "a.gather(1, index)", a=a,
               index=ints([[3, 0], [1, 2], [2, 3]]))
    suite.case("gather", "gather-repeated", "a.gather(1, index)", a=a,
               index=ints([[1, 1, 1, 0, 1], [2, 2, 3, 3, 2], [0, 0, 0, 0, 0]]))
    suite.case("gather", "gather-fewer-rows", "a.gather(1, index)", a=a, index=ints([[3, 0, 0]]))
    for dim in (0, 1):
        for name, index in {"": [2, 0], "-repeated": [1, 1, 0, 1]}.items():
            suite.case("indexSelect", f"indexSelect-dim{dim}{name}",
                       f"a.index_select({dim}, index)", a=a, index=ints(index))
    suite.case("indexSelect", "indexSelect-3d", "a.index_select(1, index)", a=rnd(2, 3, 4),
               index=ints([2, 2, 1]))
    mask = bools([[1, 0, 1], [0, 0, 1]])
    expr = "torch.where(condition, a, b)"
    suite.case("where", "where", expr, condition=mask, a=rnd(2, 3), b=rnd(2, 3))
    suite.case("where", "where-broadcast", expr, condition=mask, a=rnd(3), b=rnd(2, 1))
    suite.case("where", "where-broadcast-condition", expr, condition=bools([1, 0, 1]),
               a=rnd(2, 3), b=rnd())
    suite.case("where", "where-edge", expr, condition=bools([1, 0, 1, 0]),
               a=vals([NAN, NAN, INF, INF]), b=vals([1.0, 2.0, -INF, NAN]), grad=False)


MOVEMENT = {
    "reshape": ("a.reshape(3, 2)", (2, 3)),
    "reshape-inferred": ("a.reshape(4, -1)", (2, 3, 2)),
    "reshape-transposed": ("a.t().reshape(2, 6)", (3, 4)),
    "transpose": ("a.transpose(0, 1)", (2, 3)),
    "transpose-3d": ("a.transpose(0, -1)", (2, 3, 4)),
    "t": ("a.t()", (2, 3)),
    "permute": ("a.permute(2, 0, 1)", (2, 3, 4)),
    "expand": ("a.expand(4, 3)", (1, 3)),
    "expand-leading": ("a.expand(2, 4, 3)", (4, 1)),
    "narrow": ("a.narrow(1, 1, 2)", (2, 4)),
    "select": ("a.select(1, 2)", (2, 4)),
    "select-negative": ("a.select(0, -1)", (3, 4)),
    "squeeze": ("a.squeeze()", (1, 3, 1)),
    "squeeze-dim": ("a.squeeze(0)", (1, 3, 1)),
    "unsqueeze": ("a.unsqueeze(1)", (2, 3)),
    "unsqueeze-last": ("a.unsqueeze(-1)", (2, 3)),
    "flatten": ("a.flatten()", (2, 3, 2)),
    "flatten-1-2": ("a.flatten(1, 2)", (2, 3, 2)),
    "diagonal": ("a.diagonal()", (3, 3)),
    "diagonal-wide": ("a.diagonal()", (2, 4)),
    "diagonal-tall": ("a.diagonal()", (4, 2)),
}


def movement(suite):
    for name, (expr, shape) in MOVEMENT.items():
        suite.case(name.split("-")[0], name, expr, a=rnd(*shape))


CREATION = {
    "linspace": "torch.linspace(-1.0, 2.0, 7, dtype=f64)",
    "linspace-thirds": "torch.linspace(0.0, 1.0, 4, dtype=f64)",
    "linspace-descending": "torch.linspace(3.0, -3.0, 5, dtype=f64)",
    "linspace-one": "torch.linspace(2.5, 9.0, 1, dtype=f64)",
    "arange": "torch.arange(5)",
    "arange-i64": "torch.arange(3, 12, 2)",
    "arange-i64-descending": "torch.arange(5, -4, -3)",
    "arange-f64": "torch.arange(0.0, 1.0, 0.25, dtype=f64)",
    "arange-f64-tenths": "torch.arange(0.5, 1.0, 0.1, dtype=f64)",
    "arange-f64-descending": "torch.arange(2.0, -1.0, -0.75, dtype=f64)",
    "eye": "torch.eye(4, dtype=f64)",
    "full": "torch.full((2, 3), -1.25, dtype=f64)",
}


def creation(suite):
    for name, expr in CREATION.items():
        suite.case("creation", name, expr)


def build(suite):
    reductions(suite)
    softmax(suite)
    normalization(suite)
    linear_algebra(suite)
    joining(suite)
    movement(suite)
    creation(suite)
