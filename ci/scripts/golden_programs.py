"""Chains of operations, second gradients, and PyTorch's way of printing."""

import torch
from golden_format import bools, ints, rnd

FILE = "programs"


def chains(suite):
    suite.program(FILE, "mlp", """
h = torch.relu(x @ w1.t() + b1)
logits = h @ w2.t() + b2
loss = -torch.log_softmax(logits, dim=1).gather(1, labels).mean()
loss.backward()
""", outs=("logits", "loss"), grads=("x", "w1", "b1", "w2", "b2"), x=rnd(4, 3), w1=rnd(5, 3),
                  b1=rnd(5), w2=rnd(3, 5, lo=-1, hi=1), b2=rnd(3),
                  labels=ints([[2], [0], [1], [0]]))
    suite.program(FILE, "used-twice", """
y = (a * b + a).sum()
y.backward()
""", outs=("y",), grads=("a", "b"), a=rnd(2, 3), b=rnd(2, 3))
    suite.program(FILE, "diamond", """
h = a.tanh()
u = h * h
v = h.exp()
y = (u * v - h).mean()
y.backward()
""", outs=("h", "y"), grads=("a",), a=rnd(2, 3))
    suite.program(FILE, "same-operand", """
y = ((a @ a) * a).sum()
y.backward()
""", outs=("y",), grads=("a",), a=rnd(3, 3))
    suite.program(FILE, "accumulate", """
first = (a * b).sum()
first.backward()
second = (a.square() * b).sum()
second.backward()
""", outs=("first", "second"), grads=("a", "b"), a=rnd(2, 3), b=rnd(2, 3))
    suite.program(FILE, "retain-graph", """
y = (a.exp() * a).sum()
y.backward(retain_graph=True)
y.backward()
""", outs=("y",), grads=("a",), a=rnd(4))
    suite.program(FILE, "detached", """
y = (a.tanh().detach() * a).sum()
y.backward()
""", outs=("y",), grads=("a",), a=rnd(4))
    suite.program(FILE, "masked-softmax", """
y = torch.where(mask, a, torch.tensor(-inf, dtype=f64)).softmax(dim=1)
loss = (y * b).sum()
loss.backward()
""", outs=("y", "loss"), grads=("a", "b"), a=rnd(2, 4), b=rnd(2, 4),
                  mask=bools([[1, 1, 0, 1], [0, 1, 0, 0]]))
    suite.program(FILE, "views", """
y = (a.t().narrow(0, 1, 2) * a.select(0, 0).unsqueeze(1).narrow(0, 0, 2)).permute(1, 0)
loss = (y.flatten() * torch.arange(6, dtype=f64)).sum()
loss.backward()
""", outs=("y", "loss"), grads=("a",), a=rnd(3, 4))
    suite.program(FILE, "normalize", """
centered = a - a.mean(dim=1, keepdim=True)
y = centered / (centered.square().mean(dim=1, keepdim=True) + 1e-5).sqrt()
loss = (y * y * b).sum()
loss.backward()
""", outs=("y", "loss"), grads=("a", "b"), a=rnd(2, 5), b=rnd(5))
    suite.program(FILE, "shared-weight", """
h = x
for _ in range(3):
    h = (h @ w).tanh()
y = h.sum()
y.backward()
""", outs=("h", "y"), grads=("x", "w"), x=rnd(2, 3), w=rnd(3, 3))


def second_order(suite):
    """z = sum of squares of the first gradients; the file's grad lines are dz/dinput."""
    inner = {
        "second-tanh": ("(a.tanh() ** 2 * a).sum()", dict(a=rnd(2, 3))),
        "second-pow": ("(a ** 3).sum()", dict(a=rnd(2, 3))),
        "second-exp-log": ("(a.exp() * a.log()).sum()", dict(a=rnd(2, 3, lo=0.2))),
        "second-sigmoid": ("(a.sigmoid() * b).sum()", dict(a=rnd(2, 3), b=rnd(2, 3))),
        "second-softplus": ("(F.softplus(a) * b).sum()", dict(a=rnd(2, 3), b=rnd(2, 3))),
        "second-erf": ("(a.erf() * b).sum()", dict(a=rnd(2, 3), b=rnd(2, 3))),
        "second-gelu": ("(F.gelu(a) * b).sum()", dict(a=rnd(2, 3), b=rnd(2, 3))),
        "second-gelu-tanh": ("(F.gelu(a, approximate='tanh') * b).sum()",
                             dict(a=rnd(2, 3), b=rnd(2, 3))),
        "second-div": ("(a / b).sum()", dict(a=rnd(2, 3), b=rnd(3, lo=0.5))),
        "second-softmax": ("(a.softmax(dim=1) * b).sum()", dict(a=rnd(2, 3), b=rnd(2, 3))),
        "second-logSoftmax": ("(a.log_softmax(dim=1) * b).sum()", dict(a=rnd(2, 3), b=rnd(2, 3))),
        "second-matmul": ("((a @ b) ** 2).sum()", dict(a=rnd(2, 3), b=rnd(3, 2))),
        "second-matmul-bilinear": ("(a @ b).sum()", dict(a=rnd(2, 3), b=rnd(3, 2))),
        "second-linear": ("F.linear(a, b, c).tanh().sum()",
                          dict(a=rnd(2, 3), b=rnd(2, 3), c=rnd(2))),
        "second-gather": ("a.gather(1, index).square().sum()",
                          dict(a=rnd(2, 3), index=ints([[0, 0], [2, 1]]))),
        "second-broadcast": ("(a * b.exp()).square().mean()", dict(a=rnd(2, 3), b=rnd(3))),
    }
    for name, (expr, inputs) in inner.items():
        wanted = [key for key in inputs if key != "index"]
        names = ", ".join(wanted)
        firsts = [f"g{key}" for key in wanted]
        targets = ", ".join(firsts) + ("," if len(firsts) == 1 else "")
        suite.program(FILE, name, f"""
y = {expr}
{targets} = torch.autograd.grad(y, [{names}], create_graph=True)
z = {" + ".join(f"{g}.square().sum()" for g in firsts)}
z.backward()
""", outs=("y", *firsts, "z"), grads=wanted, **inputs)
    suite.program(FILE, "third-pow", """
y = (a ** 4).sum()
g1, = torch.autograd.grad(y, [a], create_graph=True)
g2, = torch.autograd.grad(g1.sum(), [a], create_graph=True)
g2.sum().backward()
""", outs=("y", "g1", "g2"), grads=("a",), a=rnd(4))


