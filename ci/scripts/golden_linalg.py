"""Golden cases of products, contractions and torch.linalg."""

from golden_format import empty, ints, rnd


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


def build(suite):
    added(suite)
    vectors(suite)
    integers(suite)
    chains(suite)
    einsum(suite)
