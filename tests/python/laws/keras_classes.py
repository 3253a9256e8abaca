"""The laws of Keras's tests of its initializers (random_initializers_test.py, constant_initializers_test.py
and the attention layers' test of the query's variance, 3.16), and the law of each class.

Left out: `get`, serialization and sharding, which are of objects that we do not have.
"""

import math

import kinds
from chance import Normal, Truncated, Uniform
from law import Law, Suite, require
from package import call, initialize, initialize_keras
from peer_fans import keras_fans, mean_fan

#: std of a standard normal number given that it lies within two std: what Keras divides by.
CUT = 0.87962566103423978
#: scale, mode and distribution of the classes that are VarianceScaling by another name.
CLASSES = {
    "glorot_uniform": (1, "fan_avg", "uniform"),
    "glorot_normal": (1, "fan_avg", "truncated_normal"),
    "he_uniform": (2, "fan_in", "uniform"),
    "he_normal": (2, "fan_in", "truncated_normal"),
    "lecun_uniform": (1, "fan_in", "uniform"),
    "lecun_normal": (1, "fan_in", "truncated_normal"),
}
#: Shapes with the axes that EinsumDense gives; None where the shape alone tells.
KERNELS = (
    ([20000], None, None),
    ([120, 150], None, None),
    ([5, 60, 60], None, None),
    ([3, 3, 40, 50], None, None),
    ([64, 8, 32], [0], [1, 2]),
    ([8, 32, 64], [0, 1], [2]),
    ([3, 3, 40, 50], [2], [3]),
)


def variance_law(scale, mode, distribution, fans):
    variance = scale / max(1.0, mean_fan(mode, fans))
    if distribution == "uniform":
        return Uniform(-math.sqrt(3 * variance), math.sqrt(3 * variance))
    if distribution == "untruncated_normal":
        return Normal(0, math.sqrt(variance))
    std = math.sqrt(variance) / CUT
    return Truncated(0, std, -2 * std, 2 * std)


def axes(shape, inputs, outputs):
    """Our request of Keras's axes: those in neither list are left out of the fans."""
    if inputs is None:
        return {}
    rest = [axis for axis in range(len(shape)) if axis not in inputs + outputs]
    return {"in_axis": inputs, "out_axis": outputs, "batch_axis": rest}


def class_laws():
    for shape, inputs, outputs in KERNELS:
        fans, given = keras_fans(shape, inputs, outputs), axes(shape, inputs, outputs)
        where = f"{shape}" if inputs is None else f"{shape}, inputs {inputs}"
        for scheme, rule in CLASSES.items():
            name = f"{scheme} of {where}"
            yield kinds.follows(name, initialize_keras(name, scheme, shape, **given), variance_law(*rule, fans))
        for mode in ("fan_in", "fan_out", "fan_avg"):
            for distribution in ("truncated_normal", "untruncated_normal", "uniform"):
                rule = {"scale": 1.7, "mode": mode, "distribution": distribution}
                name = f"VarianceScaling {mode}, {distribution} of {where}"
                ask = initialize_keras(name, "variance_scaling", shape, **rule, **given)
                yield kinds.follows(name, ask, variance_law(*rule.values(), fans))


