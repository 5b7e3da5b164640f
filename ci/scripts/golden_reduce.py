"""Statistics, running reductions, sorting and counting."""

from golden_format import bools, empty, ints, rnd, vals

NAN, INF = float("nan"), float("inf")

DIMS = {
    "-dim0": ("dim=0", (2, 3)),
    "-dim-1-keepdim": ("dim=-1, keepdim=True", (2, 3)),
    "-dims-0-2": ("dim=(0, 2)", (2, 3, 4)),
    "-dims-1-2-keepdim": ("dim=(1, 2), keepdim=True", (2, 3, 4)),
}
EDGE = [[NAN, 1.0, 2.0], [INF, -INF, 1.0], [INF, 1.0, 0.0], [-INF, 2.0, -0.0], [0.0, -0.0, 0.0]]


def products(suite):
    suite.case("prod", "prod", "a.prod()", a=rnd(2, 3))
    suite.case("prod", "prod-rank0", "a.prod()", a=rnd())
    suite.case("prod", "prod-dim0", "a.prod(dim=0)", a=rnd(2, 3))
    suite.case("prod", "prod-dim1-keepdim", "a.prod(dim=1, keepdim=True)", a=rnd(2, 3, 2))
    suite.case("prod", "prod-one-zero", "a.prod(dim=1)",
               a=vals([[2.0, 0.0, 3.0], [1.5, -2.0, 0.5]]))
    suite.case("prod", "prod-two-zeros", "a.prod(dim=1)",
               a=vals([[0.0, 0.0, 3.0], [1.5, 0.0, 0.5]]))
    suite.case("prod", "prod-all-zero", "a.prod()", a=vals([[2.0, 0.0], [1.5, -2.0]]))
    suite.case("prod", "prod-empty", "a.prod(dim=0)", grad=False, a=empty(0, 3))
    suite.case("prod", "prod-edge", "a.prod(dim=1)", grad=False, a=vals(EDGE))
    suite.case("prod", "prod-i64", "a.prod(dim=0)", a=ints([[1, -2, 3], [40, 50, -60]]))
    suite.case("prod", "prod-bool", "a.prod(dim=1)", a=bools([[1, 1, 0], [1, 1, 1]]))


def spread(suite):
    for op in ("var", "std"):
        suite.case(op, op, f"a.{op}()", a=rnd(2, 3))
        for variant, (args, shape) in DIMS.items():
            suite.case(op, op + variant, f"a.{op}({args}, unbiased=True)", a=rnd(*shape))
        suite.case(op, f"{op}-biased", f"a.{op}(dim=1, unbiased=False)", a=rnd(2, 4))
        suite.case(op, f"{op}-correction2", f"a.{op}(dim=(1,), correction=2)", a=rnd(2, 4))
        suite.case(op, f"{op}-one", f"a.{op}(dim=0)", grad=False, a=rnd(1, 3))
        suite.case(op, f"{op}-empty", f"a.{op}(dim=0, unbiased=False)", grad=False, a=empty(0, 3))
        suite.case(op, f"{op}-edge", f"a.{op}(dim=1)", grad=False, a=vals(EDGE))
        suite.case(op, f"{op}Mean", f"torch.{op}_mean(a, dim=(1,), unbiased=True)", outs=(op, "mean"),
                   a=rnd(2, 4))
    suite.case("std", "std-constant", "a.std(dim=1)", a=vals([[2.0, 2.0, 2.0], [1.0, 2.0, 3.0]]))


def logs(suite):
    op = "logsumexp"
    suite.case(op, op, "a.logsumexp(dim=(0, 1))", a=rnd(2, 3))
    for variant, (args, shape) in DIMS.items():
        suite.case(op, op + variant, f"a.{op}({args})", a=rnd(*shape))
    suite.case(op, f"{op}-large", f"a.{op}(dim=1)", a=vals([[100.0, 99.0], [-100.0, -101.0]]))
    suite.case(op, f"{op}-empty", f"a.{op}(dim=0)", grad=False, a=empty(0, 3))
    suite.case(op, f"{op}-edge", f"a.{op}(dim=1)", grad=False,
               a=vals(EDGE + [[-INF, -INF, -INF]]))
    suite.case(op, f"{op}-minus-infinity", f"a.{op}(dim=1)",
               a=vals([[-INF, 0.0, 1.0], [-INF, 2.0, -INF]]))


