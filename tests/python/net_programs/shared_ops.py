"""What the stubs of Keras and Flax compute, on torch's tensors, and the dense layers that they saw."""

import torch
from torch.nn import functional

from expression import tensors


class Run:
    """One run of a program: the inputs, the parameters that its dense layers are given in the order in which they are
    called, and what it says of their initialization."""

    def __init__(self, inputs, parameters):
        self.inputs, self.parameters = inputs, parameters
        self.seen = []  # (inputs, outputs, law of the kernel, law of the bias)
        self.output = None

    def dense(self, x, units, kernel, bias):
        if len(self.seen) == len(self.parameters):
            raise ValueError("more dense layers than weights")
        weight, offset = self.parameters[len(self.seen)]
        if weight.shape != (units, x.shape[1]):
            raise ValueError(f"dense layer {len(self.seen) + 1} has {units} of {x.shape[1]}, not {tuple(weight.shape)}")
        self.seen.append((x.shape[1], units, kernel((x.shape[1], units)), bias((units,))))
        return x @ weight.T + offset


def normalize(x, epsilon, groups=1):
    parts = x.reshape(len(x), groups, -1)
    variance, mean = torch.var_mean(parts, 2, unbiased=False, keepdim=True)
    return ((parts - mean) / torch.sqrt(variance + epsilon)).reshape(x.shape)


def rms(x, epsilon):
    return x / torch.sqrt(x.square().mean(1, keepdim=True) + epsilon)


def standardize(x, epsilon):
    variance, mean = torch.var_mean(x, 0, unbiased=False)
    return (x - mean) / torch.sqrt(variance + epsilon)


ACTIVATIONS = {
    "linear": lambda z: z,
    "relu": torch.relu,
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "elu": functional.elu,
    "selu": functional.selu,
    "gelu": functional.gelu,
    "silu": functional.silu,
    "softplus": functional.softplus,
    "mish": functional.mish,
    "softsign": functional.softsign,
    "hard_tanh": functional.hardtanh,
}

MATHEMATICS = {
    **{name: getattr(torch, name) for name in ("abs", "exp", "log", "tanh", "sin", "cos", "sqrt", "full_like")},
    "maximum": lambda a, b: torch.maximum(*tensors(a, b)),
    "minimum": lambda a, b: torch.minimum(*tensors(a, b)),
    "where": lambda condition, a, b: torch.where(condition, *tensors(a, b)),
}
# What typed activations call beside: parts of `keras.ops` and of `jax.nn`.
TYPED = {name: ACTIVATIONS[name] for name in ("relu", "sigmoid", "softplus")}
