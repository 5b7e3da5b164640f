"""Programs about the graph itself: changes in place, hooks, functions of functions."""

from golden_format import rnd

FILE = "autograd"


def in_place(suite):
    suite.program(FILE, "in-place-chain", """
y = a * 2
y.mul_(b).add_(1).sub_(a).div_(b).neg_()
y.addcmul_(a, b, value=0.5).addcdiv_(a, b, value=-2)
loss = (y * y).sum()
loss.backward()
""", outs=("y", "loss"), grads=("a", "b"), a=rnd(2, 3), b=rnd(3, lo=0.5))
    suite.program(FILE, "in-place-becomes-recorded", """
y = torch.zeros(2, 3, dtype=f64)
y.add_(a).mul_(a).relu_()
loss = (y * b).sum()
loss.backward()
""", outs=("y", "loss"), grads=("a", "b"), a=rnd(2, 3), b=rnd(2, 3))
    suite.program(FILE, "in-place-rows", """
y = torch.zeros(3, 4, dtype=f64)
for i in range(3):
    y.select(0, i).copy_(a * (i + 1))
y.select(1, 2).mul_(b)
loss = (y * y).sum()
loss.backward()
""", outs=("y", "loss"), grads=("a", "b"), a=rnd(4), b=rnd(3))
    suite.program(FILE, "in-place-views", """
y = a * 3
head = y.narrow(1, 0, 2)
tail = y.narrow(1, 2, 2)
corner = head.narrow(0, 0, 1).t()
head.mul_(b)
tail.sub_(corner.detach().sum())
loss = (head * head).sum() + tail.sum() + (corner * 5).sum() + (y * y.t().t()).sum()
loss.backward()
""", outs=("y", "head", "tail", "corner", "loss"), grads=("a", "b"), a=rnd(2, 4), b=rnd(2, 2))
    suite.program(FILE, "in-place-transposed", """
y = (a * 2).t()
y.narrow(0, 1, 2).mul_(b)
y.t().select(0, 1).add_(b.select(1, 0).sum())
loss = (y * y * y).sum()
loss.backward()
""", outs=("y", "loss"), grads=("a", "b"), a=rnd(3, 4, lo=-1, hi=1), b=rnd(2, 3, lo=-1, hi=1))
    suite.program(FILE, "in-place-read-expanded", """
y = a * 1
wide = y.unsqueeze(0).expand(4, 3)
y.mul_(b)
loss = (wide * c).sum()
loss.backward()
""", outs=("wide", "loss"), grads=("a", "b", "c"), a=rnd(3), b=rnd(3), c=rnd(4, 3))
    suite.program(FILE, "in-place-overwritten", """
y = a * 2
y.narrow(0, 0, 1).zero_()
y.narrow(0, 1, 1).fill_(7)
y.narrow(0, 2, 1).copy_(b)
loss = (y * y).sum()
loss.backward()
""", outs=("y", "loss"), grads=("a", "b"), a=rnd(4), b=rnd(1))
    suite.program(FILE, "in-place-no-grad", """
y = a * b
with torch.no_grad():
    a.mul_(2)
    a.narrow(0, 0, 1).add_(1)
z = a * 5
loss = (z * z).sum()
loss.backward()
""", outs=("y", "loss"), grads=("a",), a=rnd(3), b=rnd(3))
    # Not of a view: the second gradient that PyTorch 1.13 finds through one is not the right one.
    suite.program(FILE, "in-place-second", """
y = a * 2
y.mul_(b)
y.mul_(y.detach().sum())
inner = (y * y * y).sum()
ga, gb = torch.autograd.grad(inner, [a, b], create_graph=True)
z = ga.square().sum() + gb.square().sum()
z.backward()
""", outs=("inner", "ga", "gb", "z"), grads=("a", "b"), a=rnd(4, lo=-1, hi=1),
                  b=rnd(4, lo=-1, hi=1))
    suite.program(FILE, "unbind-second", """
x, y, z = a.unbind(0)
inner = (x * y.exp()).sum() + (z * z * x).sum()
ga, = torch.autograd.grad(inner, [a], create_graph=True)
total = ga.square().sum()
total.backward()
""", outs=("inner", "ga", "total"), grads=("a",), a=rnd(3, 2, lo=-1, hi=1))


