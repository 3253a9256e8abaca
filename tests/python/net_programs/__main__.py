"""Nets as programs of PyTorch, Keras and Flax, as the package writes them.

Usage: python3 tests/python/net_programs PROGRAM CATALOGUE (initscope_nets; build/wasm/catalogue.json)

PyTorch's are run: they have the plan's weights, in its order; what they draw is what our generator torch draws, bit
for bit; with our weights, each row's second moment, its signal and the gradients of all weights agree within 1e-4.
Keras's and Flax's are run with stubs of these libraries, which compute what is documented of each layer: they have the
plan's weights, in its order, each drawn by a law of the plan's mean and variance, and what comes out is what comes out
of PyTorch's. What their names and arguments are is looked up in ../signatures.json. Exits with 1 where
something differs, or a control does not.
"""

import json
import pathlib
import random
import re
import subprocess
import sys
from unittest import mock

HERE = pathlib.Path(__file__).parent
sys.path += [str(HERE.parent / "nets"), str(HERE.parent)]

import flax_stub
import keras_stub
from compare import comparable, text_of
from names import check_names
from program import Program, Refused
from random_nets import random_request
from shared_ops import Run
from torch_program import Ran, executed, gradient_distances, linears, row_distances

NETS = 200
BOUND, SAME = 1e-4, 1e-9
DRAWN_BY_FACTORS = ("orthogonal", "looks_linear", "mimetic", "lsuv")
MATRIX_BOUND = 2e-6
STUBS = {"keras": keras_stub.modules, "flax": flax_stub.modules}

SCHEME_NETS = (
    "dense;out:width,phi,depth*(res(ln,dense;out:2x,phi,dense;out:width)),dense;out:4",
    "dense;out:24,depth*(res;scale:1/sqrt(depth)(bn,phi,dense|dense),phi),res(dense,phi,dense,scale;value:0.5)",
    "2*(dense,phi)",
)


def answers_of(requests):
    node = subprocess.run(["node", HERE / "programs.mjs"], input=json.dumps(requests), capture_output=True,
                          text=True, check=True)
    return json.loads(node.stdout)


def parameters_of(arrays):
    count = sum(name.startswith("weight ") for name in arrays)
    return [(arrays[f"weight {i}"], arrays[f"bias {i}"][0]) for i in range(1, count + 1)]


def check_shapes(net, answer, wrong, what):
    shapes = [tuple(layer.weight.shape) for layer in linears(net)]
    planned = [(weight["outputs"], weight["inputs"]) for weight in answer["weights"]]
    sizes = sum(layer.weight.numel() + layer.bias.numel() for layer in linears(net))
    if shapes != planned or sizes != sum(o * i + o for o, i in planned):
        wrong.append(f"the weights are {shapes}, not {planned}: {what}")


def drawn_apart(net, arrays):
    """The largest difference of a parameter from ours."""
    return max(
        float((theirs.detach() - ours).abs().max())
        for layer, both in zip(linears(net), parameters_of(arrays))
        for theirs, ours in zip((layer.weight, layer.bias), both)
    )


def laws_differ(run_of_stub, answer):
    """What a stub saw of the initialization against the plan's laws; "" where they agree."""
    for number, (weight, (_, _, kernel, bias)) in enumerate(zip(answer["weights"], run_of_stub.seen), 1):
        for of, law, mean, variance in (("weight", kernel, weight["mean"], weight["variance"]),
                                        ("bias", bias, None, weight["biasVariance"])):
            scale = max(variance, 1e-30)
            if abs(law.variance - variance) > 1e-5 * scale + 1e-15:
                return f"{of} {number} has variance {law.variance}, not {variance}"
            if mean is not None and abs(law.mean - mean) > 1e-6 * max(abs(mean), scale**0.5):
                return f"{of} {number} has mean {law.mean}, not {mean}"
    return ""


def stub_run(library, text, arrays):
    of = Run(arrays["input"].double(), [(w.double(), b.double()) for w, b in parameters_of(arrays)])
    with mock.patch.dict(sys.modules, STUBS[library](of)):
        executed(text)
    return of


