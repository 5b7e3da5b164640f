"""The text format of the golden files: one file per operation, one line per tensor."""

import zlib
from pathlib import Path

import numpy
import torch
import torch.nn.functional as F

MAX_VALUES = 64
MAX_PARAMETER_VALUES = 380
INITIAL_NUMBERS = 8_000
DTYPES = {torch.float64: "f64", torch.float32: "f32", torch.int64: "i64", torch.bool: "bool"}


def versions():
    return f"torch {torch.__version__}, numpy {numpy.__version__}"


def header(notes=()):
    return [f"# ci/scripts/golden.py, {versions()}"] + [f"# {note}" for note in notes]


def value_text(value, dtype):
    if dtype == torch.bool:
        return "1" if value else "0"
    if dtype == torch.float32:
        return str(numpy.float32(value))  # shortest text that reads back as the same float
    return repr(value)


def tensor_line(kind, name, tensor, most=MAX_VALUES):
    tensor = tensor.detach()
    assert tensor.numel() <= most, f"{name}: {tensor.numel()} values, at most {most}"
    shape = ",".join(str(size) for size in tensor.shape)
    values = [value_text(v, tensor.dtype) for v in tensor.reshape(-1).tolist()]
    return " ".join([kind, name, DTYPES[tensor.dtype], f"[{shape}]", *values])


def rnd(*shape, lo=-2.0, hi=2.0, gap=0.1, shift=0.0):
    """Distinct numbers of two decimals in [lo, hi], none nearer to zero than gap.

    A shift of 0.005 keeps two operands apart everywhere, whatever is drawn.
    """

    def draw(rng):
        grid = numpy.arange(round(lo * 100), round(hi * 100) + 1) / 100.0
        grid = grid[numpy.abs(grid) >= gap - 1e-12]
        count = int(numpy.prod(shape, dtype=int))
        picked = rng.choice(grid, size=count, replace=False) + shift
        return torch.tensor(numpy.round(picked, 3).reshape(shape), dtype=torch.float64)

    return draw


def vals(data, dtype=torch.float64):
    """Given values."""
    return lambda rng: torch.tensor(data, dtype=dtype)


def empty(*shape):
    """A shape without elements, such as [0,3]."""
    return lambda rng: torch.zeros(shape, dtype=torch.float64)


def ints(data):
    return vals(data, torch.int64)


def bools(data):
    return vals(data, torch.bool)


