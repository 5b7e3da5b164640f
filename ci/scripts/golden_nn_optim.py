"""Trajectories of optimizers, learning rates of schedulers, and the clipping of gradients."""

import torch
from golden_format import environment, rnd, tensor_line
from golden_optim import SHOWN, trajectory
from torch.nn.utils import clip_grad_norm_

VARIANTS = {
    "NAdam": {
        "NAdam": "",
        "NAdam-lr": "lr=0.1",
        "NAdam-betas": "lr=0.1, betas=(0.8, 0.95)",
        "NAdam-eps": "lr=0.1, eps=0.01",
        "NAdam-weightDecay": "lr=0.1, weight_decay=0.1",
        "NAdam-momentumDecay": "lr=0.1, momentum_decay=0.05",
    },
    "RAdam": {
        "RAdam": "",
        "RAdam-lr": "lr=0.1",
        "RAdam-betas": "lr=0.1, betas=(0.8, 0.95)",
        "RAdam-eps": "lr=0.1, eps=0.01",
        "RAdam-weightDecay": "lr=0.1, weight_decay=0.1",
    },
    "Adamax": {
        "Adamax": "",
        "Adamax-lr": "lr=0.1",
        "Adamax-betas": "lr=0.1, betas=(0.8, 0.95)",
        "Adamax-eps": "lr=0.1, eps=0.01",
        "Adamax-weightDecay": "lr=0.1, weight_decay=0.1",
        "Adamax-maximize": "lr=0.1, maximize=True",
    },
    "Adagrad": {
        "Adagrad": "",
        "Adagrad-lr": "lr=0.5",
        "Adagrad-lrDecay": "lr=0.5, lr_decay=0.1",
        "Adagrad-weightDecay": "lr=0.5, weight_decay=0.1",
        "Adagrad-initial": "lr=0.5, initial_accumulator_value=0.3",
        "Adagrad-eps": "lr=0.5, eps=0.01",
        "Adagrad-maximize": "lr=0.5, maximize=True",
    },
    "Adadelta": {
        "Adadelta": "",
        "Adadelta-lr": "lr=0.5",
        "Adadelta-rho": "rho=0.7",
        "Adadelta-eps": "eps=0.001",
        "Adadelta-weightDecay": "weight_decay=0.1",
        "Adadelta-maximize": "maximize=True",
    },
    "RMSprop": {
        "RMSprop": "",
        "RMSprop-alpha": "alpha=0.9",
        "RMSprop-eps": "eps=0.01",
        "RMSprop-weightDecay": "weight_decay=0.1",
        "RMSprop-momentum": "momentum=0.9",
        "RMSprop-centered": "centered=True",
        "RMSprop-centered-momentum": "lr=0.02, momentum=0.5, centered=True",
        "RMSprop-maximize": "maximize=True",
    },
    "Rprop": {
        "Rprop": "",
        "Rprop-lr": "lr=0.1",
        "Rprop-etas": "lr=0.1, etas=(0.3, 1.5)",
        "Rprop-stepSizes": "lr=0.1, step_sizes=(0.01, 0.2)",
        "Rprop-maximize": "lr=0.1, maximize=True",
    },
    "ASGD": {
        "ASGD": "",
        "ASGD-lambd": "lr=0.05, lambd=0.01",
        "ASGD-alpha": "lr=0.05, lambd=0.01, alpha=0.5",
        "ASGD-t0": "lr=0.05, t0=5",
        "ASGD-weightDecay": "lr=0.05, weight_decay=0.1",
        "ASGD-maximize": "lr=0.05, maximize=True",
    },
}

LBFGS = {
    "LBFGS": "",
    "LBFGS-lr": "lr=0.5, max_iter=4",
    "LBFGS-wolfe": "line_search_fn='strong_wolfe'",
    "LBFGS-wolfe-short": "max_iter=3, line_search_fn='strong_wolfe'",
    "LBFGS-history": "lr=0.2, max_iter=5, history_size=2",
    "LBFGS-wolfe-history": "max_iter=5, history_size=3, line_search_fn='strong_wolfe'",
}

