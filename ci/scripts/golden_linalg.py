"""Golden cases of products, contractions and torch.linalg."""

from golden_format import empty, ints, rnd, vals


def added(suite):
    suite.case("addmm", "addmm", "torch.addmm(x, a, b)", x=rnd(3, 2), a=rnd(3, 4), b=rnd(4, 2))
    suite.case("addmm", "addmm-scaled", "torch.addmm(x, a, b, beta=0.5, alpha=-2)", x=rnd(2),
               a=rnd(3, 4), b=rnd(4, 2))
    suite.case("addmm", "addmm-no-inner", "torch.addmm(x, a, b)", grad=False, x=rnd(2, 3),
               a=empty(2, 0), b=empty(0, 3))
    suite.case("addmv", "addmv", "torch.addmv(x, a, v)", x=rnd(3), a=rnd(3, 4), v=rnd(4))
    suite.case("addmv", "addmv-scaled", "torch.addmv(x, a, v, beta=2, alpha=0.5)", x=rnd(),
               a=rnd(3, 4), v=rnd(4))
    suite.case("baddbmm", "baddbmm", "torch.baddbmm(x, a, b)", x=rnd(2, 3, 2), a=rnd(2, 3, 4),
               b=rnd(2, 4, 2))
    suite.case("baddbmm", "baddbmm-scaled", "torch.baddbmm(x, a, b, beta=0.5, alpha=3)",
               x=rnd(3, 1), a=rnd(2, 3, 4), b=rnd(2, 4, 2))
    suite.case("addbmm", "addbmm", "torch.addbmm(x, a, b)", x=rnd(3, 2), a=rnd(2, 3, 4),
               b=rnd(2, 4, 2))
    suite.case("addbmm", "addbmm-scaled", "torch.addbmm(x, a, b, beta=-1, alpha=0.5)", x=rnd(2),
               a=rnd(2, 3, 4), b=rnd(2, 4, 2))
    suite.case("addr", "addr", "torch.addr(x, a, b)", x=rnd(3, 2), a=rnd(3), b=rnd(2))
    suite.case("addr", "addr-scaled", "torch.addr(x, a, b, beta=0.5, alpha=-2)", x=rnd(2),
               a=rnd(3), b=rnd(2))


def vectors(suite):
    suite.case("outer", "outer", "torch.outer(a, b)", a=rnd(3), b=rnd(4))
    suite.case("outer", "outer-i64", "torch.outer(a, b)", grad=False, a=ints([1, -2, 3]),
               b=ints([4, 5]))
    suite.case("outer", "ger", "torch.ger(a, b)", a=rnd(3), b=rnd(2))
    suite.case("vdot", "vdot", "torch.vdot(a, b)", a=rnd(4), b=rnd(4))
    suite.case("vdot", "dot-i64", "torch.dot(a, b)", grad=False, a=ints([1, -2, 3]),
               b=ints([4, 5, 6]))
    suite.case("cross", "cross", "torch.linalg.cross(a, b)", a=rnd(2, 3), b=rnd(2, 3))
    suite.case("cross", "cross-dim", "torch.linalg.cross(a, b, dim=0)", a=rnd(3, 2),
               b=rnd(3, 1))
    suite.case("kron", "kron", "torch.kron(a, b)", a=rnd(2, 3), b=rnd(2, 2))
    suite.case("kron", "kron-ranks", "torch.kron(a, b)", a=rnd(2), b=rnd(2, 2, 3))
    suite.case("kron", "kron-i64", "torch.kron(a, b)", grad=False, a=ints([[1, 2], [3, 4]]),
               b=ints([1, -1]))
    suite.case("trace", "trace", "torch.trace(a)", a=rnd(3, 3))
    suite.case("trace", "trace-wide", "torch.trace(a)", a=rnd(2, 4))
    suite.case("trace", "trace-i64", "torch.trace(a)", grad=False, a=ints([[1, 2], [3, 4]]))