def norms(suite):
    for name, p in {"0": "0", "half": "0.5", "1": "1", "1.5": "1.5", "2": "2", "3": "3",
                    "inf": "inf", "-inf": "-inf", "-1": "-1"}.items():
        suite.case("norm", f"norm{name}", f"a.norm(p={p}, dim=1)", grad=p != "0",
                   a=rnd(2, 4))
        suite.case("norm", f"norm{name}-edge", f"a.norm(p={p}, dim=1)", grad=False, a=vals(EDGE))
    suite.case("norm", "norm", "a.norm()", a=rnd(2, 3))
    suite.case("norm", "norm-rank0", "a.norm()", a=rnd())
    suite.case("norm", "norm-all3", "a.norm(p=3)", a=rnd(2, 3))
    suite.case("norm", "norm-dims-0-2", "a.norm(p=2, dim=(0, 2))", a=rnd(2, 3, 4))
    suite.case("norm", "norm-dims-keepdim", "a.norm(p=1, dim=(1, 2), keepdim=True)", a=rnd(2, 3, 4))
    zeros = vals([[0.0, 0.0, 0.0], [3.0, 0.0, -4.0]])
    for name, p in {"1": "1", "1.5": "1.5", "2": "2", "3": "3"}.items():
        suite.case("norm", f"norm{name}-zeros", f"a.norm(p={p}, dim=1)", a=zeros)
    suite.case("norm", "norminf-ties", "a.norm(p=inf, dim=1)",
               a=vals([[2.0, -2.0, 1.0], [1.0, 3.0, 0.5]]))
    suite.case("norm", "norm-empty", "a.norm(dim=0)", grad=False, a=empty(0, 3))


def counts(suite):
    some = vals([[NAN, 1.0, 2.0], [0.5, NAN, NAN], [1.0, -2.0, 3.0]])
    suite.case("nansum", "nansum", "a.nansum()", a=some)
    suite.case("nansum", "nansum-dim1-keepdim", "a.nansum(dim=1, keepdim=True)", a=some)
    suite.case("nansum", "nansum-dim0", "a.nansum(dim=0)", a=rnd(2, 3))
    suite.case("nansum", "nansum-none", "a.nansum(dim=1)", grad=False, a=vals([[NAN, NAN]]))
    suite.case("nansum", "nansum-i64", "a.nansum(dim=0)", a=ints([[1, -2], [3, 4]]))
    suite.case("nanmean", "nanmean", "a.nanmean()", a=some)
    suite.case("nanmean", "nanmean-dim1-keepdim", "a.nanmean(dim=1, keepdim=True)", a=some)
    suite.case("nanmean", "nanmean-none", "a.nanmean(dim=1)", grad=False,
               a=vals([[NAN, NAN], [NAN, 1.0]]))
    zeros = vals([[0.0, 1.0, NAN], [-0.0, 0.0, 2.0]])
    suite.case("countNonzero", "countNonzero", "torch.count_nonzero(a)", grad=False, a=zeros)
    suite.case("countNonzero", "countNonzero-dim1", "torch.count_nonzero(a, dim=1)", grad=False,
               a=zeros)
    suite.case("countNonzero", "countNonzero-dims", "torch.count_nonzero(a, dim=(0, 2))",
               a=ints([[[0, 1], [0, 0]], [[3, 0], [-1, 0]]]))
    suite.case("countNonzero", "countNonzero-bool", "torch.count_nonzero(a, dim=0)",
               a=bools([[1, 0, 0], [1, 1, 0]]))
    for op in ("all", "any"):
        suite.case("truth", f"{op}-dim0", f"a.{op}(dim=0)", a=bools([[1, 0, 0], [1, 1, 0]]))
        suite.case("truth", f"{op}-dim1-keepdim", f"a.{op}(dim=1, keepdim=True)", grad=False,
                   a=zeros)
        suite.case("truth", f"{op}-i64", f"a.{op}(dim=1)", a=ints([[1, 0], [2, 3], [0, 0]]))
        suite.case("truth", f"{op}-empty", f"a.{op}(dim=0)", grad=False, a=empty(0, 3))
        suite.case("truth", f"{op}-256", f"a.{op}(dim=0)", a=ints([[256], [256]]))
    pair = ("min", "max")
    # This version of PyTorch has no gradient of it.
    suite.case("aminmax", "aminmax", "torch.aminmax(a)", outs=pair, grad=False, a=rnd(2, 3))
    suite.case("aminmax", "aminmax-dim1", "torch.aminmax(a, dim=1)", outs=pair, grad=False,
               a=rnd(2, 3))
    suite.case("aminmax", "aminmax-keepdim", "torch.aminmax(a, dim=0, keepdim=True)", outs=pair,
               grad=False, a=vals(EDGE))


