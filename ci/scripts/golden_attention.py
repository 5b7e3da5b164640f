"""Attention by scaled dot products, by its formula: 1.13 has no function of it."""

from golden_format import bools, empty, rnd, vals

FILE = "scaledDotProductAttention"
MASK = [[True, False, True, True, False], [False, True, False, False, True],
        [True, True, True, True, True]]
INF = float("inf")


def weights(scale, mask=""):
    return f"(q @ k.transpose(-2, -1) * {scale}{mask}).softmax(-1)"


def hidden(seen):
    return f").masked_fill(~({seen}), -inf"


def build(suite):
    plain(suite)
    masked(suite)
    causal(suite)
    packed(suite)


def plain(suite):
    def case(name, scale, q, k, v):
        suite.case(FILE, f"attention{name}", f"{weights(scale)} @ v", q=rnd(*q), k=rnd(*k),
                   v=rnd(*v))

    case("", 0.5, (2, 3, 4), (2, 5, 4), (2, 5, 2))
    case("-2d", 4 ** -0.5, (3, 4), (4, 4), (4, 3))
    case("-heads", 2 ** -0.5, (2, 2, 3, 2), (2, 2, 4, 2), (2, 2, 4, 3))
    case("-scale", 0.3, (2, 3, 4), (2, 2, 4), (2, 2, 4))
    case("-broadcast", 2 ** -0.5, (2, 1, 3, 2), (3, 4, 2), (1, 1, 4, 2))
    case("-one", 1.0, (1, 1), (1, 1), (1, 1))
    suite.case(FILE, "attention-no-queries", f"{weights(0.5)} @ v", q=empty(2, 0, 4),
               k=rnd(2, 3, 4), v=rnd(2, 3, 2))
    suite.case(FILE, "attention-no-keys", f"{weights(0.5)} @ v", q=rnd(2, 3, 4),
               k=empty(2, 0, 4), v=empty(2, 0, 2))


def masked(suite):
    sizes = dict(q=rnd(2, 3, 4), k=rnd(2, 5, 4), v=rnd(2, 5, 2))
    hide = weights(0.5, hidden("mask")) + " @ v"
    suite.case(FILE, "attention-mask", hide, **sizes, mask=bools(MASK))
    suite.case(FILE, "attention-mask-batch", hide, **sizes, mask=bools([[MASK[0]], [MASK[1]]]))
    suite.case(FILE, "attention-mask-blind",
               "((q @ k.transpose(-2, -1) * 0.5).masked_fill(~mask, -1e30).softmax(-1)"
               " * mask.any(-1, keepdim=True)) @ v",
               **sizes, mask=bools([[True, False, True, True, False], [False] * 5, [True] * 5]))
    add = weights(0.5, " + mask") + " @ v"
    suite.case(FILE, "attention-add", add, **sizes, mask=rnd(3, 5))
    suite.case(FILE, "attention-add-batch", add, **sizes, mask=rnd(2, 1, 5))
    suite.case(FILE, "attention-add-column", add, **sizes, mask=rnd(3, 1))
    suite.case(FILE, "attention-add-inf", add, **sizes, constants=("mask",),
               mask=vals([[0.0, -INF, 1.0, 0.5, -INF], [-1.0, 2.0, -INF, 0.0, 0.0],
                          [0.0, 0.0, 0.0, 0.0, -INF]]))


def causal(suite):
    for queries, keys in ((4, 4), (3, 5), (5, 3)):
        seen = f"torch.ones({queries}, {keys}, dtype=torch.bool).tril()"
        suite.case(FILE, f"attention-causal-{queries}-{keys}",
                   weights(0.5, hidden(seen)) + " @ v",
                   q=rnd(2, queries, 4), k=rnd(2, keys, 4), v=rnd(2, keys, 2))


def packed(suite):
    """x is [*, L, 3, H, E]."""
    def attend(scores, mask=""):
        return (f"(lambda q, k, v{mask}: ({scores}.softmax(-1) @ v).transpose(-3, -2))"
                f"(*(t.transpose(-3, -2) for t in x.unbind(-3)){mask})")

    scores = "(q @ k.transpose(-2, -1) * 0.5)"
    suite.case(FILE, "attentionPacked", attend(scores), x=rnd(3, 3, 1, 4))
    suite.case(FILE, "attentionPacked-heads", attend("(q @ k.transpose(-2, -1) * 2 ** -0.5)"),
               x=rnd(2, 2, 3, 2, 2))
    suite.case(FILE, "attentionPacked-add", attend("(q @ k.transpose(-2, -1) * 2 ** -0.5 + mask)",
                                                          ", mask"),
               x=rnd(3, 3, 2, 2), mask=rnd(2, 3, 3))
    suite.case(FILE, "attentionPacked-causal", attend(
        scores + ".masked_fill(torch.ones(3, 3, dtype=torch.bool).triu(1), -inf)"),
        x=rnd(3, 3, 1, 4))