def plain_laws():
    cut = Truncated(0.5, 0.3, 0.5 - 0.6, 0.5 + 0.6)
    for scheme, given, law in (
        ("random_normal", {}, Normal(0, 0.05)),
        ("random_normal", {"mean": 0.0, "stddev": 1.0}, Normal(0, 1)),
        ("random_uniform", {}, Uniform(-0.05, 0.05)),
        ("random_uniform", {"minval": -1.0, "maxval": 1.0}, Uniform(-1, 1)),
        ("truncated_normal", {}, Truncated(0, 0.05, -0.1, 0.1)),
        ("truncated_normal", {"mean": 0.5, "stddev": 0.3}, cut),
    ):
        name = f"{scheme} of {given}"
        yield kinds.follows(name, initialize_keras(name, scheme, [125, 160], **given), law)
    name = "RandomUniform keeps to its range"
    yield kinds.lies_within(name, initialize(name, "random_uniform", [5, 5], minval=-1, maxval=1), -1, 1)
    for scheme, given, value in (("zeros", {}, 0), ("ones", {}, 1), ("constant", {"val": 6.0}, 6)):
        yield kinds.equals(scheme, initialize(scheme, scheme, [3, 3], **given), [value] * 9)
    for rows, columns in ((3, 3), (2, 5), (5, 2)):
        name = f"Identity of {rows} x {columns}"
        expected = [2.0 * (i == j) for i in range(rows) for j in range(columns)]
        ask = initialize_keras(name, "identity", [rows, columns], gain=2)
        yield kinds.equals(name, ask, expected)
    for shape in ([5, 5], [4, 7], [7, 4], [3, 3, 4, 5]):
        name = f"Orthogonal of {shape}"
        yield kinds.is_orthogonal(name, initialize_keras(name, "orthogonal", shape, gain=2), 2)
    request = {"scheme": "random_normal", "shape": [25, 20], "layout": "keras"}
    one, again, other = ({**request, "seed": seed} for seed in ("1337", 1337, "1338"))
    yield kinds.agree("one seed, one tensor", call("initialize", one), call("initialize", again))
    yield kinds.differ("another seed, another tensor", call("initialize", one), call("initialize", other))


def window(name, taps, periodic):
    """scipy.signal.get_window of hann and hamming, by their definition."""
    if name == "none":
        return [1.0] * taps
    offset = {"hann": 0.5, "hamming": 0.54}[name]
    period = taps if periodic == "true" else taps - 1
    return [offset - (1 - offset) * math.cos(2 * math.pi * t / period) for t in range(taps)]


def stft(shape, side="real", name="hann", scaling="density", periodic="false"):
    """cos or sin of -2 pi t f / n under the window: [taps, in, frequencies], n = 2 (frequencies - 1)."""
    taps, inputs, frequencies = shape
    weights = window(name, taps, periodic)
    whole = {"density": math.sqrt(sum(w * w for w in weights)), "spectrum": sum(map(abs, weights)), "none": 1.0}
    divisor = 1.0 if name == "none" else whole[scaling]
    wave = math.cos if side == "real" else math.sin
    return [
        wave(-2 * math.pi * t * f / (2 * (frequencies - 1))) * weights[t] / divisor
        for t in range(taps)
        for _ in range(inputs)
        for f in range(frequencies)
    ]


def stft_laws():
    variants = [([256, 1, 513], "real", "none", "density", "false"), ([256, 1, 513], "real", "hamming", "none", "true")]
    for side in ("real", "imag"):
        for name in ("hann", "hamming", "none"):
            for scaling in ("density", "spectrum", "none"):
                for periodic in ("false", "true"):
                    variants.append(([16, 2, 9], side, name, scaling, periodic))
    for shape, *chosen in variants:
        given = dict(zip(("side", "window", "scaling", "periodic"), chosen))
        title = f"STFT {shape} {' '.join(chosen)}"
        ask = initialize_keras(title, "stft", shape, **given)
        yield kinds.equals(title, ask, stft(shape, *chosen), tolerance=1e-7)


def has_fans(name, layer, args, fans):
    """A layer's kernels have these fans, by name, and GlorotUniform's bounds of them: all values lie
    within, and the largest of n reaches 1 - 20 / n of it (one in e^20 does not)."""

    def judge(answer):
        kernels = {each["name"]: each for each in kinds.values_of(answer)}
        for kernel, (fan_in, fan_out) in fans.items():
            found = kernels[kernel]
            ours = (found["fanIn"], found["fanOut"])
            require(ours == (fan_in, fan_out), f"{kernel} has fans {ours}, not {(fan_in, fan_out)}")
            bound = math.sqrt(6 / (fan_in + fan_out))
            reach = max(map(abs, found["values"])) / bound
            least = 1 - 20 / len(found["values"])
            require(least <= reach <= 1 + 1e-7, f"{kernel} reaches {reach:.4f} of its bound")

    def spoil(answer):
        return [
            kinds.replace(
                answer,
                value=[{**each, "values": [0.8 * x for x in each["values"]]} for each in answer.value],
            )
        ]

    ask = call("initializeLayer", {"framework": "keras", "layer": layer, "args": args, "seed": "5"})
    return Law(name, [ask], judge, spoil)