PRINTED = {
    "float-1d": "torch.tensor([1.0, -2.5, 3.25])",
    "float-whole": "torch.tensor([1.0, 2.0, 3.0])",
    "float-digits": "torch.tensor([0.1, 0.123456789, 12.5])",
    "float-2d": "torch.tensor([[1.5, -2.0, 0.25], [10.0, 0.5, 100.125]])",
    "float-2d-row": "torch.tensor([[1.5, 2.5]])",
    "float-f64": "torch.tensor([0.1, -0.2], dtype=torch.float64)",
    "int-1d": "torch.tensor([1, -20, 300])",
    "int-2d": "torch.tensor([[1, 2], [30, -4]])",
    "int-i32": "torch.tensor([1, 2], dtype=torch.int32)",
    "int-u8": "torch.tensor([0, 255], dtype=torch.uint8)",
    "bool-1d": "torch.tensor([True, False])",
    "bool-2d": "torch.tensor([[True, False], [False, False]])",
    "mixed-magnitudes": "torch.tensor([1e-6, 1.0, 123456.0])",
    "large-ratio": "torch.tensor([0.001, 5000.0])",
    "large-whole": "torch.tensor([1.0, 1e9])",
    "hundred-million": "torch.tensor([1.5, 100000001.0])",
    "small": "torch.tensor([1e-5, 2e-5])",
    "small-one": "torch.tensor([0.0001, 0.0002])",
    "zeros": "torch.zeros(2, 3)",
    "nan-inf": "torch.tensor([float('nan'), float('inf'), -float('inf'), 1.5])",
    "nan-inf-whole": "torch.tensor([float('nan'), float('inf'), 1.0])",
    "only-nan": "torch.tensor([float('nan')])",
    "negative-zero": "torch.tensor([-0.0, 0.0])",
    "empty-1d": "torch.zeros(0)",
    "empty-2d": "torch.zeros(0, 3)",
    "empty-i64": "torch.zeros(0, dtype=torch.int64)",
    "scalar-float": "torch.tensor(3.5)",
    "scalar-whole": "torch.tensor(3.0)",
    "scalar-int": "torch.tensor(7)",
    "scalar-bool": "torch.tensor(True)",
    "scalar-f64": "torch.tensor(0.1, dtype=torch.float64)",
    "scalar-small": "torch.tensor(1e-7)",
    "float-3d": "torch.arange(12.0).reshape(2, 3, 2) / 4",
    "int-4d": "torch.arange(8).reshape(2, 1, 2, 2)",
    "wrapped": "torch.arange(30.0)",
    "wrapped-ints": "torch.arange(40)",
    "exactly-1000": "torch.arange(1000)",
    "summarized-1d": "torch.arange(1001)",
    "summarized-float": "torch.linspace(0, 1, 2000)",
    "summarized-2d": "torch.arange(10000.0).reshape(100, 100)",
    "summarized-3d": "torch.arange(2000).reshape(8, 10, 25)",
    "requires-grad": "torch.tensor([1.5], requires_grad=True)",
    "with-grad-fn": "(torch.tensor([1.5], requires_grad=True) * 2).sum()",
    "transposed": "torch.tensor([[1.0, 2.0], [3.0, 4.5]]).t()",
}


def printing(suite):
    blocks = [(name, expr, repr(eval(expr))) for name, expr in PRINTED.items()]
    suite.text("print", blocks, "PyTorch's text of a tensor, for reference; default dtype F32")


def build(suite):
    suite.note(FILE, "second-*: z is the sum of squares of the first gradients, grad lines are dz")
    chains(suite)
    second_order(suite)
    printing(suite)
