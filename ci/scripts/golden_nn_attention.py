"""Attention by heads and the layers of a transformer."""

from golden_format import bools, rnd, vals

INF = float("inf")
LATER = [[False, True, True], [False, False, True], [False, False, False]]
PADDED = [[False, False, True], [False, False, False]]


def build(suite):
    attention(suite)
    weights(suite)
    masks(suite)
    encoder(suite)
    decoder(suite)


def mha(arguments=""):
    return f"nn.MultiheadAttention(4, 2{arguments})"


def attention(suite):
    def case(name, make, call, **inputs):
        suite.module("attention", f"MultiheadAttention{name}", make, call, **inputs)

    own = "m(x, x, x, need_weights=False)[0]"
    case("", mha(), own, x=rnd(3, 2, 4))
    case("-batchFirst", mha(", batch_first=True"), own, x=rnd(2, 3, 4))
    case("-unbatched", mha(), own, x=rnd(3, 4))
    case("-nobias", mha(", bias=False"), own, x=rnd(3, 2, 4))
    case("-biasKv", mha(", add_bias_kv=True"), own, x=rnd(3, 2, 4))
    case("-zeroAttn", mha(", add_zero_attn=True"), own, x=rnd(3, 2, 4))
    case("-all", mha(", bias=False, add_bias_kv=True, add_zero_attn=True, batch_first=True"), own,
         x=rnd(2, 3, 4))
    case("-memory", mha(), "m(x, y, y, need_weights=False)[0]", x=rnd(3, 2, 4), y=rnd(2, 2, 4))
    case("-three", mha(), "m(x, y, z, need_weights=False)[0]", x=rnd(3, 2, 4), y=rnd(2, 2, 4),
         z=rnd(2, 2, 4))
    case("-sizes", mha(", kdim=3, vdim=5"), "m(x, y, z, need_weights=False)[0]", x=rnd(3, 2, 4),
         y=rnd(2, 2, 3), z=rnd(2, 2, 5))
    case("-sizes-unbatched", mha(", kdim=3, batch_first=True"),
         "m(x, y, z, need_weights=False)[0]", x=rnd(3, 4), y=rnd(2, 3), z=rnd(2, 4))


def weights(suite):
    def case(name, make, call, **inputs):
        suite.module("attention", f"MultiheadAttention-weights{name}", make, call,
                     outs=("y", "w"), **inputs)

    case("", mha(), "m(x, x, x)", x=rnd(3, 2, 4))
    case("-apart", mha(", batch_first=True"), "m(x, y, y, average_attn_weights=False)",
         x=rnd(2, 3, 4), y=rnd(2, 2, 4))
    case("-unbatched", mha(", add_bias_kv=True, add_zero_attn=True"),
         "m(x, x, x, attn_mask=mask)", x=rnd(3, 4), mask=bools(LATER))


def masks(suite):
    def case(name, call, make=mha(), **inputs):
        suite.module("attention", f"MultiheadAttention-mask{name}", make,
                     f"m(x, x, x, need_weights=False, {call})[0]", x=rnd(3, 2, 4),
                     constants=("mask",), **inputs)

    case("", "attn_mask=mask", mask=bools(LATER))
    case("-added", "attn_mask=mask",
         mask=vals([[0.0, -INF, -INF], [0.5, -1.0, -INF], [1.0, 0.0, 2.0]]))
    case("-heads", "attn_mask=mask", mask=rnd(4, 3, 3))
    case("-padding", "key_padding_mask=pad", pad=bools(PADDED))
    case("-both", "attn_mask=mask, key_padding_mask=pad", mask=bools(LATER), pad=bools(PADDED))
    case("-both-added", "attn_mask=mask, key_padding_mask=pad", mask=rnd(3, 3),
         pad=bools(PADDED))
    case("-more", "attn_mask=mask, key_padding_mask=pad", mask=bools(LATER), pad=bools(PADDED),
         make=mha(", add_bias_kv=True, add_zero_attn=True"))


def encoder(suite):
    def case(name, make, call="m(x)", x=(3, 2, 4), train=True, **inputs):
        suite.module("transformer", name, make, call, train=train, x=rnd(*x), **inputs)

    def layer(arguments="dropout=0.0"):
        return f"nn.TransformerEncoderLayer(4, 2, 5, {arguments})"

    case("TransformerEncoderLayer", layer())
    case("TransformerEncoderLayer-normFirst", layer("dropout=0.0, norm_first=True"))
    case("TransformerEncoderLayer-gelu",
         layer("dropout=0.0, activation='gelu', batch_first=True"), x=(2, 3, 4))
    case("TransformerEncoderLayer-tanh",
         layer("dropout=0.0, activation=torch.tanh, layer_norm_eps=0.1"), x=(3, 4))
    case("TransformerEncoderLayer-eval", layer("0.3"), train=False)
    case("TransformerEncoderLayer-masks", layer(),
         "m(x, src_mask=mask, src_key_padding_mask=pad)", mask=bools(LATER), pad=bools(PADDED))
    case("TransformerEncoder", f"nn.TransformerEncoder({layer()}, 2)")
    case("TransformerEncoder-norm", f"nn.TransformerEncoder({layer()}, 2, nn.LayerNorm(4))",
         "m(x, mask=mask, src_key_padding_mask=pad)", mask=bools(LATER), pad=bools(PADDED))


def decoder(suite):
    def case(name, make, call="m(x, y)", **inputs):
        suite.module("transformer", name, make, call, x=rnd(3, 2, 4), y=rnd(2, 2, 4), **inputs)

    def layer(arguments="dropout=0.0"):
        return f"nn.TransformerDecoderLayer(4, 2, 5, {arguments})"

    masks = dict(tgt=bools(LATER), pad=bools(PADDED), mem=rnd(3, 2),
                 mempad=bools([[False, False], [False, True]]))
    call = ("m(x, y, tgt_mask=tgt, memory_mask=mem, tgt_key_padding_mask=pad,"
            " memory_key_padding_mask=mempad)")
    case("TransformerDecoderLayer", layer())
    case("TransformerDecoderLayer-normFirst",
         layer("dropout=0.0, norm_first=True, activation='gelu'"))
    case("TransformerDecoderLayer-masks", layer(), call, constants=("mem",), **masks)
    case("TransformerDecoder", f"nn.TransformerDecoder({layer()}, 2, nn.LayerNorm(4))", call,
         constants=("mem",), **masks)
    case("Transformer", "nn.Transformer(4, 2, 1, 2, 5, 0.0)", "m(y, x)")
    case("Transformer-masks", "nn.Transformer(4, 2, 1, 1, 5, 0.0)",
         "m(y, x, tgt_mask=m.generate_square_subsequent_mask(3).double(),"
         " src_key_padding_mask=mempad, memory_key_padding_mask=mempad)",
         mempad=bools([[False, False], [False, True]]))
