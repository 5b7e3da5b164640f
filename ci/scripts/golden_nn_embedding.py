"""Tables of rows by index."""

from golden_format import ints, rnd

MATRIX = [[4, 0, 2], [4, 4, 1]]
INDEX = [4, 0, 2, 4, 1, 4, 1]


def build(suite):
    def case(name, expr, x=MATRIX, call="m(x)", **inputs):
        suite.module("embedding", name, expr, call=call, x=ints(x), **inputs)

    case("Embedding-module", "nn.Embedding(5, 3)")
    case("Embedding-module-padding", "nn.Embedding(5, 3, padding_idx=-2)")
    case("EmbeddingBag-module", "nn.EmbeddingBag(5, 3)")
    case("EmbeddingBag-module-max", "nn.EmbeddingBag(5, 3, mode='max', padding_idx=3)",
         x=INDEX, call="m(x, o)", o=ints([0, 3, 3]))
    case("EmbeddingBag-module-sum",
         "nn.EmbeddingBag(5, 3, mode='sum', include_last_offset=True)", x=INDEX,
         call="m(x, o, s)", o=ints([0, 3, 7]), s=rnd(7))