def converted(suite):
    suite.case("sumAs", "sum-i64-of-f64", "a.sum(dim=0, dtype=torch.int64)", grad=False,
               a=vals([[1.7, -1.7], [0.5, 0.5]]))
    suite.case("sumAs", "sum-bool-of-i64", "a.sum(dim=1, dtype=torch.bool)",
               a=ints([[0, 0], [1, -1]]))


def scans(suite):
    for op in ("cumsum", "cumprod", "logcumsumexp"):
        for dim, shape in {0: (3, 2), 1: (2, 3, 2), -1: (2, 4)}.items():
            suite.case(op, f"{op}-dim{dim}", f"a.{op}({dim})", a=rnd(*shape))
        suite.case(op, f"{op}-rank0", f"a.{op}(0)", a=rnd())
        suite.case(op, f"{op}-wide", f"a.{op}(0)", a=rnd(3, 20))
        suite.case(op, f"{op}-empty", f"a.{op}(0)", grad=False, a=empty(0, 3))
        suite.case(op, f"{op}-edge", f"a.{op}(1)", grad=False,
                   a=vals([[1.0, INF, 2.0, -INF], [-INF, 0.0, 1.0, 2.0], [0.5, NAN, 1.0, 2.0]]))
    for op in ("cumsum", "cumprod"):
        suite.case(op, f"{op}-i64", f"a.{op}(1)", a=ints([[1, -2, 3], [40, 50, -60]]))
        suite.case(op, f"{op}-bool", f"a.{op}(0)", a=bools([1, 1, 0, 1]))
    suite.case("cumprod", "cumprod-zeros", "a.cumprod(1)",
               a=vals([[2.0, 0.0, 3.0, 1.5], [0.0, -2.0, 0.0, 0.5]]))
    pair = ("values", "indices")
    for op in ("cummax", "cummin"):
        for dim, shape in {0: (4, 2), 1: (2, 4, 2), -1: (2, 5)}.items():
            suite.case(op, f"{op}-dim{dim}", f"a.{op}({dim})", outs=pair, a=rnd(*shape))
        suite.case(op, f"{op}-rank0", f"a.{op}(0)", outs=pair, a=rnd())
        suite.case(op, f"{op}-ties", f"a.{op}(1)", outs=pair, grad=False,
                   a=vals([[1.0, 1.0, 0.0, 1.0], [0.0, -0.0, 2.0, 2.0]]))
        suite.case(op, f"{op}-edge", f"a.{op}(1)", outs=pair, grad=False,
                   a=vals([[1.0, NAN, 2.0, NAN, 3.0], [INF, -INF, INF, 0.0, -INF]]))
        suite.case(op, f"{op}-i64", f"a.{op}(0)", outs=pair, a=ints([[3, 1], [2, 5], [7, 5]]))


NUMBERS = [[3.0, -1.0, 2.5, 0.5], [INF, -INF, 1.0, -0.5]]
WITH_NAN = [[3.0, NAN, 2.5, 0.5, -1.0], [INF, -INF, 1.0, -0.5, 4.0], [NAN, NAN, 1.0, NAN, 2.0]]