def graph(suite):
    suite.program(FILE, "retain-grad", """
h = a * b
h.retain_grad()
loss = (h * h).sum()
loss.backward(retain_graph=True)
loss.backward()
gh = h.grad
""", outs=("h", "gh"), grads=("a", "b"), a=rnd(3), b=rnd(3))
    suite.program(FILE, "hooks", """
h = a.tanh()
h.register_hook(lambda g: g * 2)
h.register_hook(lambda g: g + 1)
a.register_hook(lambda g: -g)
loss = (h * h * b).sum() + a.sum()
loss.backward()
""", outs=("h", "loss"), grads=("a", "b"), a=rnd(3), b=rnd(3))
    suite.program(FILE, "grad-of-intermediate", """
h = a.exp()
y = h * b
z = y * y
gh, ga = torch.autograd.grad([y, z], [h, a], [v, v * 2])
a.sum().backward()
""", outs=("gh", "ga"), grads=("a",), a=rnd(3, lo=-1, hi=1), b=rnd(3), v=rnd(3))
    suite.program(FILE, "backward-inputs", """
h = a * b
loss = (h * h).sum()
loss.backward(inputs=[b], retain_graph=True)
first = b.grad.clone()
loss.backward()
""", outs=("first",), grads=("a", "b"), a=rnd(3), b=rnd(3))
    suite.program(FILE, "backward-of-several", """
y = a * a
torch.autograd.backward([y, a.sum()], [v, None])
""", outs=("y",), grads=("a",), a=rnd(3), v=rnd(3))
    suite.program(FILE, "custom-function", """
class Cube(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x ** 3

    @staticmethod
    def backward(ctx, g):
        x, = ctx.saved_tensors
        return g * 3 * x * x
y = (Cube.apply(a) * b).sum()
ga, = torch.autograd.grad(y, [a], create_graph=True)
z = ga.square().sum()
z.backward()
""", outs=("y", "ga", "z"), grads=("a", "b"), a=rnd(3), b=rnd(3))
    suite.program(FILE, "checkpoint", """
import torch.utils.checkpoint
h = torch.utils.checkpoint.checkpoint(lambda x, w: (x * w).tanh() * w, a, b, use_reentrant=False)
k = torch.utils.checkpoint.checkpoint(lambda x, w: (x * w).exp(), h, b, use_reentrant=False)
loss = (k * a).sum()
loss.backward()
""", outs=("k", "loss"), grads=("a", "b"), a=rnd(3, lo=-1, hi=1), b=rnd(3, lo=-1, hi=1))


def functional(suite):
    suite.program(FILE, "jacobian", """
ja, jb = torch.autograd.functional.jacobian(lambda x, w: (x * w).tanh().sum(1), (a, b))
""", outs=("ja", "jb"), a=rnd(2, 3), b=rnd(3))
    suite.program(FILE, "hessian", """
(haa, hab), (hba, hbb) = torch.autograd.functional.hessian(
    lambda x, w: (x * x * w).exp().sum(), (a, b))
""", outs=("haa", "hab", "hba", "hbb"), a=rnd(2, lo=-1, hi=1), b=rnd(2, lo=-1, hi=1))
    suite.program(FILE, "vjp", """
y, (va, vb) = torch.autograd.functional.vjp(lambda x, w: (x @ w).tanh(), (a, b), v)
""", outs=("y", "va", "vb"), a=rnd(2, 3, lo=-1, hi=1), b=rnd(3, 2, lo=-1, hi=1), v=rnd(2, 2))
    suite.program(FILE, "jvp", """
y, d = torch.autograd.functional.jvp(lambda x, w: (x @ w).tanh(), (a, b), (u, v))
""", outs=("y", "d"), a=rnd(2, 3, lo=-1, hi=1), b=rnd(3, 2, lo=-1, hi=1), u=rnd(2, 3),
                  v=rnd(3, 2))
    for name in ("hvp", "vhp"):
        suite.program(FILE, name, f"""
y, (pa, pb) = torch.autograd.functional.{name}(
    lambda x, w: (x * w.exp()).square().sum(), (a, b), (u, v))
""", outs=("y", "pa", "pb"), a=rnd(3, lo=-1, hi=1), b=rnd(3, lo=-1, hi=1), u=rnd(3), v=rnd(3))


def build(suite):
    in_place(suite)
    graph(suite)
    functional(suite)