def check_stub(library, program, answer, arrays, output, wrong, what):
    of = stub_run(library, program, arrays)
    if len(of.seen) != len(answer["weights"]):
        return wrong.append(f"{library}: {len(of.seen)} dense layers: {what}")
    differs = laws_differ(of, answer)
    if differs:
        wrong.append(f"{library}: {differs}: {what}")
    scale = float(output.square().mean().sqrt()) or 1.0
    if not float((of.output - output).abs().max()) <= SAME * scale:
        wrong.append(f"{library}: another output than PyTorch's: {what}")


class Tally(dict):
    def add(self, name, number=1):
        self[name] = self.get(name, 0) + number


def comparable_requests(program):
    """Random requests of which float32 tells what the net does, with the core's arrays."""
    dice = random.Random(170)
    taken = []
    while len(taken) < NETS:
        request = random_request(dice)
        arrays = program.ask(request)
        if comparable(request, arrays) is not None:
            taken.append((request, arrays))
    return taken


def compare_random(program, wrong):
    taken = comparable_requests(program)
    answers = answers_of([request for request, _ in taken])
    tally, worst, worst_moment, worst_gradient = Tally(), 0.0, 0.0, 0.0
    ran_all = []
    for (request, arrays), answer in zip(taken, answers):
        what = text_of(request)
        for library, written in answer["programs"].items():
            if "text" not in written:
                tally.add(f"{library} refused")
                continue
            tally.add(library)
            tally.add("names", check_names(written["text"]))
        written = answer["programs"]["torch"].get("text")
        if written is None:
            continue
        net = executed(written)["net"]
        check_shapes(net, answer, wrong, what)
        ran = Ran(net, arrays)
        ran_all.append((request, arrays, answer))
        for name, signal, moment in row_distances(ran, arrays, BOUND):
            tally.add("rows")
            worst, worst_moment = max(worst, signal), max(worst_moment, moment)
            if not (signal <= BOUND and moment <= BOUND):
                wrong.append(f"{name} is {signal:.2g} off, its second moment {moment:.2g}: {what}")
        for name, distance in gradient_distances(ran, arrays):
            worst_gradient = max(worst_gradient, distance)
            if not distance <= BOUND:
                wrong.append(f"{name} is {distance:.2g} off: {what}")
        for library in STUBS:
            text = answer["programs"][library].get("text")
            if text is not None:
                check_stub(library, text, answer, arrays, ran.output.detach(), wrong, what)
    print(f"net programs: {NETS} random nets, {tally.get('torch', 0)} programs of PyTorch run: {tally.get('rows', 0)} rows' "
          f"signals within {worst:.1g}, second moments {worst_moment:.1g}, gradients {worst_gradient:.1g}; "
          f"{tally.get('keras', 0)} of Keras and {tally.get('flax', 0)} of Flax by stubs; "
          f"{tally.get('names', 0)} names with their arguments known; refused: "
          + ", ".join(f"{library} {tally.get(f'{library} refused', 0)}" for library in answer["programs"]))
    return ran_all