def integers(suite):
    a = ints([[1, -2, 3], [4, 5, -6]])
    suite.case("integerProducts", "matmul-i64", "a @ b", grad=False, a=a, b=ints([[1, 2], [3, 4], [5, 6]]))
    suite.case("integerProducts", "matmul-i64-vec", "a @ b", grad=False, a=a, b=ints([7, 8, 9]))
    suite.case("integerProducts", "matmul-i64-batched", "a @ b", grad=False, a=a,
               b=ints([[[1, 2], [3, 4], [5, 6]], [[-1, 0], [2, 2], [9, 1]]]))
    suite.case("integerProducts", "matmul-i64-wraps", "a @ b", grad=False, a=ints([[2**62, 3]]),
               b=ints([[4], [5]]))


def chains(suite):
    suite.case("multiDot", "multiDot", "torch.linalg.multi_dot([a, b, c])", a=rnd(2, 4),
               b=rnd(4, 3), c=rnd(3, 2))
    suite.case("multiDot", "multiDot-vectors", "torch.linalg.multi_dot([a, b, c])", a=rnd(4),
               b=rnd(4, 3), c=rnd(3))
    suite.case("multiDot", "chainMatmul", "torch.chain_matmul(a, b, c)", a=rnd(2, 3),
               b=rnd(3, 4), c=rnd(4, 1))
    suite.case("tensordot", "tensordot", "torch.tensordot(a, b, dims=2)", a=rnd(2, 3, 4),
               b=rnd(3, 4, 2))
    suite.case("tensordot", "tensordot-0", "torch.tensordot(a, b, dims=0)", a=rnd(2, 2),
               b=rnd(3))
    suite.case("tensordot", "tensordot-dims", "torch.tensordot(a, b, dims=([2, 0], [1, 2]))",
               a=rnd(2, 3, 4), b=rnd(3, 4, 2))
    suite.case("tensordot", "tensordot-i64", "torch.tensordot(a, b, dims=1)", grad=False,
               a=ints([[1, 2], [3, 4]]), b=ints([5, 6]))


def einsum(suite):
    cases = {
        "matmul": ("ij,jk->ik", (2, 3), (3, 4)),
        "implicit": ("ij,jk", (2, 3), (3, 4)),
        "implicit-order": ("ba,ca", (2, 3), (4, 3)),
        "transposed-result": ("ij,jk->ki", (2, 3), (3, 4)),
        "batched": ("bij,bjk->bik", (2, 2, 3), (2, 3, 4)),
        "attention": ("bhqd,bhkd->bhqk", (2, 2, 2, 3), (2, 2, 3, 3)),
        "attention-values": ("bhqk,bkhd->bqhd", (2, 2, 2, 3), (2, 3, 2, 2)),
        "dot": ("i,i->", (4,), (4,)),
        "outer": ("i,j->ij", (3,), (2,)),
        "elementwise": ("ij,ij->ij", (2, 3), (2, 3)),
        "rows": ("ij,ij->i", (2, 3), (2, 3)),
        "summed-first": ("ijk,jl->l", (2, 3, 2), (3, 4)),
        "two-sums": ("ijk,kjl->il", (2, 3, 2), (2, 3, 2)),
        "ellipsis": ("...ij,...jk->...ik", (2, 1, 2, 3), (2, 3, 2)),
        "ellipsis-implicit": ("...ij,jk", (2, 2, 3), (3, 2)),
        "ellipsis-summed": ("...i,i->", (2, 3), (3,)),
        "size-one": ("ij,ij->ij", (2, 3), (1, 3)),
        "size-one-summed": ("ij,jk->ik", (2, 1), (3, 4)),
        "repeated-both": ("ii,ij->j", (3, 3), (3, 2)),
        "spaces": (" i j , j k -> i k ", (2, 3), (3, 2)),
        "upper-case": ("aB,Bc->ca", (2, 3), (3, 2)),
    }
    for name, (equation, a, b) in cases.items():
        suite.case("einsum", f"einsum-{name}", f"torch.einsum('{equation}', a, b)", a=rnd(*a),
                   b=rnd(*b))
    single = {
        "transpose": ("ij->ji", (2, 3)),
        "sum": ("ij->", (2, 3)),
        "rows-of-one": ("ij->i", (2, 3)),
        "trace": ("ii", (3, 3)),
        "diagonal": ("ii->i", (3, 3)),
        "diagonal-batched": ("...ii->...i", (2, 3, 3)),
        "diagonal-three": ("iii->i", (2, 2, 2)),
        "diagonal-between": ("iji->j", (2, 3, 2)),
    }
    for name, (equation, a) in single.items():
        suite.case("einsum", f"einsum-{name}", f"torch.einsum('{equation}', a)", a=rnd(*a))
    three = {
        "bilinear": ("bi,oij,bj->bo", (2, 3), (2, 3, 2), (2, 2)),
        "chain": ("ij,jk,kl->il", (2, 3), (3, 2), (2, 3)),
        "kept-between": ("ij,ij,jk->ik", (2, 3), (2, 3), (3, 2)),
    }
    for name, (equation, a, b, c) in three.items():
        suite.case("einsum", f"einsum-{name}", f"torch.einsum('{equation}', a, b, c)", a=rnd(*a),
                   b=rnd(*b), c=rnd(*c))
    suite.case("einsum", "einsum-i64", "torch.einsum('ij,jk->i', a, b)", grad=False,
               a=ints([[1, 2], [3, 4]]), b=ints([[1, 0, 2], [-1, 5, 3]]))
    suite.case("einsum", "einsum-empty", "torch.einsum('ij,jk->ik', a, b)", grad=False,
               a=empty(2, 0), b=empty(0, 3))


