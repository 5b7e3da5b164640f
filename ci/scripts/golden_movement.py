"""Views, parts, joining, other orders, padding, diagonals."""

from golden_format import bools, empty, ints, rnd

CASES = {
    "slice": {
        "slice-step": ("a[1:7:3]", (8, 2)),
        "slice-dim1": ("a[:, -4:-1]", (2, 6)),
        "slice-cut": ("a[:, 2:100:2]", (2, 5)),
        "slice-transposed": ("a.t()[::2]", (2, 5)),
    },
    "movedim": {
        "movedim": ("a.movedim(0, 2)", (2, 3, 4)),
        "movedim-back": ("a.movedim(-1, 0)", (2, 3, 4)),
        "movedim-several": ("a.movedim((0, 2), (-1, 0))", (2, 3, 2, 2)),
        "swapdims": ("a.swapdims(0, 2)", (2, 3, 4)),
        "mT": ("a.mT", (2, 3, 4)),
    },
    "unflatten": {
        "unflatten": ("a.unflatten(1, (2, 3))", (2, 6)),
        "unflatten-inferred": ("a.unflatten(0, (2, -1))", (6, 2)),
    },
    "unfold": {
        "unfold": ("a.unfold(0, 3, 1)", (6,)),
        "unfold-apart": ("a.unfold(1, 2, 3)", (2, 8)),
        "unfold-few": ("a.unfold(0, 4, 2)", (6, 2)),
    },
    "flip": {
        "flip": ("a.flip(0)", (3, 2)),
        "flip-last": ("a.flip(-1)", (3, 4)),
        "flip-both": ("a.flip(0, 2)", (2, 3, 2)),
        "flip-transposed": ("a.t().flip(0)", (3, 4)),
        "fliplr": ("a.fliplr()", (2, 3)),
        "flipud": ("a.flipud()", (3, 2)),
        "flip-rank0": ("a.flip(0)", ()),
    },
    "roll": {
        "roll": ("a.roll(2)", (2, 3)),
        "roll-dim0": ("a.roll(1, 0)", (3, 2)),
        "roll-dim1": ("a.roll(-1, 1)", (2, 3)),
        "roll-both": ("a.roll((1, 5), (0, 1))", (3, 4)),
        "roll-twice": ("a.roll((1, 1), (0, 0))", (4, 2)),
    },
    "rot90": {f"rot90-{k}": (f"a.rot90({k}, (0, 1))", (2, 3)) for k in (0, 1, 2, 3, -1)},
    "repeat": {
        "repeat": ("a.repeat(2, 3)", (2, 2)),
        "repeat-leading": ("a.repeat(2, 1, 2)", (2, 3)),
        "repeat-none": ("a.repeat(0, 2)", (2, 3)),
        "tile": ("a.tile(2)", (2, 3)),
        "tile-leading": ("a.tile((2, 1, 2))", (2, 3)),
    },
    "repeatInterleave": {
        "repeatInterleave": ("a.repeat_interleave(2)", (2, 3)),
        "repeatInterleave-dim0": ("a.repeat_interleave(3, dim=0)", (2, 3)),
        "repeatInterleave-dim-1": ("a.repeat_interleave(2, dim=-1)", (2, 3)),
        "repeatInterleave-tensor":
            ("a.repeat_interleave(torch.tensor([2, 0, 1]), dim=1)", (2, 3)),
    },
    "pad": {
        "pad": ("F.pad(a, (1, 2))", (2, 3)),
        "pad-two": ("F.pad(a, (1, 0, 2, 1), value=0.5)", (2, 3)),
        "pad-crop": ("F.pad(a, (-1, 2, 1, -1))", (3, 4)),
        "pad-reflect": ("F.pad(a, (3, 2), mode='reflect')", (2, 4)),
        "pad-reflect-2d": ("F.pad(a, (1, 2, 2, 1), mode='reflect')", (1, 3, 3)),
        "pad-replicate": ("F.pad(a, (2, 3), mode='replicate')", (2, 3)),
        "pad-replicate-2d": ("F.pad(a, (1, 2, 2, 1), mode='replicate')", (1, 2, 2)),
        "pad-circular": ("F.pad(a, (2, 3), mode='circular')", (1, 2, 4)),
        "pad-circular-2d": ("F.pad(a, (1, 2, 2, 1), mode='circular')", (1, 1, 2, 3)),
    },
    "triangles": {
        "tril": ("a.tril()", (3, 4)),
        "tril-above": ("a.tril(1)", (4, 3)),
        "tril-below": ("a.tril(-2)", (4, 3)),
        "tril-batched": ("a.tril()", (2, 3, 3)),
        "tril-transposed": ("a.t().tril()", (3, 4)),
        "triu": ("a.triu()", (3, 4)),
        "triu-above": ("a.triu(2)", (3, 4)),
        "triu-below": ("a.triu(-1)", (4, 3)),
        "triu-batched": ("a.triu(1)", (2, 3, 3)),
    },
    "diag": {
        "diag": ("a.diag()", (3,)),
        "diag-above": ("a.diag(1)", (3,)),
        "diag-below": ("a.diag(-2)", (2,)),
        "diag-matrix": ("a.diag()", (3, 4)),
        "diag-matrix-below": ("a.diag(-1)", (3, 4)),
        "diagflat": ("a.diagflat(1)", (2, 2)),
        "diagEmbed": ("a.diag_embed()", (2, 3)),
        "diagEmbed-dims": ("a.diag_embed(-1, 0, 2)", (2, 3)),
        "diagonal-dims": ("a.diagonal(1, 2, 0)", (2, 3, 4)),
    },
    "split": {
        "split": ("a.split(2, 1)[1]", (2, 5)),
        "split-last": ("a.split(2, 1)[2]", (2, 5)),
        "split-sizes": ("a.split((1, 3, 1), -1)[1]", (2, 5)),
        "chunk": ("a.chunk(3, 0)[2]", (7, 2)),
        "tensorSplit": ("a.tensor_split(3, 0)[1]", (8, 2)),
        "tensorSplit-indices": ("a.tensor_split((1, 4), 0)[1]", (6, 2)),
        "unbind": ("a.unbind(1)[2]", (2, 3)),
        "hsplit": ("a.hsplit(2)[1]", (2, 4)),
        "hsplit-vector": ("a.hsplit(2)[0]", (4,)),
        "vsplit": ("a.vsplit(2)[1]", (4, 2)),
        "dsplit": ("a.dsplit(2)[0]", (2, 2, 4)),
    },
}

