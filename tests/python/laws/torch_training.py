"""Losses of trainings, beside those of the torch that is installed: the same weights to start from, the
same table, all of whose training rows are one batch, torch.optim's SGD and Adam.

torch computes in float32: the losses of these runs are up to 5e-7 apart, the bound is 1.5e-6. Adam's steps
that are 6.7e-6 longer, as 1 - float32(0.999) makes them, are 1.7e-5 away. Nets of norms, residual blocks and
learned factors are up to 1.1e-6 apart, in the batch's loss and in that of tests in `eval()`; the bound is 3e-6.
"""

import math

import kinds
from law import Law, Suite, require
from package import Answer, call, table
from torch_installed import SKIPPED, torch

ROWS, TRAINED, INPUTS = 120, 96, 3
DEPTH, WIDTH, STEPS = 3, 16, 40
BOUND = 1.5e-6
NET_BOUND = 3e-6
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


def numbers_of(run):
    rows = [(math.sin(i), math.cos(1.7 * i), math.sin(0.3 * i * i)) for i in range(ROWS)]
    # A class by the first column, or a product of two: both can be learned.
    target = (lambda x, y, z: int(1.5 + 1.4 * x)) if run["classes"] > 1 else (lambda x, y, z: x * y)
    return [number for row in rows for number in (*row, target(*row))]


def request_of(run):
    fixed = {"data_set": "data", "data": table(numbers_of(run)), "samples": ROWS, "inputs": INPUTS, "batch": TRAINED}
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


class Residual(torch.nn.Module if torch else object):
    def __init__(self, *branch, scale=1.0):
        super().__init__()
        self.branch, self.scale = torch.nn.Sequential(*branch), scale

    def forward(self, x):
        return x + self.scale * self.branch(x)


class Scale(torch.nn.Module if torch else object):
    def __init__(self, value):
        super().__init__()
        self.value = torch.nn.Parameter(torch.tensor(value))

    def forward(self, x):
        return self.value * x


class RootMeanSquare(torch.nn.Module if torch else object):
    """torch.nn.RMSNorm, which is younger than the torch that may be installed."""

    def __init__(self, units):
        super().__init__()
        self.gain = torch.nn.Parameter(torch.ones(units))

    def forward(self, x):
        return self.gain * x / torch.sqrt((x * x).mean(-1, keepdim=True) + 1e-5)


def nets():
    """Texts of nets, each with the module that it is, drawn in the order of its weights."""
    nn, dense, n = torch.nn, torch.nn.Linear, WIDTH

    def repeat(make):
        return [make() for _ in range(DEPTH)]

    return {
        "dense;out:width,depth*(res;scale:1/sqrt(depth)(ln,dense;out:2x,phi,dense;out:width)),ln": lambda: nn.Sequential(
            dense(INPUTS, n),
            *repeat(lambda: Residual(nn.LayerNorm(n), dense(n, 2 * n), nn.Tanh(), dense(2 * n, n),
                                     scale=DEPTH**-0.5)),
            nn.LayerNorm(n), dense(n, 3)),
        "dense;out:width,bn,phi,depth*(dense,bn,phi)": lambda: nn.Sequential(
            dense(INPUTS, n), nn.BatchNorm1d(n), nn.Tanh(),
            *(each for _ in range(DEPTH) for each in (dense(n, n), nn.BatchNorm1d(n), nn.Tanh())), dense(n, 3)),
        "dense;out:width,depth*(res(dense,phi,dense,scale;value:0)),phi,dense;out:3": lambda: nn.Sequential(
            dense(INPUTS, n), *repeat(lambda: Residual(dense(n, n), nn.Tanh(), dense(n, n), Scale(0.0))), nn.Tanh(),
            dense(n, 3)),
        "dense;out:width,gn;groups:4,phi,dense,rms,phi": lambda: nn.Sequential(
            dense(INPUTS, n), nn.GroupNorm(4, n), nn.Tanh(), dense(n, n), RootMeanSquare(n), nn.Tanh(), dense(n, 3)),
    }


def tests_of(numbers, samples):
    """The rows of the table that are not trained on, standardized as the package does it."""
    table = torch.tensor(list(numbers), dtype=torch.float64).reshape(ROWS, INPUTS + 1)
    x, y = table[:, :INPUTS], table[:, INPUTS]
    x = ((x - x.mean(0)) / x.std(0, unbiased=False)).float()
    trained = torch.tensor(list(samples["x"])).reshape(-1, INPUTS)
    apart = torch.cdist(x, trained).min(1).values > 1e-3
    return x[apart], y[apart].long()


def net_learns_alike(net, run, torchs=None):
    """`torchs` is the net that torch trains, if it is to be another one."""
    request = {**request_of(run), "net": net}

    def judge(answer):
        frames = kinds.values_of(answer)[0]["result"]["frames"]
        samples = frames[0]["samples"]
        torch.manual_seed(int(run["seed"]))
        module = nets()[torchs or net]()
        x, y = torch.tensor(list(samples["x"])).reshape(-1, INPUTS), torch.tensor(list(samples["y"])).long()
        test_x, test_y = tests_of(numbers_of(run), samples)
        require(len(test_y) == ROWS - TRAINED, f"{len(test_y)} rows are found to test on")
        optimizer = optimizer_of(module.parameters(), run, 0)
        losses = []
        for frame in frames[:STEPS]:
            module.eval()
            with torch.no_grad():
                tested = torch.nn.functional.cross_entropy(module(test_x), test_y).item()
            module.train()
            optimizer.zero_grad()
            loss = torch.nn.functional.cross_entropy(module(x), y)
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
            for ours, theirs in ((frame["loss"], losses[-1]), (frame["testLoss"], tested)):
                require(abs(ours / theirs - 1) <= NET_BOUND, f"losses {ours}, {theirs} differ at step {frame['step']}")
        require(losses[-1] < 0.9 * losses[0], "torch did not learn, so that nothing is compared")

    def spoil(answer):
        first, *rest, last = answer.value[0]["result"]["frames"]
        rest[-1] = {**rest[-1], "testLoss": rest[-1]["testLoss"] * (1 + 4 * NET_BOUND)}
        return [Answer(value=[{"result": {"frames": [first, *rest, last]}}])]

    return Law(f"{net}, {run['optimizer']}", [call("train", request)], judge, spoil)


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
    # Nor do roundings stay small at such steps where there are norms.
    of_nets = [
        {"seed": "11", "activation": "tanh", "classes": 3, **each, "learning_rate": min(each["learning_rate"], 0.05)}
        for each in OPTIMIZERS
    ]
    texts = list(nets()) if torch else []
    # A bias before a bn has a gradient of roundings, of which Adam without decay makes whole steps.
    laws += [
        net_learns_alike(net, run) for net in texts for run in of_nets
        if "bn" not in net or run["optimizer"] != "adam" or "weight_decay" in run
    ]
    adam = {"seed": "7", "activation": "tanh", "classes": 3, **OPTIMIZERS[3]}
    controls = [learns_alike("control: steps 6.7e-6 longer", adam, 6.7e-6)]
    # Both begin with the same weights: a branch's factor of 0 hides its norm until it has learned.
    controls += [net_learns_alike(texts[0], of_nets[0], texts[2])] if torch else []
    return Suite("Trainings beside PyTorch", laws, controls, skipped=SKIPPED)