SCHEDULERS = {
    "StepLR": "StepLR(optimizer, step_size=7, gamma=0.3)",
    "MultiStepLR": "MultiStepLR(optimizer, milestones=[5, 12, 12, 40], gamma=0.5)",
    "ConstantLR": "ConstantLR(optimizer, factor=0.3, total_iters=9)",
    "LinearLR": "LinearLR(optimizer, start_factor=0.2, end_factor=0.9, total_iters=11)",
    "ExponentialLR": "ExponentialLR(optimizer, gamma=0.93)",
    "PolynomialLR": "PolynomialLR(optimizer, total_iters=40, power=1.7)",
    "CosineAnnealingLR": "CosineAnnealingLR(optimizer, T_max=13, eta_min=0.002)",
    "CosineAnnealingWarmRestarts":
        "CosineAnnealingWarmRestarts(optimizer, T_0=5, T_mult=2, eta_min=0.001)",
    "CosineAnnealingWarmRestarts-equal": "CosineAnnealingWarmRestarts(optimizer, T_0=8)",
    "OneCycleLR": "OneCycleLR(optimizer, max_lr=0.3, total_steps=61)",
    "OneCycleLR-linear":
        "OneCycleLR(optimizer, max_lr=[0.3, 0.5], epochs=7, steps_per_epoch=10, pct_start=0.2, "
        "anneal_strategy='linear', div_factor=10.0, final_div_factor=100.0)",
    "OneCycleLR-threePhase":
        "OneCycleLR(optimizer, max_lr=0.3, total_steps=61, three_phase=True, base_momentum=0.7, "
        "max_momentum=0.9)",
    "CyclicLR": "CyclicLR(optimizer, base_lr=0.01, max_lr=0.2, step_size_up=8)",
    "CyclicLR-triangular2":
        "CyclicLR(optimizer, base_lr=0.01, max_lr=[0.2, 0.3], step_size_up=8, step_size_down=4, "
        "mode='triangular2')",
    "CyclicLR-expRange":
        "CyclicLR(optimizer, base_lr=0.01, max_lr=0.2, step_size_up=8, mode='exp_range', "
        "gamma=0.97, cycle_momentum=False)",
    "LambdaLR": "LambdaLR(optimizer, [lambda e: 0.95 ** e, lambda e: 1 / (1 + e)])",
    "MultiplicativeLR": "MultiplicativeLR(optimizer, lambda e: 0.9 if e % 3 == 0 else 1.01)",
    "SequentialLR":
        "SequentialLR(optimizer, [ConstantLR(optimizer, factor=0.1, total_iters=2), "
        "ExponentialLR(optimizer, gamma=0.9), CosineAnnealingLR(optimizer, T_max=20), "
        "StepLR(optimizer, step_size=3)], milestones=[4, 20, 45])",
    "SequentialLR-restarts":
        "SequentialLR(optimizer, [LinearLR(optimizer, start_factor=0.1, total_iters=6), "
        "CosineAnnealingWarmRestarts(optimizer, T_0=10)], milestones=[6])",
    "ChainedScheduler":
        "ChainedScheduler([ConstantLR(optimizer, factor=0.1, total_iters=4), "
        "ExponentialLR(optimizer, gamma=0.9), MultiStepLR(optimizer, milestones=[10, 30])])",
    "SWALR": "SWALR(optimizer, swa_lr=0.02, anneal_epochs=12)",
    "SWALR-linear": "SWALR(optimizer, swa_lr=[0.02, 0.5], anneal_epochs=7, "
                    "anneal_strategy='linear')",
}

PLATEAU = {
    "ReduceLROnPlateau": "patience=2",
    "ReduceLROnPlateau-max": "mode='max', factor=0.5, patience=1, cooldown=2",
    "ReduceLROnPlateau-abs":
        "factor=0.3, patience=1, threshold=0.05, threshold_mode='abs', min_lr=[0.01, 0.001]",
    "ReduceLROnPlateau-maxAbs": "mode='max', patience=3, threshold_mode='abs', eps=0.01",
}

EPOCHS = 60


def lbfgs(suite, name, arguments):
    call = f"torch.optim.LBFGS([p, q]{', ' if arguments else ''}{arguments})"
    inputs = dict(A=rnd(4, 5, lo=-1, hi=1), b=rnd(4), p=rnd(3), q=rnd(1, 2))
    _, tensors, lines = suite.begin("LBFGS", name, [call], inputs)
    a, b = tensors["A"], tensors["b"]
    p, q = tensors["p"].requires_grad_(), tensors["q"].requires_grad_()
    optimizer = eval(call, environment(), {"p": p, "q": q})

    def closure():
        optimizer.zero_grad()
        x = torch.cat([p, q.view(-1)])
        loss = (a @ x - b).square().sum() + 0.1 * (x ** 4).sum()
        loss.backward()
        return loss

    losses = []
    for step in range(1, 11):
        losses.append(optimizer.step(closure).item())
        if step in SHOWN:
            lines.append(tensor_line("out", f"p{step}", p))
            lines.append(tensor_line("out", f"q{step}", q))
    lines.append(tensor_line("out", "losses", torch.tensor(losses, dtype=torch.float64)))


