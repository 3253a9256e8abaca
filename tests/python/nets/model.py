"""A net as modules of PyTorch, made of its text, and the rows that figures have of it.

Dropout is in evaluation. Batch normalization takes the batch's own moments. PyTorch 1.13 has no RMSNorm:
it is written out here.
"""

import math
from dataclasses import dataclass

import torch
from torch import nn
from torch.nn import functional

from expression import function_of
from net_text import read_net

DEFAULT_EPS, DEFAULT_SLOPE = 1e-5, 0.01


def activation(name, slope, omega):
    named = {
        "linear": lambda z: z,
        "leaky_relu": lambda z: functional.leaky_relu(z, slope),
        "tanh": torch.tanh,
        "sigmoid": torch.sigmoid,
        "sin": lambda z: torch.sin(omega * z),
        "erf": torch.erf,
    }
    return named[name] if name in named else getattr(functional, name)


class Phi(nn.Module):
    def __init__(self, function):
        super().__init__()
        self.function = function
        self.z = None

    def forward(self, z):
        self.z = z.detach()
        return self.function(z)


class RMSNorm(nn.Module):
    def __init__(self, eps):
        super().__init__()
        self.eps = eps

    def forward(self, x):
        return x / torch.sqrt((x * x).mean(1, keepdim=True) + self.eps)


class Factor(nn.Module):
    def __init__(self, value):
        super().__init__()
        self.value = value

    def forward(self, x):
        return self.value * x


class Dense(nn.Linear):
    """A Linear that remembers what went in and came out."""

    def forward(self, x):
        self.x = x.detach()
        self.z = super().forward(x)
        if self.z.requires_grad:
            self.z.retain_grad()
        return self.z


class Residual(nn.Module):
    def __init__(self, shortcut, branch, scale):
        super().__init__()
        self.shortcut, self.branch, self.scale = shortcut, branch, scale

    def forward(self, x):
        return self.shortcut(x) + self.scale * self.branch(x)


@dataclass
class Row:
    label: str
    before: torch.Tensor
    after: torch.Tensor


class Model(nn.Module):
    """`request` has what a propagation asks; parameters are drawn in forward order, shortcuts before
    branches, as torchvision's blocks have them drawn."""

    def __init__(self, request, eps=None, branch_scale=1.0):
        super().__init__()
        self.request, self.eps, self.branch_scale = request, eps, branch_scale
        items = read_net(request["net"], request["depth"])
        self.blocks = [item.block for item in items]
        self.steps, self.units = self.chain(items, request.get("input_width", request["width"]))

    def chain(self, items, units):
        modules = nn.ModuleList()
        for item in items:
            module, units = self.block(item, units)
            modules.append(module)
        return modules, units

    def block(self, item, units):
        given = item.options
        eps = self.eps or float(given.get("eps", DEFAULT_EPS))
        if item.block == "dense":
            outputs = self.outputs(given.get("out", ""), units)
            return Dense(units, outputs), outputs
        if item.block == "res":
            shortcut, arriving = self.chain(item.shortcut, units)
            branch, leaving = self.chain(item.inside, units)
            assert arriving == leaving
            return Residual(nn.Sequential(*shortcut), nn.Sequential(*branch), self.scale(given)), leaving
        return {
            "phi": lambda: Phi(self.function(given)),
            "ln": lambda: nn.LayerNorm(units, eps, elementwise_affine=False),
            "rms": lambda: RMSNorm(eps),
            "gn": lambda: nn.GroupNorm(int(given.get("groups", 1)), units, eps, affine=False),
            "bn": lambda: nn.BatchNorm1d(units, eps, affine=False, track_running_stats=False),
            "scale": lambda: Factor(float(given.get("value", 1))),
            "dropout": lambda: nn.Dropout(float(given.get("p", 0.5))).eval(),
        }[item.block](), units

    def outputs(self, text, units):
        if text == "":
            return units
        if text == "width":
            return self.request["width"]
        return round(float(text[:-1]) * units) if text.endswith("x") else int(text)

    def scale(self, given):
        depth = self.request["depth"]
        rules = {"1/sqrt(depth)": 1 / math.sqrt(depth), "1/sqrt(2depth)": 1 / math.sqrt(2 * depth)}
        text = given.get("scale", "1")
        return self.branch_scale * (rules[text] if text in rules else float(text))

    def function(self, given):
        source = given if given.get("activation", "request") != "request" else self.request
        name = source["activation"]
        if name == "typed":
            return function_of(self.request["expression"])
        return activation(name, float(source.get("negative_slope", DEFAULT_SLOPE)), float(source.get("omega_0", 1)))

    def denses(self):
        return [module for module in self.modules() if isinstance(module, Dense)]

    def load(self, arrays):
        for number, dense in enumerate(self.denses(), 1):
            dense.weight.data = arrays[f"weight {number}"].to(dense.weight)
            dense.bias.data = arrays[f"bias {number}"][0].to(dense.bias)

    def forward(self, x):
        """The output, and the rows: one a phi of the trunk, one a residual block, which a phi that follows
        goes on, and one a dense of the trunk that no other row takes in before the next."""
        rows, open_dense, added = [], None, False
        counts = {}

        def add_row(block, before, after):
            counts[block] = counts.get(block, 0) + 1
            rows.append(Row(f"{block} {counts[block]}", before, after))

        def close():
            if open_dense is not None:
                add_row("dense", open_dense, open_dense)

        for block, step in zip(self.blocks, self.steps):
            if block in ("dense", "res"):
                close()
                open_dense = None
            before, x = x, step(x)
            if block == "dense":
                open_dense = x
            elif block == "res":
                add_row("res", x, x)
            elif block == "phi":
                if added:
                    rows[-1].after = x
                else:
                    add_row("phi", before, x)
                open_dense = None
            if block != "dropout":
                added = block == "res"
        close()
        if not rows:
            add_row("net", x, x)
        return x, rows