def lifted(m, n, start=3.0, step=3.0, name="a"):
    """The input with distinct numbers added on its diagonal, which keeps it away from singular."""
    return f"({name} + torch.eye({m}, {n}, dtype=f64) * (torch.arange({n}) * {step} + {start}))"


def small(*shape):
    return rnd(*shape, lo=-1, hi=1)


def systems(suite):
    a3 = lifted(3, 3)
    suite.case("inv", "inv", f"torch.linalg.inv({a3})", a=small(3, 3))
    suite.case("inv", "inv-batched", f"torch.linalg.inv({lifted(2, 2)})", a=small(2, 2, 2))
    suite.case("solve", "solve", f"torch.linalg.solve({a3}, b)", a=small(3, 3), b=small(3, 2))
    suite.case("solve", "solve-vector", f"torch.linalg.solve({a3}, b)", a=small(3, 3), b=small(3))
    suite.case("solve", "solve-batched", f"torch.linalg.solve({lifted(2, 2)}, b)",
               a=small(3, 1, 2, 2), b=small(2, 2, 3))
    suite.case("solve", "solve-vectors", f"torch.linalg.solve({lifted(2, 2)}, b)",
               a=small(3, 2, 2), b=small(3, 2))
    suite.case("det", "det", f"torch.linalg.det({a3})", a=small(3, 3))
    suite.case("det", "det-batched", f"torch.linalg.det({lifted(2, 2)})", a=small(2, 2, 2))
    # Values alone: the gradient of PyTorch 1.13 is 0 where the cofactors are not.
    suite.case("det", "det-singular", "torch.linalg.det(a)", grad=False,
               a=vals([[1.0, 2.0, 3.0], [0.0, 0.0, 0.0], [4.0, -1.0, 2.0]]))
    suite.case("slogdet", "slogdet", f"torch.linalg.slogdet({a3})[1]", a=small(3, 3))
    suite.case("slogdet", "slogdet-both", "torch.linalg.slogdet(a)", grad=False,
               outs=("sign", "logabsdet"),
               a=vals([[[1.0, 2.0], [3.0, 4.0]], [[2.0, 0.0], [1.0, 3.0]], [[1.0, 2.0], [2.0, 4.0]]]))
    spd = "(a @ a.mT + 2 * torch.eye(3, dtype=f64))"
    suite.case("cholesky", "cholesky", f"torch.linalg.cholesky({spd})", a=small(3, 3))
    suite.case("cholesky", "cholesky-upper", f"torch.linalg.cholesky({spd}, upper=True)",
               a=small(3, 3))
    suite.case("cholesky", "cholesky-batched", f"torch.linalg.cholesky({spd})", a=small(2, 3, 2))
    for upper in (False, True):
        name = "upper" if upper else "lower"
        code = f"torch.cholesky_solve(b, {a3}.{'triu' if upper else 'tril'}(), upper={upper})"
        suite.case("choleskySolve", f"choleskySolve-{name}", code, b=small(3, 2), a=small(3, 3))
        for side, shape in {"left": (3, 2), "right": (2, 3)}.items():
            code = (f"torch.linalg.solve_triangular({a3}, b, upper={upper}, "
                    f"left={side == 'left'})")
            suite.case("solveTriangular", f"solveTriangular-{name}-{side}", code, a=small(3, 3),
                       b=small(*shape))
        code = f"torch.linalg.solve_triangular(a, b, upper={upper}, unitriangular=True)"
        suite.case("solveTriangular", f"solveTriangular-{name}-unit", code, a=small(3, 3),
                   b=small(3, 2))
    suite.case("solveTriangular", "solveTriangular-batched",
               f"torch.linalg.solve_triangular({lifted(2, 2)}, b, upper=False)", a=small(2, 2, 2),
               b=small(2, 3))


