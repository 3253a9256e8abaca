"""The laws of JAX's NNInitializersTest, and the std that its formulas give, which its own tests do not
look at. Left out: other types than float32, and complex numbers, which we do not have.
"""

import math

import kinds
from chance import Normal, Truncated, Uniform
from keras_classes import CLASSES, CUT, variance_law
from law import Law, Suite, require
from package import initialize, initialize_keras
from peer_fans import jax_fans, mean_fan

#: The shapes of JAX's suite.
SHAPES = ((2,), (2, 2), (2, 3), (3, 2), (2, 3, 4), (4, 3, 2), (2, 3, 4, 5))
#: Enough elements for a law: without axes, with several of each, with axes left out of the fans.
KERNELS = (
    ([120, 150], {}),
    ([3, 3, 40, 50], {}),
    ([10, 12, 10, 15], {"in_axis": [0, 1], "out_axis": [-2, -1]}),
    ([10, 12, 10, 15], {"in_axis": 0, "out_axis": [2, 3], "batch_axis": 1}),
    ([10, 12, 10, 15], {"in_axis": [], "out_axis": [3]}),
)
DISTRIBUTIONS = {"truncated_normal": "truncated_normal", "normal": "untruncated_normal", "uniform": "uniform"}
#: The draws that variance scaling multiplies, with a std of 1.
STANDARD = {
    "truncated_normal": ("truncated_normal", {"stddev": 1 / CUT}),
    "untruncated_normal": ("normal", {"std": 1}),
    "uniform": ("uniform", {"a": -math.sqrt(3), "b": math.sqrt(3)}),
}


def as_lists(axes):
    """JAX takes an axis or several."""
    names = {"in_axis": "inputs", "out_axis": "outputs", "batch_axis": "batch"}
    return {names[key]: [value] if isinstance(value, int) else value for key, value in axes.items()}


def has_std(name, shape, rule, axes, fans):
    """Any shape's elements are sqrt(scale / fan) times standard ones of the same seed."""
    scale, mode, distribution = rule
    scheme, given = STANDARD[distribution]
    request = {"scale": scale, "mode": mode, "distribution": distribution, **axes}
    return kinds.scales(
        name,
        initialize_keras(name, "variance_scaling", shape, **request),
        initialize_keras(name, scheme, shape, **given),
        math.sqrt(scale / mean_fan(mode, fans)),
    )


def shape_laws():
    """Every initializer on every shape of the suite."""
    for shape in SHAPES:
        for scheme in ("jax_uniform", "jax_normal", "jax_truncated_normal"):
            name = f"{scheme} of {shape}"
            plain = {"jax_uniform": ("uniform", {}), "jax_normal": ("normal", {})}
            standard, given = plain.get(scheme, ("truncated_normal", {"stddev": 1}))
            yield kinds.scales(
                name, initialize(name, scheme, shape), initialize(name, standard, shape, **given), 0.01
            )
        if len(shape) < 2:
            continue
        fans = jax_fans(shape)
        for scheme, rule in CLASSES.items():
            name = f"{scheme} of {shape}"
            standard, given = STANDARD[rule[2]]
            ask = initialize_keras(name, scheme, shape)
            factor = math.sqrt(rule[0] / mean_fan(rule[1], fans))
            yield kinds.scales(name, ask, initialize_keras(name, standard, shape, **given), factor)
        yield has_std(f"fan_geo_avg of {shape}", shape, (1, "fan_geo_avg", "untruncated_normal"), {}, fans)
        if len(shape) == 2:
            name = f"orthogonal of {shape}"
            yield kinds.is_orthogonal(name, initialize_keras(name, "orthogonal", shape), 1)


def variance_laws():
    for shape, axes in KERNELS:
        fans = jax_fans(shape, **as_lists(axes))
        for mode in ("fan_in", "fan_out", "fan_avg", "fan_geo_avg"):
            for theirs, ours in DISTRIBUTIONS.items():
                name = f"variance_scaling {mode}, {theirs} of {shape}, {axes or 'no axes'}"
                given = {"scale": 1.3, "mode": mode, "distribution": ours, **axes}
                ask = initialize_keras(name, "variance_scaling", shape, **given)
                yield kinds.follows(name, ask, variance_law(1.3, mode, ours, fans))
    for lower, upper in ((-2, 2), (-1, 3), (0.5, 2)):
        name = f"truncated_normal within {lower}, {upper}"
        ask = initialize(name, "jax_truncated_normal", [20000], stddev=0.4, lower=lower, upper=upper)
        yield kinds.follows(name, ask, Truncated(0, 0.4, 0.4 * lower, 0.4 * upper))
    for scheme, given, law in (("jax_uniform", {"scale": 0.7}, Uniform(0, 0.7)),
                               ("jax_normal", {"stddev": 0.7}, Normal(0, 0.7))):
        yield kinds.follows(scheme, initialize(scheme, scheme, [20000], **given), law)


