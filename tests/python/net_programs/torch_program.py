"""Runs a net's program of PyTorch, and compares it with what the core makes of the same weights."""

import torch
from torch import nn

from compare import distance, rms


def executed(program):
    """The names that a program defines."""
    names = {"__name__": "program"}
    exec(compile(program, "a program of the test", "exec"), names)
    return names


def linears(net):
    return [module for module in net.modules() if isinstance(module, nn.Linear)]


def trunk(net):
    """The modules of the trunk, one after the other."""
    def flat(module):
        return [each for inner in module for each in flat(inner)] if isinstance(module, nn.Sequential) else [module]

    return flat(net.layers)


def load(net, arrays):
    for number, layer in enumerate(linears(net), 1):
        layer.weight.data = arrays[f"weight {number}"].to(layer.weight)
        layer.bias.data = arrays[f"bias {number}"][0].to(layer.bias)


def as_on_the_page(net, kind):
    """Batches normalized by their own moments, nothing dropped."""
    net.to(kind).train()
    for module in net.modules():
        if isinstance(module, nn.Dropout):
            module.eval()
    return net


class Ran:
    """The net, there and back, with the weights of `arrays`."""

    def __init__(self, net, arrays, kind=torch.float64):
        self.net = as_on_the_page(net, kind)
        load(net, arrays)
        self.inputs, self.outputs = {}, {}
        for number, layer in enumerate(linears(net), 1):
            layer.register_forward_hook(lambda _, given, made, number=number: self.keep(number, given[0], made))
        x = arrays["input"].to(kind).requires_grad_()
        self.trunk = [x]
        for module in trunk(net):
            x = module(x)
            self.trunk.append(x)
        self.output = x
        if x.requires_grad:
            x.backward(arrays["output_gradient"].to(kind))

    def keep(self, number, given, made):
        made.retain_grad()
        self.inputs[number], self.outputs[number] = given.detach(), made


def moments_apart(ours, theirs):
    """Of the second moments of one row."""
    a, b = float(ours.double().square().mean()), float(theirs.double().square().mean())
    return abs(a - b) / b if b > 0 else (0.0 if a == 0 else float("inf"))


def row_distances(ran, arrays, bound):
    """For each row the distances of its signal and its second moment. Rows are the trunk's, in its order: each is found
    behind the one before it, and one that is not found is infinitely far."""
    place = 0
    for name, ours in arrays.items():
        if not name.startswith("after "):
            continue
        found = next((i for i in range(place, len(ran.trunk)) if distance(ours, ran.trunk[i].detach()) <= bound), None)
        if found is None:
            yield name, float("inf"), float("inf")
            continue
        place = found
        theirs = ran.trunk[found].detach()
        yield name, distance(ours, theirs), moments_apart(ours, theirs)


def gradient_distances(ran, arrays):
    """For each weight, in what its gradient's terms would be were they independent (nets/compare.py)."""
    for number, layer in enumerate(linears(ran.net), 1):
        made = ran.outputs[number].grad
        root = len(made) ** 0.5
        name = f"weight_gradient {number}"
        yield name, distance(arrays[name], layer.weight.grad, root * rms(made) * rms(ran.inputs[number]))
        name = f"bias_gradient {number}"
        yield name, distance(arrays[name][0], layer.bias.grad, root * rms(made))
