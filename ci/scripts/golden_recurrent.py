"""One layer of a recurrent network in one direction, over whole sequences."""

from golden_format import empty, rnd

GATES = {"lstm": 4, "gru": 3, "rnnTanh": 1, "rnnRelu": 1}
CALLS = {"lstm": "lstm", "gru": "gru", "rnnTanh": "rnn_tanh", "rnnRelu": "rnn_relu"}


def expression(op, hidden, reverse=False, bias=True, sizes=None, pick="yh"):
    """The reverse direction is the second of a network with both, as PyTorch has no other."""
    states = ["h0", "c0"] if op == "lstm" else ["h0"]
    weights = "[wi, wh, bi, bh]" if bias else "[wi, wh]"
    data = "x" if sizes is None else f"x, torch.tensor({sizes})"
    hx = [f"torch.stack([{s}, {s}])" if reverse else f"{s}.unsqueeze(0)" for s in states]
    state = f"({', '.join(hx)})" if op == "lstm" else hx[0]
    both = " * 2" if reverse else ""
    flags = f"{bias}, 1, 0.0, False, {reverse}" + (", False" if sizes is None else "")
    call = f"torch.{CALLS[op]}({data}, {state}, {weights}{both}, {flags})"
    y = f"y[..., {hidden}:]" if reverse else "y"
    args = "y, h, c" if op == "lstm" else "y, h"
    return f"(lambda {args}: ({', '.join(v if v != 'y' else y for v in pick)}))" \
           f"(*(t if i == 0 else t[-1] for i, t in enumerate({call})))"


def case(suite, op, name, hidden=2, x=(3, 2, 2), batch=2, bias=True, pick=None, **options):
    gates = GATES[op]
    inputs = {"x": rnd(*x) if 0 not in x else empty(*x)}
    state = rnd(batch, hidden) if batch else empty(batch, hidden)
    inputs["h0"] = state
    if op == "lstm":
        inputs["c0"] = state
    inputs["wi"] = rnd(gates * hidden, x[-1])
    inputs["wh"] = rnd(gates * hidden, hidden)
    if bias:
        inputs["bi"] = rnd(gates * hidden)
        inputs["bh"] = rnd(gates * hidden)
    pick = pick or ("yhc" if op == "lstm" else "yh")
    suite.case(op, name, expression(op, hidden, bias=bias, pick=pick, **options), outs=tuple(pick), **inputs)


def build(suite):
    for op in GATES:
        case(suite, op, op)
        case(suite, op, f"{op}-reverse", reverse=True)
        case(suite, op, f"{op}-nobias", bias=False, x=(2, 3, 1), batch=3)
        case(suite, op, f"{op}-one-step", x=(1, 2, 3))
        case(suite, op, f"{op}-packed", x=(6, 2), batch=3, sizes=[3, 2, 1])
        case(suite, op, f"{op}-packed-reverse", x=(7, 2), batch=3, sizes=[3, 3, 1], reverse=True)
        case(suite, op, f"{op}-last", pick="hy")
        case(suite, op, f"{op}-last-packed", pick="hy", x=(5, 1), batch=3, sizes=[3, 1, 1])
        case(suite, op, f"{op}-hidden-3", hidden=3, x=(2, 1, 1), batch=1)
        case(suite, op, f"{op}-empty", x=(2, 0, 2), batch=0)
    case(suite, "lstm", "lstm-cell", pick="chy")
    case(suite, "lstm", "lstm-cell-packed", pick="cy", x=(5, 1), batch=3, sizes=[3, 1, 1],
         reverse=True)