JOINED = {
    "hstack": ("torch.hstack((a, b))", (2, 3), (2, 1)),
    "hstack-vectors": ("torch.hstack((a, b))", (3,), (2,)),
    "vstack": ("torch.vstack((a, b))", (2, 3), (1, 3)),
    "vstack-vectors": ("torch.vstack((a, b))", (3,), (3,)),
    "dstack": ("torch.dstack((a, b))", (2, 3), (2, 3)),
    "columnStack": ("torch.column_stack((a, b))", (3,), (3, 2)),
    "broadcastTensors": ("torch.stack(torch.broadcast_tensors(a, b))", (3, 1), (4,)),
    "meshgrid": ("torch.stack(torch.meshgrid(a, b, indexing='ij'))", (3,), (4,)),
    "meshgrid-xy": ("torch.stack(torch.meshgrid(a, b, indexing='xy'))", (3,), (4,)),
    "cartesianProd": ("torch.cartesian_prod(a, b)", (3,), (2,)),
    "cat-nothing": ("torch.cat((a, b), 0)", (2, 3), (0,)),
}


def build(suite):
    for file, cases in CASES.items():
        for name, (expr, shape) in cases.items():
            suite.case(file, name, expr, a=rnd(*shape))
    for name, (expr, a, b) in JOINED.items():
        second = empty(*b) if 0 in b else rnd(*b, shift=0.005)
        suite.case("joined", name, expr, a=rnd(*a), b=second,
                   constants=("b",) if 0 in b else ())
    suite.case("joined", "combinations", "torch.combinations(a, 2)", a=rnd(4))
    suite.case("joined", "combinations-three", "torch.combinations(a, 3)", a=rnd(4))
    for name, expr in {"selectScatter": "a.select_scatter(b, 1, -2)",
                       "sliceScatter": "a.slice_scatter(b, 1, 0, 4, 4)",
                       "diagonalScatter": "a.diagonal_scatter(b, 1, 1, 0)"}.items():
        shape = {"sliceScatter": (3, 1), "diagonalScatter": (2,)}.get(name, (3,))
        suite.case("put", name, expr, a=rnd(3, 4), b=rnd(*shape, shift=0.005))
    suite.case("triangles", "trilIndices", "torch.tril_indices(3, 4, 1)")
    suite.case("triangles", "triuIndices", "torch.triu_indices(4, 3, -1)")
    suite.case("flip", "flip-i64", "a.flip(0, 1)", a=ints([[1, 2, 3], [4, 5, 6]]))
    suite.case("pad", "pad-bool", "F.pad(a, (1, 1), value=1)", a=bools([[1, 0, 0]]))