class Suite:
    """The golden files of one Maven module; random inputs depend on the case's name only."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.files = {}
        self.notes = {}
        self.names = set()
        self.index = []

    def note(self, file, *notes):
        self.notes.setdefault(file, []).extend(notes)

    def begin(self, file, name, code, inputs):
        assert name not in self.names, f"case {name} twice"
        self.names.add(name)
        rng = numpy.random.RandomState(zlib.crc32(name.encode()))
        tensors = {key: spec(rng) for key, spec in inputs.items()}
        lines = self.files.setdefault(file, [])
        lines += ["", f"case {name}", *(f"# {line}" for line in code)]
        lines += [tensor_line("in", key, t) for key, t in tensors.items()]
        shapes = " ".join(f"{k}{list(t.shape)}".replace(" ", "") for k, t in tensors.items())
        self.index.append((file, name, "; ".join(code), shapes))
        return rng, tensors, lines

    def case(self, file, name, expr, grad=True, outs=("y",), constants=(), **inputs):
        """Evaluates expr over the inputs; with grad, backward starts with a drawn seed.

        Floating inputs get a gradient unless they are named in constants.
        """
        rng, tensors, lines = self.begin(file, name, [expr], inputs)
        leaves = {
            key: tensor
            for key, tensor in tensors.items()
            if grad and tensor.is_floating_point() and key not in constants
        }
        for leaf in leaves.values():
            leaf.requires_grad_()
        result = eval(expr, environment(), dict(tensors))
        results = result if isinstance(result, tuple) else (result,)
        assert len(results) == len(outs), name
        if leaves:
            y = results[0]
            seed = rnd(*y.shape, lo=-1, hi=1)(rng)
            lines.append(tensor_line("seed", "g", seed))
            y.backward(seed)
        lines += [tensor_line("out", key, t) for key, t in zip(outs, results)]
        lines += [tensor_line("grad", key, t.grad) for key, t in leaves.items()]

    def program(self, file, name, code, outs, grads=(), **inputs):
        """Runs several lines that call backward themselves; shows chosen variables and .grad."""
        code = code.strip().splitlines()
        _, tensors, lines = self.begin(file, name, code, inputs)
        for key in grads:
            tensors[key].requires_grad_()
        scope = dict(tensors)
        exec("\n".join(code), environment(), scope)
        lines += [tensor_line("out", key, scope[key]) for key in outs]
        lines += [tensor_line("grad", key, tensors[key].grad) for key in grads]

    def module(self, file, name, expr, call="m(x)", train=True, outs=("y",), constants=(),
               initialization=True, positive=(), **inputs):
        """Makes a module by expr, draws its parameters, and evaluates call, which names it m.

        Floating inputs get a gradient unless they are named in constants; parameters and
        buffers named in positive, as the variance is always, are drawn above 0. The text of the
        module goes to a file of its own.
        """
        rng, tensors, lines = self.begin(file, name, [f"m = {expr}", call], inputs)
        torch.manual_seed(0)
        module = eval(expr, environment()).double().train(train)
        if initialization:
            lines += initial_values(module, expr)
        draw(module, rng, positive)
        lines += [
            tensor_line(kind, key, t, MAX_PARAMETER_VALUES)
            for kind, named in (("param", module.named_parameters()),
                                ("buffer", module.named_buffers()))
            for key, t in named
        ]
        leaves = {
            key: tensor.requires_grad_()
            for key, tensor in tensors.items()
            if tensor.is_floating_point() and key not in constants
        }
        result = eval(call, environment(), dict(tensors, m=module))
        results = result if isinstance(result, tuple) else (result,)
        assert len(results) == len(outs), name
        if any(t.requires_grad for t in (*leaves.values(), *module.parameters())):
            seed = rnd(*results[0].shape, lo=-1, hi=1)(rng)
            lines.append(tensor_line("seed", "g", seed, MAX_PARAMETER_VALUES))
            results[0].backward(seed)
        lines += [tensor_line("out", k, t, MAX_PARAMETER_VALUES) for k, t in zip(outs, results)]
        lines += [tensor_line("grad", key, t.grad) for key, t in leaves.items()]
        for kind, named, value in (("pgrad", module.named_parameters(), lambda t: t.grad),
                                   ("after", module.named_buffers(), lambda t: t)):
            lines += [tensor_line(kind, key, value(t), MAX_PARAMETER_VALUES)
                      for key, t in named if value(t) is not None]
        self.files.setdefault(f"{file}-text", []).extend(["", f"== {name}", f"# {expr}", str(module)])

    def text(self, file, blocks, *notes):
        """A file of named blocks of plain text, each under a line '== name'."""
        lines = []
        for name, code, text in blocks:
            lines += ["", f"== {name}", f"# {code}", text]
            self.index.append((file, name, code.replace("\n# ", " "), "text"))
        self.files[file] = lines
        self.note(file, *notes)

    def write(self):
        self.folder.mkdir(parents=True, exist_ok=True)
        for file, lines in self.files.items():
            body = header(self.notes.get(file, ())) + lines
            (self.folder / f"{file}.txt").write_text("\n".join(body) + "\n")


def initial_values(module, expr):
    """Mean and deviation of every parameter and buffer over many modules of the same making."""
    pooled = {}
    count = 1 + INITIAL_NUMBERS // max(2, min_numel(module))
    for _ in range(count):
        for key, t in eval(expr, environment()).state_dict().items():
            pooled.setdefault(key, []).append(t.double().reshape(-1))
    return [
        tensor_line("init", key, torch.stack([v.mean(), v.std(unbiased=False)]))
        for key, v in ((key, torch.cat(all_values)) for key, all_values in pooled.items())
    ]


def min_numel(module):
    return min((t.numel() for t in module.state_dict().values()), default=1)


def draw(module, rng, positive):
    """Gives every floating parameter and buffer distinct numbers of two decimals."""
    with torch.no_grad():
        for key, t in (*module.named_parameters(), *module.named_buffers()):
            if t.is_floating_point():
                lo = 0.1 if key.endswith("var") or key in positive else -2.0
                t.copy_(rnd(*t.shape, lo=lo)(rng))


def environment():
    return {"torch": torch, "nn": torch.nn, "F": F, "inf": float("inf"), "nan": float("nan"),
            "f64": torch.float64}
