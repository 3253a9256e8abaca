"""Losses of trainings, beside those of the torch that is installed: the same weights to start from, the
same table, all of whose training rows are one batch, torch.optim's SGD and Adam.

torch computes in float32: the losses of these runs are up to 5e-7 apart, the bound is 1.5e-6. Adam's steps
that are 6.7e-6 longer, as 1 - float32(0.999) makes them, are 1.7e-5 away.
"""

import math

import kinds
from law import Law, Suite, require
from package import Answer, call, table
from torch_installed import SKIPPED, torch

ROWS, TRAINED, INPUTS = 120, 96, 3
DEPTH, WIDTH, STEPS = 3, 16, 40
BOUND = 1.5e-6
PLAIN = {"optimizer": "sgd", "learning_rate": 0.3}
OPTIMIZERS = (
    PLAIN,
    {**PLAIN, "weight_decay": 0.01},
    {"optimizer": "momentum", "learning_rate": 0.05, "momentum": 0.9, "weight_decay": 0.001},
    {"optimizer": "adam", "learning_rate": 0.01},
    {"optimizer": "adam", "learning_rate": 0.003, "weight_decay": 0.01},
)
NAMES = ("linear", "relu", "leaky_relu", "tanh", "sigmoid", "elu", "selu", "gelu", "silu", "softplus", "sin", "erf",
         "mish", "softsign", "hardtanh")


def activation(name):
    functions = {"linear": lambda x: x, "tanh": torch.tanh, "sigmoid": torch.sigmoid, "sin": torch.sin,
                 "erf": torch.erf}
    return functions[name] if name in functions else getattr(torch.nn.functional, name)


def optimizer_of(parameters, run, longer):
    rate, decay = run["learning_rate"] * (1 + longer), run.get("weight_decay", 0)
    if run["optimizer"] == "adam":
        return torch.optim.Adam(parameters, lr=rate, weight_decay=decay)
    return torch.optim.SGD(parameters, lr=rate, momentum=run.get("momentum", 0), weight_decay=decay)


def losses_of(run, samples, longer=0.0):
    """Of the same training by torch, whose steps may be made longer."""
    torch.manual_seed(int(run["seed"]))
    sizes = [INPUTS] + [WIDTH] * DEPTH + [run["classes"]]
    layers = [torch.nn.Linear(inputs, outputs) for inputs, outputs in zip(sizes, sizes[1:])]
    phi = activation(run["activation"])
    x, y = torch.tensor(list(samples["x"])).reshape(-1, INPUTS), torch.tensor(list(samples["y"]))
    optimizer = optimizer_of([each for layer in layers for each in layer.parameters()], run, longer)
    losses = []
    for _ in range(STEPS):
        optimizer.zero_grad()
        hidden = x
        for layer in layers[:-1]:
            hidden = phi(layer(hidden))
        output = layers[-1](hidden)
        if run["classes"] > 1:
            loss = torch.nn.functional.cross_entropy(output, y.long())
        else:
            loss = torch.nn.functional.mse_loss(output[:, 0], y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


def request_of(run):
    rows = [(math.sin(i), math.cos(1.7 * i), math.sin(0.3 * i * i)) for i in range(ROWS)]
    # A class by the first column, or a product of two: both can be learned.
    target = (lambda x, y, z: int(1.5 + 1.4 * x)) if run["classes"] > 1 else (lambda x, y, z: x * y)
    numbers = [number for row in rows for number in (*row, target(*row))]
    fixed = {"data_set": "data", "data": table(numbers), "samples": ROWS, "inputs": INPUTS, "batch": TRAINED}
    scheme = {"generator": "torch", "schemes": ["torch_linear"], "bias": "torch_linear_bias"}
    return {**fixed, **scheme, "depth": DEPTH, "width": WIDTH, "steps": STEPS, **run}


def learns_alike(name, run, longer=0.0):
    def judge(answer):
        frames = kinds.values_of(answer)[0]["result"]["frames"]
        samples = frames[0]["samples"]
        require(len(samples["y"]) == TRAINED, f"{len(samples['y'])} rows are told, not those of the batch")
        theirs = losses_of(run, samples, longer)
        worst = max(abs(frame["loss"] / loss - 1) for frame, loss in zip(frames, theirs))
        require(theirs[-1] < theirs[0], "torch did not learn, so that nothing is compared")
        require(worst <= BOUND, f"losses differ by {worst:.2g}")

    def spoil(answer):
        first, *rest, last = answer.value[0]["result"]["frames"]
        rest[-1] = {**rest[-1], "loss": rest[-1]["loss"] * (1 + 4e-6)}
        return [Answer(value=[{"result": {"frames": [first, *rest, last]}}])]

    return Law(name, [call("train", request_of(run))], judge, spoil)


def suite():
    runs = [{"activation": each, "classes": 3, **PLAIN} for each in NAMES]
    runs += [{"activation": "tanh", "classes": 3, **each} for each in OPTIMIZERS[1:]]
    # A regression's gradients are larger: SGD's steps of 0.3 make it diverge.
    runs += [
        {"activation": "tanh", "classes": 1, **each, "learning_rate": min(each["learning_rate"], 0.05)}
        for each in OPTIMIZERS
    ]
    runs = [{"seed": str(seed), **run} for seed, run in enumerate(runs)]
    laws = [learns_alike(", ".join(f"{k} {v}" for k, v in run.items()), run) for run in runs]
    adam = {"seed": "7", "activation": "tanh", "classes": 3, **OPTIMIZERS[3]}
    controls = [learns_alike("control: steps 6.7e-6 longer", adam, 6.7e-6)]
    return Suite("Trainings beside PyTorch", laws, controls, skipped=SKIPPED)
