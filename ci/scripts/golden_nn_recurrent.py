"""Recurrent layers and cells."""

from golden_format import rnd

ALL = "(lambda y, h: (y, h))(*m(x))"
STATES = {
    "LSTM": "(lambda y, s: (y, s[0], s[1]))(*m(x, (h, c)))",
    "GRU": "(lambda y, h: (y, h))(*m(x, h))",
    "RNN": "(lambda y, h: (y, h))(*m(x, h))",
}
PACKED = ("(lambda p, s: (torch.nn.utils.rnn.pad_packed_sequence(p)[0], s[0], s[1]))"
          "(*m(torch.nn.utils.rnn.pack_padded_sequence(x, [2, 4, 1], enforce_sorted=False), (h, c)))")
PACKED_GRU = ("(lambda p, h: (torch.nn.utils.rnn.pad_packed_sequence(p)[0], h))"
              "(*m(torch.nn.utils.rnn.pack_padded_sequence(x, [3, 2, 2])))")


def layer(suite, kind, name, arguments, layers=1, hidden=2, batch=2, x=(3, 2, 3), proj=0, **more):
    states = {"h": rnd(layers, batch, proj or hidden)}
    if kind == "LSTM":
        states["c"] = rnd(layers, batch, hidden)
    outs = ("y", "hn", "cn") if kind == "LSTM" else ("y", "hn")
    suite.module("recurrent", name, f"nn.{kind}({arguments})", call=STATES[kind], outs=outs,
                 x=rnd(*x), **states, **more)


def build(suite):
    for kind in ("RNN", "LSTM", "GRU"):
        suite.module("recurrent", f"{kind}-module", f"nn.{kind}(3, 2)", call="m(x)[0]",
                     x=rnd(3, 2, 3))
        suite.module("recurrent", f"{kind}-module-unbatched", f"nn.{kind}(3, 2)",
                     call="m(x)[0]", x=rnd(4, 3))
        layer(suite, kind, f"{kind}-module-states", "3, 2")
        layer(suite, kind, f"{kind}-module-deep",
              "3, 2, num_layers=2, bias=False, batch_first=True, dropout=0.5, bidirectional=True",
              layers=4, x=(2, 3, 3), train=False)
    layer(suite, "RNN", "RNN-module-relu", "3, 2, nonlinearity='relu', bidirectional=True",
          layers=2)
    layer(suite, "LSTM", "LSTM-module-projected", "3, 3, num_layers=2, proj_size=2", layers=2,
          hidden=3, proj=2)
    suite.module("recurrent", "LSTM-module-packed", "nn.LSTM(3, 2, bidirectional=True)",
                 call=PACKED, outs=("y", "hn", "cn"), x=rnd(4, 3, 3), h=rnd(2, 3, 2),
                 c=rnd(2, 3, 2))
    suite.module("recurrent", "LSTM-module-packed-projected",
                 "nn.LSTM(3, 3, bidirectional=True, proj_size=1)", call=PACKED,
                 outs=("y", "hn", "cn"), x=rnd(4, 3, 3), h=rnd(2, 3, 1), c=rnd(2, 3, 3))
    suite.module("recurrent", "GRU-module-packed", "nn.GRU(3, 2)", call=PACKED_GRU,
                 outs=("y", "hn"), x=rnd(3, 3, 3))
    suite.module("recurrent", "RNNCell-module", "nn.RNNCell(3, 2)", x=rnd(4, 3))
    suite.module("recurrent", "RNNCell-module-relu",
                 "nn.RNNCell(3, 2, bias=False, nonlinearity='relu')", call="m(x, h)",
                 x=rnd(4, 3), h=rnd(4, 2))
    suite.module("recurrent", "GRUCell-module", "nn.GRUCell(3, 2)", call="m(x, h)", x=rnd(4, 3),
                 h=rnd(4, 2))
    suite.module("recurrent", "GRUCell-module-unbatched", "nn.GRUCell(3, 2, bias=False)",
                 call="m(x, h)", x=rnd(3), h=rnd(2))
    suite.module("recurrent", "LSTMCell-module", "nn.LSTMCell(3, 2)", call="m(x, (h, c))",
                 outs=("hn", "cn"), x=rnd(4, 3), h=rnd(4, 2), c=rnd(4, 2))
    suite.module("recurrent", "LSTMCell-module-unbatched", "nn.LSTMCell(3, 2)", call="m(x)[1]",
                 x=rnd(3))