def orthogonal(suite):
    for name, (m, n) in {"tall": (4, 2), "square": (3, 3), "wide": (2, 4)}.items():
        a = lifted(m, n)
        suite.case("qr", f"qr-{name}", f"torch.linalg.qr({a})", outs=("q", "r"), a=small(m, n))
        suite.case("qr", f"qr-{name}-r", f"torch.linalg.qr({a})[1]", a=small(m, n))
        suite.case("qr", f"qr-{name}-complete", f"torch.linalg.qr({a}, mode='complete')",
                   grad=m <= n, outs=("q", "r"), a=small(m, n))
        suite.case("svd", f"svdvals-{name}", f"torch.linalg.svdvals({a})", a=small(m, n))
        code = f"(lambda d: d[0][..., :1] @ d[2][..., :1, :])(torch.linalg.svd({a}, False))"
        suite.case("svd", f"svd-first-{name}", code, a=small(m, n))
        code = f"(lambda d: (d[0] * (d[1] + 1)) @ d[2])(torch.linalg.svd({a}, False))"
        suite.case("svd", f"svd-shifted-{name}", code, a=small(m, n))
        suite.case("pinv", f"pinv-{name}", f"torch.linalg.pinv({a})", a=small(m, n))
    suite.case("qr", "qr-batched", f"torch.linalg.qr({lifted(3, 2)})", outs=("q", "r"),
               a=small(2, 3, 2))
    suite.case("svd", "svdvals-batched", f"torch.linalg.svdvals({lifted(2, 3)})", a=small(2, 2, 3))
    suite.case("pinv", "pinv-rank-1", "torch.linalg.pinv(a)", grad=False,
               a=vals([[1.0, 2.0], [2.0, 4.0], [3.0, 6.0]]))
    suite.case("matrixRank", "matrixRank", "torch.linalg.matrix_rank(a)", grad=False,
               a=vals([[[1.0, 2.0], [2.0, 4.0]], [[1.0, 2.0], [3.0, 4.0]], [[0.0, 0.0], [0.0, 0.0]]]))
    symmetric = "(lambda b: b + b.mT)(" + lifted(3, 3) + ")"
    suite.case("eigh", "eigvalsh", f"torch.linalg.eigvalsh({symmetric})", a=small(3, 3))
    suite.case("eigh", "eigh-values", f"torch.linalg.eigh({symmetric})[0]", a=small(2, 3, 3))
    code = f"(lambda e: e[1][..., :1] @ e[1][..., :1].mT)(torch.linalg.eigh({symmetric}))"
    suite.case("eigh", "eigh-first", code, a=small(3, 3))
    code = (f"(lambda e: (e[1] * (e[0] * 0.1).exp().unsqueeze(-2)) @ e[1].mT)"
            f"(torch.linalg.eigh({symmetric}))")
    suite.case("eigh", "eigh-exp", code, a=small(3, 3))
    for name, (m, n) in {"tall": (4, 2), "wide": (2, 3)}.items():
        suite.case("lstsq", f"lstsq-{name}",
                   f"torch.linalg.lstsq({lifted(m, n)}, b, driver='gelsd')[0]", a=small(m, n),
                   b=small(m, 2))