def sorting(suite):
    pair = ("values", "indices")
    for op, tail in {"sort": "", "sort-descending": ", descending=True"}.items():
        for dim, shape in {0: (4, 2), 1: (2, 4, 2), -1: (2, 5)}.items():
            suite.case("sort", f"{op}-dim{dim}", f"a.sort(dim={dim}{tail})", outs=pair,
                       a=rnd(*shape))
        suite.case("sort", f"{op}-rank0", f"a.sort(dim=0{tail})", outs=pair, a=rnd())
        suite.case("sort", f"{op}-empty", f"a.sort(dim=0{tail})", outs=pair, grad=False,
                   a=empty(0, 3))
        ties = vals([[1.0, 0.0, 1.0, -0.0, 1.0, 0.0]])
        suite.case("sort", f"{op}-ties", f"a.sort(dim=1, stable=True{tail})", outs=pair,
                   grad=False, a=ties)
        suite.case("sort", f"{op}-edge", f"a.sort(dim=1, stable=True{tail})", outs=pair,
                   grad=False, a=vals(WITH_NAN))
        suite.case("sort", f"{op}-i64", f"a.sort(dim=1, stable=True{tail})", outs=pair,
                   a=ints([[3, -1, 2, -1], [1 << 62, -(1 << 62), 0, -5]]))
        suite.case("sort", f"{op}-bool", f"a.sort(dim=0, stable=True{tail})", outs=pair,
                   a=bools([1, 0, 1, 0]))
    suite.case("sort", "argsort", "a.argsort(dim=0)", grad=False, a=rnd(4, 2))
    suite.case("sort", "argsort-descending", "a.argsort(dim=-1, descending=True)", grad=False,
               a=rnd(2, 5))


def selection(suite):
    pair = ("values", "indices")
    for name, args, shape in (("", "2", (3, 5)), ("-dim0", "3, dim=0", (5, 2)),
                              ("-smallest", "2, dim=1, largest=False", (2, 5)),
                              ("-all", "4, dim=1", (2, 4, 2)), ("-none", "0, dim=1", (2, 3))):
        suite.case("topk", f"topk{name}", f"a.topk({args})", outs=pair, a=rnd(*shape))
    suite.case("topk", "topk-edge", "a.topk(4, dim=1)", outs=pair, grad=False,
               a=vals(WITH_NAN[:2]))
    suite.case("topk", "topk-smallest-edge", "a.topk(4, dim=1, largest=False)", outs=pair,
               grad=False, a=vals(WITH_NAN[:2]))
    suite.case("topk", "topk-i64", "a.topk(2, dim=0)", outs=pair, a=ints([[3, 1], [2, 5], [7, 4]]))
    suite.case("kthvalue", "kthvalue", "a.kthvalue(2)", outs=pair, a=rnd(3, 5))
    suite.case("kthvalue", "kthvalue-dim0-keepdim", "a.kthvalue(3, dim=0, keepdim=True)",
               outs=pair, a=rnd(4, 2))
    suite.case("kthvalue", "kthvalue-edge", "a.kthvalue(5, dim=1)", outs=pair, grad=False,
               a=vals(WITH_NAN[:2]))
    suite.case("kthvalue", "kthvalue-i64", "a.kthvalue(2, dim=0)", outs=pair,
               a=ints([[3, 1], [2, 5], [7, 4]]))
    for op in ("median", "nanmedian"):
        suite.case("median", op, f"a.{op}()", a=rnd(2, 4))
        suite.case("median", f"{op}-ties", f"a.{op}()", a=vals([1.0, 2.0, 2.0, 3.0, 2.0]))
        suite.case("median", f"{op}-dim0", f"a.{op}(dim=0)", outs=pair, a=rnd(4, 3))
        suite.case("median", f"{op}-dim1-keepdim", f"a.{op}(dim=1, keepdim=True)", outs=pair,
                   a=rnd(2, 5, 2))
        suite.case("median", f"{op}-nan", f"a.{op}(dim=1)", outs=pair, grad=False,
                   a=vals(WITH_NAN[:2]))
        suite.case("median", f"{op}-all-nan", f"a.{op}()", grad=False, a=vals(WITH_NAN))
        suite.case("median", f"{op}-i64", f"a.{op}(dim=0)", outs=pair,
                   a=ints([[3, 1], [2, 5], [7, 4], [9, 0]]))


