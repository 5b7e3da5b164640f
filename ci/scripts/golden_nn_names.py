"""The public names of torch.nn and its neighbours, for the table of names."""

import inspect

import torch
import torch.nn.functional as F
import torch.nn.utils
import torch.optim.lr_scheduler
import torch.optim.swa_utils
import torch.utils.data

FILE = "torch-names"
SKIPPED = {"Any", "Callable", "DType", "Dict", "Enum", "List", "Optional", "OrderedDict",
           "Sequence", "Tensor", "Tuple", "Union", "Iterable", "Parameter", "Counter",
           "BroadcastingList1", "BroadcastingList2", "BroadcastingList3", "NamedTuple",
           # deprecated, or there by accident
           "Container", "NLLLoss2d", "clip_grad_norm", "bind", "invert_permutation",
           "PackedSequence_", "native_channel_shuffle", "dump_patches", "T_destination",
           "register_backward_hook"}


def names(prefix, module, keep):
    found = set()
    for name, value in vars(module).items():
        own = getattr(value, "__module__", None) or ""
        hidden = name.startswith("_") or name.endswith("_with_indices") or name in SKIPPED
        if not hidden and keep(name, value, own):
            found.add(f"{prefix}.{name}")
    return found


def functional(name, value, own):
    builtin = callable(value) and not inspect.isclass(value) and own in (
        "torch.nn.functional", "torch._C._nn", "torch", "", "torch._jit_internal")
    return builtin and not name.startswith(("has_torch", "handle_torch", "assert_", "boolean_"))


def all_names():
    found = names("torch.nn", torch.nn,
                  lambda _, v, own: inspect.isclass(v) and own.startswith("torch.nn"))
    found |= names("torch.nn.functional", F, functional)
    found |= names("torch.nn.init", torch.nn.init,
                   lambda n, v, own: inspect.isfunction(v) and (n.endswith("_") or "gain" in n))
    found |= names("torch.nn.utils", torch.nn.utils,
                   lambda _, v, own: inspect.isfunction(v) and own.startswith("torch.nn.utils"))
    found |= names("torch.nn.utils.rnn", torch.nn.utils.rnn,
                   lambda n, v, own: own == "torch.nn.utils.rnn" and n[0] != "_")
    optimizers = (torch.optim.Optimizer, torch.optim.lr_scheduler._LRScheduler,
                  torch.optim.lr_scheduler.ReduceLROnPlateau)
    found |= names("torch.optim", torch.optim,
                   lambda _, v, own: inspect.isclass(v) and issubclass(v, optimizers))
    found |= names("torch.optim.lr_scheduler", torch.optim.lr_scheduler,
                   lambda _, v, own: inspect.isclass(v) and issubclass(v, optimizers[1:]))
    found |= names("torch.optim.swa_utils", torch.optim.swa_utils,
                   lambda _, v, own: own == "torch.optim.swa_utils")
    found |= {f"torch.utils.data.{name}" for name in torch.utils.data.__all__
              if name.endswith(("Dataset", "Sampler", "DataLoader", "split", "_collate"))}
    found |= {f"torch.nn.Module.{name}" for name, value in vars(torch.nn.Module).items()
              if not name.startswith("_") and name not in SKIPPED and callable(value)}
    return found | {"torch.nn.Parameter", "torch.save", "torch.load"}


def build(suite):
    text = "\n".join(sorted(all_names()))
    suite.text(FILE, [("names", "torch.nn and its neighbours", text)])