def compare_drawn(program, schemes, wrong):
    """Every scheme of the catalogue, drawn by its program after manual_seed: bit for bit our generator's."""
    requests, all_arrays, refused = [], [], 0
    for scheme in schemes:
        for i, net in enumerate(SCHEME_NETS):
            request = {"net": net, "width": 16, "input_width": 12, "depth": 3, "batch": 32, "seed": 7 + i,
                       "scheme": scheme, "generator": "torch", "activation": "tanh",
                       "bias": ("zeros", "library", "normal")[i]}
            try:
                all_arrays.append(program.ask(request))
                requests.append(request)
            except Refused:
                refused += 1
    tally = Tally()
    for request, arrays, answer in zip(requests, all_arrays, answers_of(requests)):
        what = text_of(request)
        for library in STUBS:
            text = answer["programs"][library].get("text")
            if text is not None:
                tally.add(library)
                check_names(text)
                output = Ran(executed(answer["programs"]["torch"]["text"])["net"], arrays).output.detach()
                check_stub(library, text, answer, arrays, output, wrong, what)
        text = answer["programs"]["torch"].get("text")
        if text is None:
            tally.add("refused")
            if request["scheme"] not in ("lsuv", "stft"):
                wrong.append(f"PyTorch's program is refused: {answer['programs']['torch']}: {what}")
            continue
        net = executed(text)["net"]
        check_shapes(net, answer, wrong, what)
        apart = drawn_apart(net, arrays)
        if "trunc_normal_" in text:  # drawn in another way since torch 2.12: by its moments
            tally.add("moments")
            check_moments(net, answer, wrong, what)
        elif apart > (MATRIX_BOUND if request["scheme"] in DRAWN_BY_FACTORS else 0):
            wrong.append(f"draws {apart:.2g} apart from our generator torch: {what}")
        else:
            tally.add("drawn")
        other = executed(text.replace(f"manual_seed({request['seed']})", "manual_seed(99)"))["net"]
        if apart == 0 and drawn_apart(other, arrays) > 0:
            tally.add("controls")
    print(f"net programs: {len(schemes)} schemes in {len(SCHEME_NETS)} nets: {tally.get('drawn', 0)} programs of PyTorch "
          f"draw what our generator torch draws, {tally.get('moments', 0)} by mean and std; {tally.get('keras', 0)} of Keras, "
          f"{tally.get('flax', 0)} of Flax have the plan's laws; {tally.get('refused', 0)} refused; with another seed "
          f"{tally.get('controls', 0)} differ; {refused} nets that the scheme has not")
    if tally.get("drawn", 0) < 40 or tally.get("controls", 0) < 30 or tally.get("keras", 0) < 30:
        wrong.append(f"too few were compared: {tally}")


def check_moments(net, answer, wrong, what):
    """Mean and std of each weight within six standard errors: by chance once in 10^8 of these."""
    for number, (layer, weight) in enumerate(zip(linears(net), answer["weights"]), 1):
        values = layer.weight.detach().double()
        std = weight["variance"] ** 0.5
        error = std / values.numel() ** 0.5
        if abs(float(values.mean()) - weight["mean"]) > 6 * error or abs(float(values.std()) - std) > 6 * error:
            wrong.append(f"weight {number} has mean {values.mean():.3g}, std {values.std():.3g}, not {std:.3g}: {what}")


def find_changes(ran_all, wrong):
    """Controls: a program with another activation, eps, factor or bias is found."""
    changes = {
        "activation": (r"nn\.(Tanh|ReLU|GELU|Sigmoid)\(\)", "nn.Softsign()"),
        "eps": (r"nn\.LayerNorm\((\d+)[^)]*\)", r"nn.LayerNorm(\1, eps=0.01)"),
        "factor": (r"self\.scale \* self\.branch", "1.01 * self.scale * self.branch"),
        "shortcut": (r"self\.shortcut\(x\)", "0.99 * self.shortcut(x)"),
    }
    for name, (old, new) in changes.items():
        tried = found = 0
        for request, arrays, answer in ran_all:
            text = answer["programs"]["torch"]["text"]
            changed = re.sub(old, new, text)
            if changed == text:
                continue
            tried += 1
            ran = Ran(executed(changed)["net"], arrays)
            distances = [max(signal, moment) for _, signal, moment in row_distances(ran, arrays, BOUND)]
            distances += [distance for _, distance in gradient_distances(ran, arrays)]
            found += max(distances) > BOUND
        print(f"net programs: control, another {name}: found in {found} of {tried}")
        if found < 0.9 * tried or tried < 8:
            wrong.append(f"another {name} is found in {found} of {tried} alone")


def main():
    wrong = []
    program = Program(sys.argv[1])
    catalogue = json.loads(pathlib.Path(sys.argv[2]).read_text())
    schemes = [scheme["id"] for scheme in catalogue["schemes"] if {"weight", "network"} & set(scheme["uses"])]
    ran_all = compare_random(program, wrong)
    find_changes(ran_all, wrong)
    compare_drawn(program, schemes, wrong)
    program.close()
    if wrong:
        sys.exit("\n".join(wrong[:40]))


main()