def quantiles(suite):
    for how in ("linear", "lower", "higher", "nearest", "midpoint"):
        suite.case("quantile", f"quantile-{how}",
                   f"a.quantile(0.4, dim=1, interpolation='{how}')", a=rnd(2, 4))
        suite.case("quantile", f"quantile-several-{how}",
                   f"a.quantile(q, dim=0, keepdim=True, interpolation='{how}')", constants=("q",),
                   a=rnd(4, 3), q=vals([0.0, 0.3, 0.5, 1.0]))
        suite.case("quantile", f"quantile-edge-{how}",
                   f"a.quantile(q, dim=1, interpolation='{how}')", grad=False,
                   a=vals([[3.0, NAN, 2.5, 0.5], [INF, INF, 1.0, -0.5]]),
                   q=vals([0.25, 0.5, 0.75]))
    suite.case("quantile", "quantile", "a.quantile(0.3)", a=rnd(2, 3))
    suite.case("quantile", "quantile-3d", "a.quantile(q, dim=1)", constants=("q",), a=rnd(2, 4, 3),
               q=vals([0.1, 0.7]))
    suite.case("quantile", "nanquantile", "a.nanquantile(0.3)", grad=False, a=vals(WITH_NAN))
    suite.case("quantile", "nanquantile-dim1", "a.nanquantile(0.6, dim=1)", grad=False,
               a=vals([[3.0, NAN, 2.5, 0.5], [NAN, NAN, NAN, NAN]]))


def distinct(suite):
    outs = ("values", "inverse", "counts")
    both = "return_inverse=True, return_counts=True"
    numbers = vals([[2.0, -1.0, 2.0], [0.5, INF, -1.0], [-INF, INF, 2.0]])
    suite.case("unique", "unique", f"torch.unique(a, {both})", outs=outs, grad=False, a=numbers)
    suite.case("unique", "unique-i64", f"torch.unique(a, {both})", outs=outs,
               a=ints([[5, 3], [3, -2], [5, 5]]))
    suite.case("unique", "unique-bool", f"torch.unique(a, {both})", outs=outs, a=bools([1, 0, 1]))
    rows = ints([[1, 2, 1], [0, 5, 0], [1, 2, 1], [0, 4, 0]])
    for dim in (0, 1):
        suite.case("unique", f"unique-dim{dim}", f"torch.unique(a, {both}, dim={dim})", outs=outs,
                   a=rows)
        suite.case("unique", f"uniqueConsecutive-dim{dim}",
                   f"torch.unique_consecutive(a, {both}, dim={dim})", outs=outs,
                   a=ints([[1, 1, 1], [1, 1, 1], [0, 0, 2], [1, 1, 1]]))
    suite.case("unique", "unique-3d", f"torch.unique(a, {both}, dim=1)", outs=outs,
               a=ints([[[1, 2], [0, 1], [1, 2]], [[3, 3], [3, 3], [3, 3]]]))
    suite.case("unique", "uniqueConsecutive", f"torch.unique_consecutive(a, {both})", outs=outs,
               grad=False, a=vals([[1.0, 1.0, 2.0], [2.0, 1.0, 1.0]]))


def bins(suite):
    whole = ints([3, 1, 1, 5, 0, 1])
    suite.case("bincount", "bincount", "torch.bincount(a)", a=whole)
    suite.case("bincount", "bincount-minlength", "torch.bincount(a, minlength=9)", a=whole)
    suite.case("bincount", "bincount-weights", "torch.bincount(a, w)", grad=False, a=whole,
               w=rnd(6))
    suite.case("histc", "histc", "a.histc(4)", grad=False, a=rnd(3, 5))
    suite.case("histc", "histc-range", "a.histc(5, -1, 1)", grad=False,
               a=vals([[-1.0, -0.7, 0.3, 0.99], [1.0, 1.01, -2.0, 0.0]]))
    suite.case("histc", "histc-one-value", "a.histc(3)", grad=False, a=vals([2.0, 2.0]))
    sorted_ = vals([-1.0, 0.0, 0.0, 0.5, 2.0])
    values = vals([[0.0, -2.0, 0.25], [2.0, 3.0, NAN]])
    for name, right in (("", "False"), ("-right", "True")):
        suite.case("searchsorted", f"searchsorted{name}",
                   f"torch.searchsorted(s, a, right={right})", grad=False, a=values, s=sorted_)
        suite.case("searchsorted", f"bucketize{name}", f"torch.bucketize(a, s, right={right})",
                   grad=False, a=values, s=sorted_)
        suite.case("searchsorted", f"searchsorted-rows{name}",
                   f"torch.searchsorted(s, a, right={right})",
                   a=ints([[2, 4, 1], [3, 9, 0]]), s=ints([[1, 2, 4, 4], [0, 3, 3, 8]]))


def build(suite):
    products(suite)
    spread(suite)
    logs(suite)
    norms(suite)
    counts(suite)
    converted(suite)
    scans(suite)
    sorting(suite)
    selection(suite)
    quantiles(suite)
    distinct(suite)
    bins(suite)