def layer_laws():
    heads = {"dim": 64, "num_heads": 8, "key_dim": 16}
    projections = ("query", "key", "value")
    for name, layer, args, fans in (
        ("Dense", "Dense", {"input_dim": 40, "units": 30}, {"kernel": (40, 30)}),
        ("Conv2D", "Conv2D", {"channels": 6, "filters": 20, "kernel_size": 3}, {"kernel": (54, 180)}),
        (
            "MultiHeadAttention",
            "MultiHeadAttention",
            heads,
            {**{f"{each}/kernel": (64, 128) for each in projections}, "attention_output/kernel": (128, 64)},
        ),
    ):
        yield has_fans(name, layer, args, fans)
    name = "MultiHeadAttention's query has a std of sqrt(1 / dim)"
    ask = initialize_keras(name, "variance_scaling", [32, 8, 64], **axes([32, 8, 64], [0], [1, 2]))
    yield kinds.follows(name, ask, variance_law(1, "fan_in", "truncated_normal", (32, 512)))


def refusals():
    for given, field in (
        ({"scheme": "variance_scaling", "scale": -1.0}, "scale"),
        ({"scheme": "variance_scaling", "scale": 0}, "scale"),
        ({"scheme": "variance_scaling", "mode": "invalid_mode"}, "mode"),
        ({"scheme": "variance_scaling", "distribution": "invalid_dist"}, "distribution"),
        ({"scheme": "identity", "shape": [3, 3, 3]}, "shape"),
        ({"scheme": "identity", "shape": [3]}, "shape"),
        ({"scheme": "orthogonal", "shape": [3]}, "shape"),
        ({"scheme": "stft", "shape": [16, 1, 9], "side": "imaginary"}, "side"),
        ({"scheme": "stft", "shape": [16, 1, 9], "scaling": "l2"}, "scaling"),
        ({"scheme": "stft", "shape": [16, 1, 9], "window": "unknown"}, "window"),
    ):
        request = {"shape": [25, 20], "layout": "keras", **given}
        yield kinds.is_refused(f"{given} is refused", call("initialize", request), field)


def controls():
    """What Keras 2 drew, Keras before 3.15, and what JAX draws with the same axes."""
    shape = [64, 8, 32]
    given = axes(shape, [0], [1, 2])
    for scheme, fans in (("glorot_uniform", keras_fans(shape)), ("he_normal", keras_fans(shape))):
        name = f"control: {scheme} with fans of before 3.15"
        yield kinds.follows(name, initialize_keras(name, scheme, shape, **given), variance_law(*CLASSES[scheme], fans))
    heads = {"dim": 32, "num_heads": 8, "key_dim": 16}
    old = {"query/kernel": (256, 512)}
    yield has_fans("control: fans of before 3.15 in the layer", "MultiHeadAttention", heads, old)
    std = math.sqrt(2 / 120)
    name = "control: a cut that is not corrected, as in Keras 2"
    ask = initialize_keras(name, "he_normal", [120, 150])
    yield kinds.follows(name, ask, Truncated(0, std, -2 * std, 2 * std))
    name = "control: axes in neither list counted, as in JAX"
    ask = initialize_keras(name, "he_normal", [3, 3, 40, 50], **axes([3, 3, 40, 50], [2], [3]))
    yield kinds.follows(name, ask, variance_law(2, "fan_in", "truncated_normal", (360, 450)))
    name = "control: a symmetric window for a periodic one"
    ask = initialize_keras(name, "stft", [16, 1, 9], periodic="true")
    yield kinds.equals(name, ask, stft([16, 1, 9]), tolerance=1e-7)


def suite():
    laws = [*class_laws(), *plain_laws(), *stft_laws(), *layer_laws(), *refusals()]
    return Suite("Keras's initializers", laws, list(controls()))
