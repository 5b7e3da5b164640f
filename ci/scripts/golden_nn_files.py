"""Files as torch.save and numpy.savez write them, whole and in the ways that they must be refused."""

import io
import os
import pickle
import zipfile
from collections import OrderedDict

import numpy
import torch

DTYPES = {
    "f64": torch.float64,
    "f32": torch.float32,
    "f16": torch.float16,
    "bf16": torch.bfloat16,
    "i64": torch.int64,
    "i32": torch.int32,
    "i16": torch.int16,
    "i8": torch.int8,
    "u8": torch.uint8,
}


def network():
    """Weights that count up from zero, so that tests can say what they expect."""
    net = torch.nn.Sequential(OrderedDict(
        fc=torch.nn.Linear(3, 2), norm=torch.nn.BatchNorm1d(2), out=torch.nn.Linear(2, 1)))
    with torch.no_grad():
        for number, tensor in enumerate(net.state_dict().values()):
            tensor.copy_(torch.arange(tensor.numel()).reshape(tensor.shape) + 10 * number)
    return net


def dtypes():
    values = {name: torch.tensor([[1, 2], [3, 4]], dtype=dtype) for name, dtype in DTYPES.items()}
    values["i8"] = torch.tensor([-128, 127], dtype=torch.int8)
    values["i16"] = torch.tensor([-32768, 32767], dtype=torch.int16)
    values["bool"] = torch.tensor([True, False, True])
    values["scalar"] = torch.tensor(7.5)
    values["empty"] = torch.zeros(0, 3)
    return values


def views():
    base = torch.arange(24.0).reshape(4, 6)
    return {
        "base": base,
        "t": base.t(),
        "part": base[1:3, 1::2],
        "expanded": base[:, :1].expand(4, 3),
        "diagonal": base.diagonal(),
        "windows": base.flatten().unfold(0, 4, 2)[:3],
        "permuted": base.reshape(2, 3, 4).permute(2, 0, 1),
        "element": base[2, 3],
        "nothing": base[:, 6:],
    }


def tied():
    weight = torch.nn.Parameter(torch.arange(6.0).reshape(3, 2))
    return OrderedDict([("embed.weight", weight), ("bias", torch.zeros(3)),
                        ("head.weight", weight), ("row", weight.detach()[0])])


def checkpoint():
    net = network()
    optimizer = torch.optim.Adam(net.parameters(), lr=0.5)
    net(torch.ones(4, 3)).sum().backward()
    optimizer.step()
    return {
        "model": net.state_dict(),
        "optimizer": optimizer.state_dict(),
        "epoch": 3,
        "best": numpy.float64(0.25),
        "steps": numpy.int64(-5),
        "names": ("a", "ä", b"\x00\xff"),
        "seen": {1, 2},
        "none": None,
        "flag": True,
        "large": 2 ** 70,
        "negative": -(2 ** 40),
        "size": torch.Size([2, 3]),
        "dtype": torch.float16,
        "device": torch.device("cpu"),
    }


def saved(value, **options):
    out = io.BytesIO()
    torch.save(value, out, **options)
    return out.getvalue()


