"""Rows of a table by index, one by one and in bags."""

from golden_format import ints, rnd

INDEX = [4, 0, 2, 4, 3, 4, 1]
MATRIX = [[4, 0, 2], [4, 4, 1]]
OFFSETS = [0, 3, 3, 5]


def lookups(suite):
    def case(name, expr, index, table=(5, 3)):
        suite.case("embedding", name, expr, w=rnd(*table), i=ints(index))

    case("embedding", "F.embedding(i, w)", INDEX)
    case("embedding-matrix", "F.embedding(i, w)", MATRIX)
    case("embedding-scalar", "F.embedding(i, w)", 2)
    case("embedding-none", "F.embedding(i, w)", [])
    case("embedding-one-column", "F.embedding(i, w)", MATRIX, table=(5, 1))
    case("embedding-padding", "F.embedding(i, w, padding_idx=4)", MATRIX)
    case("embedding-frequency", "F.embedding(i, w, scale_grad_by_freq=True)", INDEX)
    case("embedding-frequency-padding",
         "F.embedding(i, w, padding_idx=0, scale_grad_by_freq=True)", INDEX)


def bags(suite):
    def case(name, more, offsets=OFFSETS, index=INDEX, weights=None, order="w"):
        inputs = {"w": rnd(5, 3), "i": ints(index)}
        if offsets is not None:
            inputs["o"] = ints(offsets)
        if weights:
            inputs["s"] = rnd(*weights)
        given = ", o" if offsets is not None else ""
        scale = ", per_sample_weights=s" if weights else ""
        suite.case("embeddingBag", name, f"F.embedding_bag(i, w{given}, {more}{scale})", **inputs)

    for mode in ("sum", "mean", "max"):
        name = f"embeddingBag-{mode}"
        case(name, f"mode='{mode}'")
        case(f"{name}-matrix", f"mode='{mode}'", offsets=None, index=MATRIX)
        case(f"{name}-padding", f"mode='{mode}', padding_idx=4", offsets=[0, 3, 5, 6])
        case(f"{name}-last-offset", f"mode='{mode}', include_last_offset=True",
             offsets=[0, 2, 4, 7])
        case(f"{name}-none", f"mode='{mode}'", offsets=[0, 0], index=[])
    for mode in ("sum", "mean"):
        case(f"embeddingBag-{mode}-frequency", f"mode='{mode}', scale_grad_by_freq=True")
    case("embeddingBag-weights", "mode='sum'", weights=(7,))
    case("embeddingBag-weights-matrix", "mode='sum'", offsets=None, index=MATRIX, weights=(2, 3))
    case("embeddingBag-weights-padding", "mode='sum', padding_idx=4", weights=(7,))


def build(suite):
    lookups(suite)
    bags(suite)
    for p in (1.0, 2.0, 3.5, float("inf")):
        text = "inf" if p == float("inf") else p
        suite.case("embeddingRenorm_", f"embeddingRenorm_-{text}",
                   f"torch.embedding_renorm_(w.clone(), i, 2.0, {text})", grad=False,
                   w=rnd(5, 3), i=ints([4, 0, 4, 3]))
