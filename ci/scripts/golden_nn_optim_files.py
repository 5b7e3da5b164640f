"""States of optimizers as torch.save writes them, and where the optimizers go from there."""

import io

import torch
from golden_format import environment, rnd, tensor_line
from golden_nn_files import saved

SAVED_AFTER = 7
SHOWN_AFTER = 12

CALLS = {
    "saved-SGD": "SGD([p, q], lr=0.02)",
    "saved-SGD-momentum": "SGD([p, q], lr=0.02, momentum=0.9, dampening=0.1)",
    "saved-Adam": "Adam([p, q], lr=0.1, weight_decay=0.1)",
    "saved-Adam-amsgrad": "Adam([p, q], lr=0.1, betas=(0.8, 0.95), amsgrad=True)",
    "saved-Adam-groups":
        "Adam([{'params': [p], 'eps': 0.01}, {'params': [q], 'lr': 0.2}], lr=0.05)",
    "saved-AdamW": "AdamW([p, q], lr=0.1, weight_decay=0.1)",
    "saved-NAdam": "NAdam([p, q], lr=0.1)",
    "saved-RAdam": "RAdam([p, q], lr=0.1)",
    "saved-Adamax": "Adamax([p, q], lr=0.1)",
    "saved-Adagrad": "Adagrad([p, q], lr=0.5, lr_decay=0.1, initial_accumulator_value=0.3)",
    "saved-Adadelta": "Adadelta([p, q], rho=0.7)",
    "saved-RMSprop": "RMSprop([p, q], lr=0.02)",
    "saved-RMSprop-centered": "RMSprop([p, q], lr=0.02, momentum=0.5, centered=True)",
    "saved-Rprop": "Rprop([p, q], lr=0.1, step_sizes=(0.01, 0.2))",
    "saved-ASGD": "ASGD([p, q], lr=0.05, lambd=0.01, t0=5)",
    "saved-LBFGS": "LBFGS([p, q], lr=0.5, max_iter=4)",
    "saved-LBFGS-wolfe": "LBFGS([p, q], max_iter=3, line_search_fn='strong_wolfe')",
}


def run(suite, name, call):
    inputs = dict(A=rnd(4, 5, lo=-1, hi=1), b=rnd(4), p=rnd(3), q=rnd(1, 2))
    _, tensors, lines = suite.begin("optimizer-states", name, [f"torch.optim.{call}"], inputs)
    a, b = tensors["A"], tensors["b"]
    p, q = tensors["p"].requires_grad_(), tensors["q"].requires_grad_()
    optimizer = eval(f"torch.optim.{call}", environment(), {"p": p, "q": q})
    state = None

    def closure():
        optimizer.zero_grad()
        x = torch.cat([p, q.view(-1)])
        loss = (a @ x - b).square().sum() + 0.1 * (x ** 4).sum()
        loss.backward()
        return loss

    for step in range(1, SHOWN_AFTER + 1):
        optimizer.step(closure)
        if step == SAVED_AFTER:
            state = saved(optimizer.state_dict())
        if step in (SAVED_AFTER, SHOWN_AFTER):
            lines.append(tensor_line("out", f"p{step}", p))
            lines.append(tensor_line("out", f"q{step}", q))
    return state


def build(suite):
    suite.note("optimizer-states", "x is p and q in a row; loss = sum((A x - b)^2) + 0.1 sum(x^4);",
               f"the states after step {SAVED_AFTER} are in optimizers.pt, one alone in adam.pt")
    states = {name: run(suite, name, call) for name, call in CALLS.items()}
    loaded = {name: torch.load(io.BytesIO(state)) for name, state in states.items()}
    (suite.folder / "optimizers.pt").write_bytes(saved({"epoch": 3, "optimizers": loaded}))
    (suite.folder / "adam.pt").write_bytes(states["saved-Adam-groups"])