def rewritten(data, method=zipfile.ZIP_STORED, change=lambda name, content: content, extra=()):
    """The same zip file, entry by entry."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", method) as new:
        for info in [zipfile.ZipInfo(entry.filename) for entry in old.infolist()]:
            info.compress_type = method
            new.writestr(info, change(info.filename, old.read(info.filename)))
        for name, content in extra:
            new.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def big_endian():
    """As a machine of the other byte order would write it: floats of four bytes turned around."""

    def swap(name, content):
        if "/data/" not in name:
            return content
        return numpy.frombuffer(content, "<u4").byteswap().tobytes()

    return rewritten(saved({"x": torch.tensor([1.5, -2.0])}), change=swap,
                     extra=[("archive/byteorder", b"big")])


class Evil:
    def __reduce__(self):
        return os.system, ("echo no",)


def evil():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        new.writestr(zipfile.ZipInfo("archive/data.pkl"), pickle.dumps({"w": Evil()}, protocol=2))
        new.writestr(zipfile.ZipInfo("archive/version"), b"3\n")
    return out.getvalue()


def arrays(save):
    out = io.BytesIO()
    save(out, x=numpy.arange(6, dtype="<f4").reshape(2, 3), y=numpy.array([True, False]),
         fortran=numpy.asfortranarray(numpy.arange(6.0).reshape(2, 3)),
         small=numpy.array([-1, 2], dtype="i1"), scalar=numpy.array(7, dtype="<i8"))
    return out.getvalue()


def scripted():
    out = io.BytesIO()
    torch.jit.save(torch.jit.script(torch.nn.Identity()), out)
    return out.getvalue()


def wrapped():
    """A checkpoint of a model behind two wrappers, as training scripts leave it."""
    state = {f"module.{name}": tensor for name, tensor in network().state_dict().items()}
    return {"state_dict": state, "optimizer": {"state": {0: {"exp_avg": torch.ones(2, 3)}}},
            "epoch": 7}


def halves():
    """As GPT-2 has it: weights of Conv1D are [in, out], names differ, and one is there twice."""
    embedding = torch.arange(8.0).reshape(4, 2)
    return {"h.0.mlp.weight": torch.arange(6).reshape(2, 3).half(),
            "h.0.mlp.bias": torch.tensor([0.5, 1.5, 2.5]).half(),
            "h.0.mask": torch.ones(1), "wte": embedding, "lm_head": embedding}


def recorded():
    """What the layers of the network compute, recorded as the README says."""
    model, x = network(), torch.arange(12.0).reshape(4, 3) / 10
    acts, first = {}, lambda y: y[0] if isinstance(y, tuple) else y

    def hook(name):
        return lambda m, x, y: acts.setdefault(name, first(y).detach().clone())

    for name, module in model.named_modules():
        module.register_forward_hook(hook(name or "output"))
    model.eval()(x)
    return acts


DEMO_FILES = {
    "network.pt": lambda: saved({"model": network().state_dict(), "epoch": 1}),
    "recorded.pt": lambda: saved(recorded()),
}

NN_FILES = {
    "wrapped.pt": lambda: saved(wrapped()),
    "halves.pt": lambda: saved(halves()),
}

FILES = {
    "state.pt": lambda: saved(network().state_dict()),
    "dtypes.pt": lambda: saved(dtypes()),
    "complex.pt": lambda: saved({"c": torch.tensor([1 + 2j]), "x": torch.ones(2)}),
    "views.pt": lambda: saved(views()),
    "tied.pt": lambda: saved(tied()),
    "checkpoint.pt": lambda: saved(checkpoint()),
    "protocol4.pt": lambda: saved(checkpoint(), pickle_protocol=4),
    "alone.pt": lambda: saved(torch.arange(3.0)),
    # Its beginning: what follows holds an address of this process.
    "legacy.pt": lambda: saved(torch.arange(3.0), _use_new_zipfile_serialization=False)[:64],
    "module.pt": lambda: saved(torch.nn.ReLU()),
    "script.pt": scripted,
    "deflated.pt": lambda: rewritten(saved(network().state_dict()), zipfile.ZIP_DEFLATED),
    "big.pt": big_endian,
    "evil.pt": evil,
    "stored.npz": lambda: arrays(numpy.savez),
    "compressed.npz": lambda: arrays(numpy.savez_compressed),
}


def build(suite):
    for name, make in NN_FILES.items():
        (suite.folder / name).write_bytes(make())
    folder = suite.folder.parents[4] / "demo/src/test/resources/golden"
    for name, make in DEMO_FILES.items():
        (folder / name).write_bytes(make())
    folder = suite.folder.parents[4] / "runtime/src/test/resources/io"
    for name, make in FILES.items():
        (folder / name).write_bytes(make())
