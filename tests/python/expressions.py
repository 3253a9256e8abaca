"""Runs what the core writes of typed activations in Python, and compares values and slopes with ours.

Usage: expressions.py OUTPUT_DIR (of expressions.mjs)

PyTorch's texts run in the PyTorch that is installed. Keras and JAX are not: their texts run with the functions of
their documentation, by the same names, made of PyTorch's, and a name that is none of these is an error.
"""

import json
import pathlib
import sys
import types

import torch

HERE = pathlib.Path(__file__).parent
sys.path += [str(HERE / "nets"), str(HERE / "net_programs")]

from shared_ops import MATHEMATICS, TYPED

# Of float32's values of about 1: what torch's own functions and ours differ by, with 30 operations in a row.
WORST = 3e-6

OPS = types.SimpleNamespace(**MATHEMATICS, **TYPED, erf=torch.erf)
NAMES = {
    "torch": {"torch": torch},
    "keras": {"keras": types.SimpleNamespace(ops=OPS)},
    "jax": {
        "jnp": types.SimpleNamespace(**MATHEMATICS),
        "jax": types.SimpleNamespace(
            nn=types.SimpleNamespace(**TYPED),
            scipy=types.SimpleNamespace(special=types.SimpleNamespace(erf=torch.erf)),
        ),
    },
}


def run(text, library, points):
    """Values and slopes at the points, as float32."""
    z = torch.tensor(points, dtype=torch.float32, requires_grad=True)
    value = eval(text, {"float": float, **NAMES[library], "z": z})  # the core's own text
    assert value.dtype == torch.float32 and value.shape == z.shape, f"{value.dtype}, {value.shape}"
    (slope,) = torch.autograd.grad(value.sum(), z)
    return {"value": value.detach().double(), "slope": slope.double()}


def compare(found, squares):
    """The largest difference; squares are all that ours gives."""
    worst = 0.0
    for what, theirs in found.items():
        ours = torch.tensor(squares[what], dtype=torch.float64).sqrt()
        size = ours.clamp(min=1)
        worst = max(worst, float(((theirs.abs() - ours).abs() / size).max()))
    return worst


def main():
    index = json.loads((pathlib.Path(sys.argv[1]) / "expressions.json").read_text())
    failures = []
    worst = 0.0
    for case in index["cases"]:
        for library, text in case["python"].items():
            try:
                off = compare(run(text, library, index["points"]), case["squares"])
            except Exception as error:  # reported below, with its case
                failures.append(f"{case['expression']} as {text}: {error!r}")
                continue
            worst = max(worst, off)
            if off > WORST:
                failures.append(f"{case['expression']} as {text}: differs by {off}")
    # A control: another number is seen.
    case = index["cases"][0]
    wrong = case["python"]["torch"].replace("softplus(z)", "softplus(1.0001 * z)")
    if compare(run(wrong, "torch", index["points"]), case["squares"]) <= WORST:
        failures.append("a changed number was not seen")
    print(f"typed activations: {len(index['cases'])} in {len(NAMES)} libraries, within {worst:.1e}")
    if failures:
        sys.exit("\n".join(failures))


main()
