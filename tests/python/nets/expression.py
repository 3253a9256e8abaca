"""Typed activations as functions of torch, by Python's own reading of their text."""

import torch
from torch.nn import functional

NAMES = {
    "abs": torch.abs,
    "exp": torch.exp,
    "log": torch.log,
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "erf": torch.erf,
    "sin": torch.sin,
    "cos": torch.cos,
    "sqrt": torch.sqrt,
    "softplus": functional.softplus,
    "relu": torch.relu,
    "max": lambda a, b: torch.maximum(*tensors(a, b)),
    "min": lambda a, b: torch.minimum(*tensors(a, b)),
    "where": lambda condition, a, b: torch.where(condition, *tensors(a, b)),
}


def tensors(a, b):
    """Two of which each may be a number: one of the other's type, two of torch's default."""
    kind = next((each.dtype for each in (a, b) if isinstance(each, torch.Tensor)), torch.get_default_dtype())
    return torch.as_tensor(a, dtype=kind), torch.as_tensor(b, dtype=kind)


def function_of(text):
    code = compile(text.replace("^", "**"), "an activation of the test", "eval")
    return lambda z: eval(code, {**NAMES, "z": z})