def distances(suite):
    suite.case("cdist", "cdist", "torch.cdist(a, b)", a=rnd(3, 2), b=rnd(4, 2))
    suite.case("cdist", "cdist-batched", "torch.cdist(a, b)", a=rnd(2, 1, 2, 3), b=rnd(2, 3, 3))
    for p in ("1", "3", "inf"):
        suite.case("cdist", f"cdist-{p}", f"torch.cdist(a, b, p={p})", a=rnd(3, 2), b=rnd(2, 2))
    suite.case("cdist", "cdist-many", "torch.cdist(a, b)", a=rnd(30, 2), b=rnd(2, 2))
    suite.case("vecdot", "vecdot", "torch.linalg.vecdot(a, b)", a=rnd(2, 3), b=rnd(2, 3))
    suite.case("vecdot", "vecdot-dim", "torch.linalg.vecdot(a, b, dim=0)", a=rnd(2, 3), b=rnd(2, 1))
    suite.case("logdet", "logdet", f"torch.logdet({lifted(3, 3)})", a=small(3, 3))
    suite.case("logdet", "logdet-negative", "torch.logdet(a)", grad=False,
               a=vals([[[0.0, 1.0], [1.0, 0.0]], [[1.0, 0.0], [0.0, 1.0]]]))


def norms(suite):
    orders = {"2": "2", "1": "1", "inf": "inf", "-inf": "-inf", "3": "3", "half": "0.5",
              "minus1": "-1"}
    for name, order in orders.items():
        suite.case("vectorNorm", f"vectorNorm-{name}", f"torch.linalg.vector_norm(a, {order})",
                   a=rnd(2, 3))
        suite.case("vectorNorm", f"vectorNorm-{name}-dim",
                   f"torch.linalg.vector_norm(a, {order}, dim=1, keepdim=True)", a=rnd(2, 3))
    suite.case("vectorNorm", "vectorNorm-0", "torch.linalg.vector_norm(a, 0, dim=0)", grad=False,
               a=vals([[0.0, 1.0, -2.0], [3.0, 0.0, 0.5]]))
    suite.case("vectorNorm", "vectorNorm-zero", "torch.linalg.vector_norm(a, 2, dim=1)",
               a=vals([[0.0, 0.0], [3.0, -4.0]]))
    suite.case("vectorNorm", "vectorNorm-ties", "torch.linalg.vector_norm(a, inf)",
               a=vals([2.0, -2.0, 1.0]))
    a = lifted(3, 3)
    for order in ("'fro'", "'nuc'", "1", "-1", "2", "-2", "inf", "-inf"):
        name = order.strip("'")
        suite.case("matrixNorm", f"matrixNorm-{name}", f"torch.linalg.matrix_norm({a}, {order})",
                   a=small(2, 3, 3))
        suite.case("matrixNorm", f"matrixNorm-{name}-dims",
                   f"torch.linalg.matrix_norm(a, {order}, dim=(2, 0), keepdim=True)",
                   a=rnd(2, 2, 3))
        # PyTorch 1.13 cannot differentiate cond() but for 2 and -2.
        code = (f"torch.linalg.cond({a}, {order})" if name in ("2", "-2") else
                f"(lambda x: torch.linalg.matrix_norm(x, {order}) * "
                f"torch.linalg.matrix_norm(torch.linalg.inv(x), {order}))({a})")
        suite.case("cond", f"cond-{name}", code, a=small(3, 3))
    suite.case("linalg_norm", "linalg-norm", "torch.linalg.norm(a)", a=rnd(2, 2, 2))
    suite.case("linalg_norm", "linalg-norm-vector", "torch.linalg.norm(a, 3)", a=rnd(4))
    suite.case("linalg_norm", "linalg-norm-matrix", "torch.linalg.norm(a, 1)", a=rnd(2, 3))
    suite.case("linalg_norm", "linalg-norm-dims", "torch.linalg.norm(a, inf, dim=(0, 2))", a=rnd(2, 2, 3))
    suite.case("linalg_norm", "linalg-norm-fro", "torch.linalg.norm(a, 'fro')", a=rnd(2, 3))
    for power in (3, 1, 0, -2):
        suite.case("matrixPower", f"matrixPower-{power}",
                   f"torch.linalg.matrix_power({lifted(2, 2)}, {power})", grad=power != 0,
                   a=small(2, 2, 2))


def build(suite):
    added(suite)
    vectors(suite)
    integers(suite)
    chains(suite)
    einsum(suite)
    systems(suite)
    orthogonal(suite)
    distances(suite)
    norms(suite)
