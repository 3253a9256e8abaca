"""Random nets in the core and in PyTorch: rows and gradients, and the weights of the scheme `library`.

Usage: python3 tests/python/nets PROGRAM (initscope_nets)

Our weights are loaded into the modules that the net's text says; each row's signals before and after, its
gradient, and those of all parameters agree within 1e-4 of their root mean square (compare.py). Nets of
which float32 cannot tell so much are not compared, but counted: a unit is so near a kink of its activation
that rounding decides its slope, or PyTorch's own float32 is more than 3e-5 from its double, as where a batch
is normalized that is a constant but for rounding. Says what was found; exits with 1 where something differs,
or a control does not.
"""

import random
import re
import sys

import torch

from compare import comparable, distances, run, text_of
from model import Model
from program import Program
from random_nets import ACTIVATIONS, EXPRESSIONS, SCHEMES, random_request

NETS, LIBRARY_NETS = 200, 40
BOUND = 1e-4
MOST_LEFT_OUT = 10
BLOCKS = ("dense", "phi", "res", "ln", "rms", "gn", "bn", "scale", "dropout")


def compare_nets(program, wrong):
    dice = random.Random(17)
    taken, left_out, worst, rows_seen = [], 0, 0.0, 0
    while len(taken) < NETS:
        request = random_request(dice)
        arrays = program.ask(request)
        theirs = comparable(request, arrays)
        if theirs is None:
            left_out += 1
            continue
        taken.append((request, arrays))
        rows_seen += len(theirs[1])
        for name, apart in distances(arrays, theirs).items():
            worst = max(worst, apart)
            if not apart <= BOUND:
                wrong.append(f"{name} is {apart:.2g} off: {text_of(request)}")
    print(f"nets: {NETS} random ones, {rows_seen} rows, signals and gradients within {worst:.1g} of PyTorch's; "
          f"{left_out} more are left out, of which float32 cannot tell")
    if left_out > MOST_LEFT_OUT:
        wrong.append(f"{left_out} nets are left out")
    return taken


def all_occur(taken, wrong):
    """Whether the nets have every block, activation, expression and scheme, several times."""
    texts = [text_of(request) for request, _ in taken]
    patterns = [rf"\b{block}\b" for block in BLOCKS] + [rf"activation[:=]{name}\b" for name in ACTIVATIONS]
    patterns += [rf"scheme={scheme}\b" for scheme in SCHEMES]
    patterns += [re.escape(text) for text in (*EXPRESSIONS, "|", "depth*", "1/sqrt(depth)", "1/sqrt(2depth)")]
    for pattern in patterns:
        found = sum(bool(re.search(pattern, text)) for text in texts)
        if found < 5:
            wrong.append(f"only {found} nets have {pattern}")


def worst_of(request, arrays, **changes):
    return max(distances(arrays, run(request, arrays, **changes)).values())


def find_changes(taken, wrong):
    """Controls: in nets that have the block, a changed weight, eps or scale of branches is found."""

    def with_weight(arrays):
        weight = arrays["weight 1"].clone()
        weight[0] *= 1.01
        return {**arrays, "weight 1": weight}

    def having(*blocks):
        return [each for each in taken if any(block in each[0]["net"] for block in blocks)]

    controls = {
        "weight": ([each for each in taken if each[1]["weight 1"].any()],
                   lambda request, arrays: worst_of(request, with_weight(arrays))),
        "eps": (having("ln", "bn"), lambda request, arrays: worst_of(request, arrays, eps=3e-3)),
        "branch scale": (having("res"), lambda request, arrays: worst_of(request, arrays, branch_scale=1.01)),
    }
    for name, (nets, change) in controls.items():
        found = sum(change(*each) > BOUND for each in nets)
        print(f"nets: control, another {name}: found in {found} of {len(nets)}")
        # The first weight may lie in a branch that ends in weights of zeros.
        if found < 0.9 * len(nets) or len(nets) < 30:
            wrong.append(f"another {name} is found in {found} of {len(nets)} nets alone")


def same_bits(model, arrays):
    return all(
        torch.equal(dense.weight.data.view(torch.int32), arrays[f"weight {number}"].view(torch.int32))
        and torch.equal(dense.bias.data.view(torch.int32), arrays[f"bias {number}"][0].view(torch.int32))
        for number, dense in enumerate(model.denses(), 1)
    )


def compare_library(program, wrong):
    """`library` with the torch generator: what the modules' constructors draw after manual_seed."""
    dice = random.Random(1717)
    weights = 0
    for _ in range(LIBRARY_NETS):
        request = {**random_request(dice, own=False), "scheme": "library", "bias": "library", "generator": "torch"}
        request.pop("bias.std", None)
        arrays = program.ask(request)
        torch.manual_seed(request["seed"])
        model = Model(request)
        weights += len(model.denses())
        if not same_bits(model, arrays):
            wrong.append(f"library's weights differ: {text_of(request)}")
        if same_bits(Model(request), arrays):  # control: drawn from where the first model ended
            wrong.append(f"library's weights are those of another state of the generator: {text_of(request)}")
    print(f"nets: `library` by the torch generator: {weights} Linear layers of {LIBRARY_NETS} nets equal bit for bit")


def main():
    wrong = []
    program = Program(sys.argv[1])
    taken = compare_nets(program, wrong)
    all_occur(taken, wrong)
    find_changes(taken, wrong)
    compare_library(program, wrong)
    program.close()
    if wrong:
        sys.exit("\n".join(wrong))


main()