def is_delta_orthogonal(name, shape, scale):
    """The matrix [in, out] in the middle of the kernel has orthogonal rows, scale long; all else is 0."""
    *kernel, inputs, outputs = shape
    center = 0
    for extent in kernel:
        center = center * extent + (extent - 1) // 2
    first, count = center * inputs * outputs, inputs * outputs

    def judge(answer):
        ours = kinds.values_of(answer)
        require(len(ours) == math.prod(shape), f"{len(ours)} elements")
        around = [*ours[:first], *ours[first + count :]]
        require(not any(around), "there are weights beside the center")
        rows = [ours[first + i * outputs : first + (i + 1) * outputs] for i in range(inputs)]
        for i, one in enumerate(rows):
            for j, other in enumerate(rows):
                product = sum(x * y for x, y in zip(one, other))
                off = abs(product - scale**2 * (i == j))
                require(off <= 2e-6 * max(1, scale**2), f"rows {i}, {j} have product {product}")

    ask = initialize_keras(name, "delta_orthogonal", shape, scale=scale)
    return Law(name, [ask], judge, lambda answer: [kinds.scaled_by(answer, 1.05)])


def delta_laws():
    for shape in ((3, 2, 4), (4, 3, 3), (2, 3, 4, 5), (5, 4, 3, 6), (2, 3, 4, 3, 5), (1, 1, 1, 2, 2)):
        for scale in (1, 1.7):
            yield is_delta_orthogonal(f"delta_orthogonal of {shape}, scale {scale}", shape, scale)
    for shape in ((3, 4, 2), (3, 3, 4, 2), (2, 3), (2, 2, 2, 2, 2, 2)):
        name = f"delta_orthogonal of {shape} is refused"
        yield kinds.is_refused(name, initialize_keras(name, "delta_orthogonal", shape), "shape")


def edges():
    """What is refused, and where we take what JAX refuses: a vector has both fans n, as in Keras."""
    for given, field in (
        ({"mode": "fan"}, "mode"),
        ({"distribution": "gauss"}, "distribution"),
        ({"in_axis": [0], "out_axis": [0]}, "out_axis"),
        ({"in_axis": [4]}, "in_axis"),
        ({"batch_axis": [-5]}, "batch_axis"),
    ):
        name = f"{given} is refused"
        ask = initialize_keras(name, "variance_scaling", [2, 3, 4, 5], **given)
        yield kinds.is_refused(name, ask, field)
    yield has_std("a vector is taken", [5], (1, "fan_avg", "truncated_normal"), {}, (5, 5))
    name = "a number is refused"
    yield kinds.is_refused(name, initialize(name, "jax_normal", []), "shape")


def controls():
    shape, rule = [2, 3, 4, 5], (1, "fan_avg", "truncated_normal")
    axes = {"in_axis": [0, 1], "out_axis": [-2, -1]}
    yield has_std("control: axes not taken", shape, rule, axes, jax_fans(shape))
    axes = {"in_axis": 0, "out_axis": [2, 3], "batch_axis": 1}
    yield has_std("control: a batch axis counted", shape, rule, axes, jax_fans(shape, [0], [2, 3]))
    empty = {"in_axis": [0], "out_axis": []}
    yield has_std("control: default axes for empty ones", [2, 3], (1, "fan_in", "untruncated_normal"), empty, (2, 3))
    yield has_std("control: a std of 5 % more", shape, rule, {}, [fan / 1.05**2 for fan in jax_fans(shape)])
    name = "control: a cut that is not corrected"
    std = math.sqrt(1 / 120)
    ask = initialize_keras(name, "lecun_normal", [120, 150])
    yield kinds.follows(name, ask, Truncated(0, std, -2 * std, 2 * std))


def suite():
    laws = [*shape_laws(), *variance_laws(), *delta_laws(), *edges()]
    return Suite("JAX's NNInitializersTest", laws, list(controls()))
