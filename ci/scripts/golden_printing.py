"""PyTorch's way of printing: rounding, wrapping, summaries, suffixes."""

import torch  # noqa: F401  the expressions name it

INF, NAN = "float('inf')", "float('nan')"

PRINTED = {
    "ties": "torch.tensor([0.03125, 0.09375, -0.03125, 2.00015])",
    "ties-f64": "torch.tensor([0.03125, 2.00015, 1.00005], dtype=torch.float64)",
    "ties-scientific": "torch.tensor([1.00005e-9, 100025.0, 3.0000000001], dtype=torch.float64)",
    "extremes": "torch.tensor([5e-324, 1.7976931348623157e308], dtype=torch.float64)",
    "exponent-of-three": "torch.tensor([1e-120, -2.5e150], dtype=torch.float64)",
    "rounds-up": "torch.tensor([9.99999e9, 0.00099999999])",
    "negative-small": "torch.tensor([-0.00001, 1.5, -0.0])",
    "zeros-among": "torch.tensor([0.0, 1e-7, -0.0])",
    "signs": "torch.tensor([[-1.5, 2.0], [100.0, -0.25]])",
    "nan-scientific": f"torch.tensor([{NAN}, {INF}, 1e-7, -{INF}])",
    "only-infinite": f"torch.tensor([{INF}, -{INF}])",
    "whole-and-nan-2d": f"torch.tensor([[{NAN}, 10.0], [-3.0, {INF}]])",
    "whole-ratio": "torch.tensor([1.0, 1001.0])",
    "whole-ratio-at-edge": "torch.tensor([1.0, 1000.0])",
    "ints-negative": "torch.tensor([[-1, 20], [300, -4000]])",
    "bool-3d": "torch.tensor([[[True], [False]], [[False], [True]]])",
    "scalar-nan": f"torch.tensor({NAN})",
    "scalar-large": "torch.tensor(123456789.0)",
    "one-by-one": "torch.tensor([[[2.5]]])",
    "empty-3d": "torch.zeros(2, 0, 3, dtype=torch.float64)",
    "empty-bool": "torch.zeros(0, dtype=torch.bool)",
    "wrapped-2d": "torch.arange(60.0).reshape(2, 30) / 8",
    "wrapped-scientific": "torch.arange(1.0, 22.0) * 1e10",
    "wrapped-bools": "torch.arange(40) % 3 == 0",
    "wrapped-3d": "torch.arange(60).reshape(1, 2, 30) * 1000",
    "suffix-wrapped": "torch.arange(12, dtype=torch.float64) / 7 + 1000",
    "suffix-of-2d": "torch.arange(22, dtype=torch.int32).reshape(2, 11) * 10000",
    "summarized-i32": "torch.arange(2000, dtype=torch.int32)",
    "summarized-row": "torch.arange(2000.0).reshape(1, 2000)",
    "summarized-column": "torch.arange(2000.0).reshape(2000, 1)",
    "summarized-4d": "torch.arange(4096).reshape(8, 8, 8, 8)",
    "summarized-narrow": "torch.arange(3000.0).reshape(6, 500) / 4",
    "summarized-seven": "torch.arange(1050.0).reshape(7, 150)",
    "summarized-bool": "torch.zeros(40, 40, dtype=torch.bool)",
    "summarized-hidden": "torch.cat((torch.ones(500), torch.tensor([1e9]), torch.ones(600)))",
    "leaf-f64": "torch.ones(2, dtype=torch.float64, requires_grad=True)",
    "computed": "torch.ones(2, requires_grad=True).exp()",
    "computed-f64": "torch.ones(2, 2, dtype=torch.float64, requires_grad=True).tril()",
}


def build(suite):
    blocks = [(name, expr, repr(eval(expr))) for name, expr in PRINTED.items()]
    suite.text("print-layout", blocks, "PyTorch's text of a tensor, for reference")
