"""Compares our numbers with those of the PyTorch that is installed, and reads our files with NumPy.

Usage: compare.py OUTPUT_DIR (of cases.mjs)

Runs the PyTorch programs that the page copies. Orthogonal matrices agree within 2e-6 of the gain;
truncated normal numbers only from torch 2.12 on, and before that only in law.
"""

import json
import math
import pathlib
import sys

import numpy
import torch

DIRECTORY = pathlib.Path(sys.argv[1])
VERSION = tuple(int("".join(filter(str.isdigit, part)) or 0) for part in torch.__version__.split(".")[:2])
NEW_TRUNCATION = VERSION >= (2, 12)
FACTORED = ("orthogonal_", "linalg.svd")


def run(program):
    names = {}
    exec(program, names)  # the page's own program
    return names["w"].detach().numpy()


def compare(case, ours, theirs):
    """"bits", "tolerance" or "law"; raises AssertionError where they differ."""
    assert ours.shape == theirs.shape, "shapes differ"
    if any(word in case["program"] for word in FACTORED):
        gain = max(1, abs(case["scheme"].get("gain", 1)), abs(case["scheme"].get("scale", 1)))
        worst = float(numpy.abs(ours - theirs).max())
        assert worst <= 2e-6 * gain, f"differ by {worst}"
        return "tolerance"
    if "trunc_normal_" in case["program"] and not NEW_TRUNCATION:
        # 192 values: five standard errors of the mean, and the same bounds.
        error = 5 * ours.std() * math.sqrt(2 / ours.size)
        assert abs(ours.mean() - theirs.mean()) <= error, "means differ"
        assert abs(ours.std() - theirs.std()) <= error, "std differ"
        return "law"
    assert ours.tobytes() == theirs.tobytes(), "bits differ"
    return "bits"


def read_safetensors(path):
    data = path.read_bytes()
    size = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + size])
    body = data[8 + size :]
    return {
        name: numpy.frombuffer(body[slice(*entry["data_offsets"])], "<f4").reshape(entry["shape"])
        for name, entry in header.items()
    }


def arguments(layer):
    """Our arguments as Python's: flags are booleans, lists tuples."""
    words = {"true": True, "false": False}
    turned = {}
    for name, value in layer["args"].items():
        value = words.get(value, value) if isinstance(value, str) else value
        if isinstance(value, list):
            value = value[0] if len(value) == 1 and name != "cutoffs" else tuple(value)
        turned[name] = value
    return turned


def make_stack(kind, given):
    """TransformerEncoder and TransformerDecoder take a layer and a norm that are made before."""
    copies, norm = given.pop("num_layers"), given.pop("norm")
    layer = getattr(torch.nn, kind + "Layer")(**given)
    return getattr(torch.nn, kind)(layer, copies, torch.nn.LayerNorm(given["d_model"]) if norm else None)


def make_lazy(kind, given):
    """A lazy layer learns its inputs from its first call, and draws then."""
    names = ("in_features", "in_channels", "num_features")
    inputs = given.pop(next(name for name in names if name in given))
    module = getattr(torch.nn, kind)(**given)
    extent = 0 if kind == "LazyLinear" else int(kind[-2])
    module(torch.zeros(2, inputs, *[8] * extent))
    return module


def make(kind, given, seed):
    torch.manual_seed(seed)
    if kind in ("TransformerEncoder", "TransformerDecoder"):
        return make_stack(kind, given)
    if kind.startswith("Lazy"):
        return make_lazy(kind, given)
    return getattr(torch.nn, kind)(**given)


def compare_layer(layer, ours):
    """False where this version of torch has no such layer or argument."""
    kind, seed = layer["layer"], int(layer["seed"])
    if not hasattr(torch.nn, kind):
        return False
    given = arguments(layer)
    try:
        module = make(kind, dict(given), seed)
    except TypeError:
        if given.pop("bias", True) is not True:
            return False
        module = make(kind, given, seed)
    theirs = dict(module.named_parameters())
    assert list(theirs) == layer["names"], f"{list(theirs)} are not {layer['names']}"
    for name, parameter in theirs.items():
        values = parameter.detach().numpy()
        assert values.tobytes() == ours[name].tobytes(), f"{name}: bits differ"
    return True


def main():
    index = json.loads((DIRECTORY / "cases.json").read_text())
    archive = numpy.load(DIRECTORY / "all.npz")
    tensors = read_safetensors(DIRECTORY / "all.safetensors")
    counts = {}
    failures = []
    for number, case in enumerate(index["cases"]):
        ours = numpy.load(DIRECTORY / f"case-{number}.npy")
        for other in (archive[f"case_{number}"], tensors[f"case_{number}"]):
            assert other.dtype == numpy.float32 and other.tobytes() == ours.tobytes(), number
        try:
            how = compare(case, ours, run(case["program"]))
        except Exception as error:  # reported below, with its case
            failures.append(f"{case['scheme']} {case['shape']} seed {case['seed']}: {error!r}")
            continue
        counts[case["kind"], how] = counts.get((case["kind"], how), 0) + 1
    checked = skipped = 0
    for number, layer in enumerate(index["layers"]):
        try:
            if compare_layer(layer, numpy.load(DIRECTORY / f"layer-{number}.npz")):
                checked += 1
            else:
                skipped += 1
        except Exception as error:  # reported below, with its layer
            failures.append(f"{layer['layer']} {layer['args']} seed {layer['seed']}: {error}")
    # A control: one changed bit is seen.
    case = index["cases"][-1]
    wrong = numpy.load(DIRECTORY / f"case-{len(index['cases']) - 1}.npy").copy()
    wrong.view(numpy.uint32).flat[0] ^= 1
    try:
        compare({**case, "program": "bits"}, wrong, run(case["program"]))
        failures.append("a changed bit was not seen")
    except AssertionError:
        pass
    print(f"torch {torch.__version__}, NumPy {numpy.__version__}")
    for (kind, how), count in sorted(counts.items()):
        print(f"{kind}: {count} tensors, {how}")
    print(f"layers: {checked} equal in names and bits, {skipped} that this torch does not have")
    if failures:
        sys.exit("\n".join(failures))


main()
