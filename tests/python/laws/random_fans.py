"""Random shapes and axes: the std of what is drawn is that of each library's own rule of fans."""

import math
import random

from jax_initializers import STANDARD, as_lists, has_std
from kinds import scales
from law import Suite
from package import initialize
from peer_fans import jax_fans, keras_fans, mean_fan, torch_fans

MODES = ("fan_in", "fan_out", "fan_avg", "fan_geo_avg")


def written(dice, axes):
    """Axes as callers write them: counted from either end, one of them without a list."""
    rank, numbers = axes
    signed = [axis - rank if dice.random() < 0.5 else axis for axis in numbers]
    return signed[0] if len(signed) == 1 and dice.random() < 0.5 else signed


def random_axes(dice, rank):
    """Each axis is an input, an output, of a batch, or of the receptive field; lists may be empty."""
    place = [dice.choice(("in_axis", "out_axis", "batch_axis", None)) for _ in range(rank)]
    lists = {key: [i for i in range(rank) if place[i] == key] for key in ("in_axis", "out_axis", "batch_axis")}
    return {key: written(dice, (rank, axes)) for key, axes in lists.items()}


def random_rule(dice):
    return dice.choice((0.5, 1, 2, 3.3)), dice.choice(MODES), dice.choice(tuple(STANDARD))


def differ(rule, fans, others):
    """Whether two pairs of fans give stds that are more than 1 % apart."""
    return abs(math.sqrt(mean_fan(rule[1], others) / mean_fan(rule[1], fans)) - 1) > 0.01


def jax_cases(dice):
    """Laws, and controls by fans of the default axes, where those are others."""
    for number in range(400):
        shape = [dice.randint(1, 7) for _ in range(dice.randint(1, 5))]
        axes, rule = random_axes(dice, len(shape)), random_rule(dice)
        fans = jax_fans(shape, **as_lists(axes))
        case = f"JAX {number}: {shape} {axes} {rule}"
        yield has_std(case, shape, rule, axes, fans), None
        if len(shape) > 1 and number < 40 and differ(rule, fans, jax_fans(shape)):
            yield None, has_std(f"control: {case}", shape, rule, axes, jax_fans(shape))


def keras_cases(dice):
    """Without axes, and with: then Keras leaves out what is in neither list, and JAX does not."""
    for number in range(100):
        shape = [dice.randint(1, 7) for _ in range(dice.randint(1, 5))]
        rule = dice.choice((1, 2)), dice.choice(MODES[:3]), dice.choice(tuple(STANDARD))
        yield has_std(f"Keras {number}: {shape} {rule}", shape, rule, {}, keras_fans(shape)), None
        order = dice.sample(range(len(shape)), len(shape))
        first, second = sorted(dice.randint(0, len(shape)) for _ in range(2))
        inputs, outputs, rest = order[:first], order[first:second], order[second:]
        axes = {"in_axis": inputs, "out_axis": outputs, "batch_axis": rest}
        fans = keras_fans(shape, inputs, outputs)
        case = f"Keras {number}: {shape} {inputs} {outputs} {rule}"
        yield has_std(case, shape, rule, axes, fans), None
        theirs = jax_fans(shape, inputs, outputs)
        if number < 20 and differ(rule, fans, theirs):
            yield None, has_std(f"control: {case}", shape, rule, axes, theirs)


def torch_cases(dice):
    """xavier and kaiming, by both generators; the control takes inputs for outputs."""
    for number in range(100):
        shape = [dice.randint(1, 7) for _ in range(dice.randint(2, 5))]
        generator = dice.choice(("torch", "initscope"))
        fan_in, fan_out = fans = torch_fans(shape)
        gain, slope, mode = dice.uniform(0.1, 3), dice.uniform(-2, 2), dice.choice(MODES[:2])
        for scheme, given, factor in (
            ("xavier", {"gain": gain}, gain / math.sqrt(mean_fan("fan_avg", fans))),
            ("kaiming", {"a": slope, "mode": mode}, math.sqrt(2 / (1 + slope**2) / mean_fan(mode, fans))),
        ):
            for kind, standard in (("normal", {"std": 1}), ("uniform", STANDARD["uniform"][1])):
                case = f"torch {number}: {scheme}_{kind} {shape} {given}, {generator}"
                ask = initialize(case, f"{scheme}_{kind}", shape, generator=generator, **given)
                other = initialize(case, kind, shape, generator=generator, **standard)
                yield scales(case, ask, other, factor), None
                turned = factor * math.sqrt(fan_in / fan_out) ** (1 if mode == "fan_in" else -1)
                if scheme == "kaiming" and number < 10 and fan_in != fan_out:
                    yield None, scales(f"control: {case}", ask, other, turned)


def suite():
    dice = random.Random(20261129)
    cases = [*jax_cases(dice), *keras_cases(dice), *torch_cases(dice)]
    laws = [law for law, _ in cases if law]
    return Suite("Random fans by the libraries' rules", laws, [control for _, control in cases if control])
