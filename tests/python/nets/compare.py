"""How far signals and gradients of a net are from PyTorch's, which computes in double.

A distance is the largest difference of an array's numbers over the root mean square of the array. Of the
gradient of a weight or a bias, where large terms may cancel, it is over what the root mean square would be
if the terms, one a sample, were independent: that of the gradient of the dense's output times that of its
input, times the root of the batch.
"""

import math

import torch

from model import Model, Phi

FLOAT32 = 3e-5


def rms(tensor):
    return float(tensor.square().mean().sqrt())


def distance(ours, theirs, scale=None):
    """The largest difference over a scale, the root mean square of theirs unless given."""
    if ours.shape != theirs.shape:
        return math.inf
    worst = float((ours.double() - theirs).abs().max())
    scale = rms(theirs) if scale is None else scale
    return worst / scale if scale > 0 else (0.0 if worst == 0 else math.inf)


def run(request, arrays, kind=torch.float64, **changes):
    """The request's net in PyTorch, with our weights, there and back."""
    model = Model(request, **changes).to(kind)
    model.load(arrays)
    x = arrays["input"].to(kind).clone().requires_grad_()
    output, rows = model(x)
    for row in rows:
        if row.before.requires_grad and not row.before.is_leaf:
            row.before.retain_grad()
    output.backward(arrays["output_gradient"].to(kind))
    return model, rows


def arrays_of(model, rows):
    """What PyTorch gave, by the names of the core's arrays."""
    arrays = {}
    for row in rows:
        arrays[f"before {row.label}"] = row.before.detach()
        arrays[f"after {row.label}"] = row.after.detach()
        arrays[f"gradient {row.label}"] = row.before.grad
    for number, dense in enumerate(model.denses(), 1):
        arrays[f"weight_gradient {number}"] = dense.weight.grad
        arrays[f"bias_gradient {number}"] = dense.bias.grad[None]
    return arrays


def near_kink(model):
    """Whether float32's rounding may have put a unit on the other side of a kink of its activation."""
    for phi in (module for module in model.modules() if isinstance(module, Phi)):
        step = 1e-5 * (phi.z.abs() + rms(phi.z))
        slopes = []
        for z in (phi.z - step, phi.z + step):
            z.requires_grad_()
            phi.function(z).sum().backward()
            slopes.append(z.grad)
        if float((slopes[1] - slopes[0]).abs().max()) > 0.05:
            return True
    return False


def scales(model):
    """What differences of the parameters' gradients are told in."""
    found = {}
    for number, dense in enumerate(model.denses(), 1):
        root = math.sqrt(len(dense.x))
        found[f"bias_gradient {number}"] = root * rms(dense.z.grad)
        found[f"weight_gradient {number}"] = root * rms(dense.z.grad) * rms(dense.x)
    return found


def distances(arrays, theirs):
    """Of each array that the core gave from that of `theirs`, what `run` gives, by its name; inf where
    only one of the two has it."""
    wanted, told_in = arrays_of(*theirs), scales(theirs[0])
    found = {}
    for name, tensor in wanted.items():
        found[name] = distance(arrays[name], tensor, told_in.get(name)) if name in arrays else math.inf
    given = ("input", "output_gradient", "weight ", "bias ")
    extra = [name for name in arrays if name not in found and not name.startswith(given)]
    return {**found, **dict.fromkeys(extra, math.inf)}


def comparable(request, arrays):
    """What `run` gives, or None where float32 cannot tell so much: a unit is near a kink, or PyTorch's own float32 is
    more than FLOAT32 from its double."""
    theirs = run(request, arrays)
    if near_kink(theirs[0]):
        return None
    by_float32 = distances(arrays_of(*run(request, arrays, torch.float32)), theirs)
    return theirs if max(by_float32.values()) <= FLOAT32 else None


def text_of(request):
    return ", ".join(f"{name}={value}" for name, value in request.items())
