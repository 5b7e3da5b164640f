"""Writes the golden files: expected values of operations, layers and models, by PyTorch.

Run by hand with Debian's python3-torch and python3-numpy:

    python3 ci/scripts/golden.py [--index FILE] [ROOT]

ROOT is the top folder of the project (default: two above this file's folder). Inputs depend on
the names of the cases alone, so a new case leaves the others as they are. --index lists every
case with its expression as a Markdown table.
"""

import argparse
from pathlib import Path

import golden_activations
import golden_arithmetic
import golden_attention
import golden_autograd
import golden_convolution
import golden_elementwise
import golden_embedding
import golden_indexing
import golden_linalg
import golden_math
import golden_movement
import golden_nn
import golden_nn_activations
import golden_nn_attention
import golden_nn_convolution
import golden_nn_embedding
import golden_nn_files
import golden_nn_init
import golden_nn_linear
import golden_nn_losses
import golden_nn_names
import golden_nn_optim
import golden_nn_optim_files
import golden_nn_pool
import golden_nn_recurrent
import golden_nn_utils
import golden_optim
import golden_pooling
import golden_printing
import golden_programs
import golden_recurrent
import golden_reduce
import golden_tensor
import golden_tutorial
import golden_tutorial_layers
import torch
from golden_format import Suite, versions

BUILDERS = {
    "runtime": (golden_arithmetic, golden_tensor, golden_programs, golden_indexing,
                golden_movement, golden_printing, golden_linalg, golden_elementwise, golden_math,
                golden_reduce, golden_autograd, golden_recurrent, golden_embedding,
                golden_attention, golden_activations, golden_convolution, golden_pooling),
    "nn": (golden_nn, golden_optim, golden_nn_linear, golden_nn_init, golden_nn_files,
           golden_nn_embedding, golden_nn_recurrent, golden_nn_attention, golden_nn_activations,
           golden_nn_losses, golden_nn_convolution, golden_nn_pool, golden_nn_names,
           golden_nn_optim, golden_nn_optim_files, golden_nn_utils),
    "demo": (golden_tutorial, golden_tutorial_layers),
}


def index(suites):
    lines = [f"# Golden cases ({versions()})"]
    for module, suite in suites.items():
        lines += ["", f"## {module}", ""]
        lines += ["| file | case | expression | inputs |", "|---|---|---|---|"]
        for file, name, code, inputs in suite.index:
            lines.append(f"| {file}.txt | `{name}` | `{code}` | {inputs} |")
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description="Writes the golden files.")
    parser.add_argument("root", nargs="?", type=Path, default=Path(__file__).resolve().parents[2])
    parser.add_argument("--index", type=Path, help="also write a table of all cases")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    suites = {}
    for module, builders in BUILDERS.items():
        suite = Suite(arguments.root / module / "src/test/resources/golden")
        for builder in builders:
            builder.build(suite)
        suite.write()
        suites[module] = suite
        print(f"{module}: {len(suite.files)} files, {len(suite.names)} cases")
    if arguments.index:
        arguments.index.write_text(index(suites))


if __name__ == "__main__":
    main()