def two_groups():
    p, q = torch.zeros(1, requires_grad=True), torch.zeros(1, requires_grad=True)
    return torch.optim.SGD([{"params": [p]}, {"params": [q], "lr": 0.4}], lr=0.1, momentum=0.9)


def names():
    scheduling = vars(torch.optim.lr_scheduler) | {"SWALR": torch.optim.swa_utils.SWALR}
    return {k: v for k, v in scheduling.items() if not k.startswith("_")}


def schedule(suite, name, call):
    optimizer = two_groups()
    _, _, lines = suite.begin("schedulers", name, [call], {})
    scheduler = eval(call, names(), {"optimizer": optimizer})
    record(lines, optimizer, lambda _: scheduler.step())


def plateau(suite, name, arguments):
    call = f"ReduceLROnPlateau(optimizer, {arguments})"
    optimizer = two_groups()
    _, _, lines = suite.begin("schedulers", name, [call], {})
    scheduler = eval(call, names(), {"optimizer": optimizer})
    metrics = [1 / (1 + e) if e < 20 else 0.06 + 0.01 * (e % 7) for e in range(EPOCHS)]
    lines.append(tensor_line("out", "metrics", torch.tensor(metrics, dtype=torch.float64)))
    record(lines, optimizer, lambda e: scheduler.step(metrics[e]))


def record(lines, optimizer, step):
    rates, momentum = [[], []], []
    for epoch in range(EPOCHS):
        for group, seen in zip(optimizer.param_groups, rates):
            seen.append(group["lr"])
        momentum.append(optimizer.param_groups[1]["momentum"])
        optimizer.step()
        step(epoch)
    for i, seen in enumerate(rates):
        lines.append(tensor_line("out", f"lr{i}", torch.tensor(seen, dtype=torch.float64)))
    lines.append(tensor_line("out", "momentum", torch.tensor(momentum, dtype=torch.float64)))


def groups(suite):
    call = ("torch.optim.Adam([{'params': [p]}, {'params': [q], 'lr': 0.2, 'betas': (0.5, 0.9)}],"
            " lr=0.05, weight_decay=0.01)")
    _, tensors, lines = suite.begin("groups", "groups", [call], dict(p=rnd(3), q=rnd(2, 2)))
    p, q = tensors["p"].requires_grad_(), tensors["q"].requires_grad_()
    optimizer = eval(call, environment(), {"p": p, "q": q})
    for step in range(1, 51):
        optimizer.zero_grad()
        ((p.sum() - 1).square() + (q * q.t()).sum() + (p * p).sum()).backward()
        optimizer.step()
        if step in SHOWN:
            lines.append(tensor_line("out", f"p{step}", p))
            lines.append(tensor_line("out", f"q{step}", q))


def clipping(suite, dtype, kind, norm):
    name = f"clipGradNorm-{kind}-{norm}".replace(".", "_")
    call = f"clip_grad_norm_([a, b], 0.7, {norm!r})"
    _, tensors, lines = suite.begin("clipping", name, [call], dict(a=rnd(3, 2), b=rnd(4)))
    a, b = (torch.zeros_like(t, dtype=dtype, requires_grad=True) for t in tensors.values())
    a.grad, b.grad = (t.to(dtype) for t in tensors.values())
    lines.append(tensor_line("out", "norm", clip_grad_norm_([a, b], 0.7, norm)))
    lines.append(tensor_line("out", "ga", a.grad))
    lines.append(tensor_line("out", "gb", b.grad))


def build(suite):
    for file, variants in VARIANTS.items():
        suite.note(file, "loss = sum((A p - b)^2), its gradient 2 At (A p - b) taken anew in each",
                   "step; with maximize the loss is -sum((A p - b)^2); p1 is p after step 1, ...")
        for name, arguments in variants.items():
            trajectory(suite, file, name, arguments)
    suite.note("LBFGS", "x is p and q in a row; loss = sum((A x - b)^2) + 0.1 sum(x^4);",
               "losses are those of the steps")
    for name, arguments in LBFGS.items():
        lbfgs(suite, name, arguments)
    groups(suite)
    suite.note("schedulers", "two groups of lr 0.1 and 0.4, SGD with momentum 0.9; lr0 and lr1 are",
               "their rates before each of 60 steps, momentum that of the second")
    for name, call in SCHEDULERS.items():
        schedule(suite, name, call)
    for name, arguments in PLATEAU.items():
        plateau(suite, name, arguments)
    suite.note("clipping", "a and b are the gradients before, ga and gb those after")
    for norm in (2.0, 1.0, 3.0, 0.5, float("inf")):
        clipping(suite, torch.float64, "f64", norm)
        clipping(suite, torch.float32, "f32", norm)
