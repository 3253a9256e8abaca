"""What the comparison with peers found to be wrong, as named cases with the peer's own value, and where we
do something else on purpose.

Needs no torch: PyTorch's 32-bit words are those of MT19937, which Python has as well.
"""

import array
import math
import random

import kinds
from chance import float32
from gaussian import fixed_point
from jax_initializers import as_lists, has_std
from keras_classes import axes as keras_axes
from keras_classes import has_fans, variance_law
from law import Law, Suite, require
from package import Answer, call, initialize, initialize_keras
from peer_fans import jax_fans, keras_fans


def attention():
    """Keras gives EinsumDense's axes to the initializer since 3.15: fans of products."""
    heads = {"dim": 32, "num_heads": 8, "key_dim": 16}
    fans = {**{f"{each}/kernel": (32, 128) for each in ("query", "key", "value")}, "attention_output/kernel": (128, 32)}
    yield has_fans("1: bound 0.1936 of MultiHeadAttention", "MultiHeadAttention", heads, fans)
    name = "1: std 0.1768 = sqrt(1 / 32) of the query, 0.0628 with fans of before 3.15"
    ask = initialize_keras(name, "variance_scaling", [32, 8, 64], **keras_axes([32, 8, 64], [0], [1, 2]))
    yield kinds.follows(name, ask, variance_law(1, "fan_in", "truncated_normal", (32, 512)))


def adams_first_step(name, one_minus_b2):
    """Zero biases after torch.optim.Adam's first step are -lr g / (|g| + eps), to a few roundings of
    float32, where 1 - b2 is 0.001 in double: m and v, divided by 1 - b1 and 1 - b2, are g and g^2."""
    rate, eps = 0.01, 1e-8
    request = {"width": 8, "depth": 2, "steps": 2, "optimizer": "adam", "learning_rate": rate}
    request |= {"activation": "tanh", "schemes": ["torch_linear"], "bias": "zeros", "seed": "1"}

    def judge(answer):
        before, after = (frame["units"] for frame in kinds.values_of(answer)[0]["result"]["frames"][:2])
        require(len(after["bias"]) == 8 and not any(before["bias"]), "biases do not begin as zeros")
        for gradient, bias in zip(before["biasGradient"], after["bias"]):
            v = one_minus_b2 * gradient**2
            step = -rate * gradient / (math.sqrt(v / 0.001) + eps)
            require(abs(bias / step - 1) < 1e-6, f"a step is {bias / step:.7f} times Adam's")

    def spoil(answer):
        frames = answer.value[0]["result"]["frames"]
        longer = {**frames[1]["units"], "bias": [1.0000064 * x for x in frames[1]["units"]["bias"]]}
        return [Answer(value=[{"result": {"frames": [frames[0], {"units": longer}]}}])]

    return Law(name, [call("symmetry", request)], judge, spoil)


def mt19937(seed):
    """The words of the generator that torch.manual_seed(seed) starts, 32 bits each."""
    state = [seed]
    for i in range(1, 624):
        state.append((1812433253 * (state[-1] ^ state[-1] >> 30) + i) & 0xFFFFFFFF)
    words = random.Random()
    words.setstate((3, (*state, 624), None))
    while True:
        yield words.getrandbits(32)


def upper_bound(name, ends, seed, replaced, first):
    """uniform_ of 200,000 numbers: x (b - a) + a in float32, where a number equal to b is `ends(a, b)`:
    a since torch 2.12. So many are replaced, the first of them at this place."""
    low, high = float32(0.99999), 1.0
    words = mt19937(seed)
    numbers = array.array("f", [(next(words) & 0xFFFFFF) * 2**-24 * (high - low) + low for _ in range(200_000)])
    places = [i for i, x in enumerate(numbers) if x == high]
    expected = array.array("f", [ends(low, high) if x == high else x for x in numbers])

    def judge(answer):
        ours = kinds.values_of(answer)
        require(places[0] == first and len(places) == replaced, f"{len(places)} at b, the first at {places[0]}")
        wrong = [i for i, (x, y) in enumerate(zip(ours, expected)) if x != y]
        require(not wrong and len(ours) == len(expected), f"{len(wrong)} differ, the first at {wrong[:1]}")

    request = {"scheme": "uniform", "shape": [200_000], "a": 0.99999, "b": 1, "seed": str(seed), "generator": "torch"}
    return Law(name, [call("initialize", request)], judge, lambda answer: [kinds.with_first(answer, lambda x: x + 1e-5)])


def negative_zeros(name):
    """uniform_(-0.0, 0.0) gives its upper bound, +0, which becomes the lower."""
    ask = initialize(name, "xavier_uniform", [4, 5], gain=0, generator="torch")

    def judge(answer):
        ours = kinds.values_of(answer)
        require(all(x == 0 and math.copysign(1, x) < 0 for x in ours), f"{list(ours[:3])}")

    return Law(name, [ask], judge, lambda answer: [kinds.with_first(answer, lambda _: 0.0)])


def axes():
    for shape, given, std in (
        ([2, 3], {"in_axis": [0], "out_axis": []}, 0.4082),
        ([2], {"in_axis": [], "out_axis": [0]}, 1.0),
    ):
        fans = jax_fans(shape, **as_lists(given))
        name = f"4: std {std} of JAX with {given}"
        assert round(fans[0] ** -0.5, 4) == std
        yield has_std(name, shape, (1, "fan_in", "untruncated_normal"), given, fans)
    for shape, inputs, outputs, in_jax, in_keras in (
        ([3, 3, 16, 32], [2], [3], 144, 16),
        ([512, 8, 64], [0], [2], 4096, 512),
        ([2, 3], [0], [], 6, 2),
    ):
        rule = (1, "fan_in", "truncated_normal")
        given = {"in_axis": inputs, "out_axis": outputs}
        assert jax_fans(shape, inputs, outputs)[0] == in_jax and keras_fans(shape, inputs, outputs)[0] == in_keras
        yield has_std(f"5: {shape} {inputs} {outputs} in JAX", shape, rule, given, (in_jax, 1))
        given = keras_axes(shape, inputs, outputs)
        yield has_std(f"5: {shape} {inputs} {outputs} in Keras", shape, rule, given, (in_keras, 1))


#: Row and column of cells of the map, of 100 by 100: from q = 1 the length map comes to another fixed point.
CELLS = {
    "gelu": [(0, 54), (6, 57), (18, 52)],
    "silu": [(0, 62), (9, 67), (31, 63)],
    "mish": [(0, 53), (5, 52), (11, 52)],
}
ELSEWHERE = [(0, 20), (3, 84), (90, 30)]


def map_agrees(name, activation, cells, start):
    """Cells of the phase map have chi_1 where the length map goes from `start(sigma_w2, sigma_b2)`; the
    map begins, as a network does, at q_1 = sigma_w2 + sigma_b2. Within 1e-3, for it stops earlier."""
    sides = {"activation": activation, "sigma_w2": 2.5, "sigma_b2": 0.0015, "most_sigma_w2": 4, "most_sigma_b2": 0.3}

    def judge(answer):
        chi1 = kinds.values_of(answer)[0]["result"]["map"]["chi1"]
        require(len(chi1) == 100 * 100, f"{len(chi1)} cells")
        for row, column in cells:
            sigma_w2, sigma_b2 = (column + 0.5) / 100 * 4, (row + 0.5) / 100 * 0.3
            expected = fixed_point(activation, sigma_w2, sigma_b2, start(sigma_w2, sigma_b2))[1]
            found = chi1[row * 100 + column]
            require(abs(found / expected - 1) < 1e-3, f"cell {row}, {column}: chi_1 {found:.5f}, not {expected:.5f}")

    def spoil(answer):
        cells = [1.05 * x for x in answer.value[0]["result"]["map"]["chi1"]]
        return [Answer(value=[{"result": {"map": {"chi1": cells}}}])]

    return Law(name, [call("phase", sides)], judge, spoil)


def as_networks_start(sigma_w2, sigma_b2):
    return sigma_w2 + sigma_b2


def is_chaotic(name):
    """The state of the same answer: q grows without bound, where SiLU is half of relu."""
    sides = {"activation": "silu", "sigma_w2": 2.5, "sigma_b2": 0.0015, "most_sigma_w2": 4, "most_sigma_b2": 0.3}

    def judge(answer):
        state = kinds.values_of(answer)[0]["result"]["theory"]["state"]
        require(state["fate"] == "explodes" and state["phase"] == "chaotic", f"{state}")
        require(abs(state["chi1"] - 1.25) < 1e-9, f"chi_1 is {state['chi1']}")

    ordered = [{"result": {"theory": {"state": {"fate": "settles", "phase": "ordered"}}}}]
    return Law(name, [call("phase", sides)], judge, lambda _: [Answer(value=ordered)])


def on_purpose():
    """What a peer takes and we refuse, as docs/initializers.md says."""
    for window in ("tukey", list(range(1, 257))):
        name = f"7: STFT's window {'of numbers' if isinstance(window, list) else window}"
        ask = initialize_keras(name, "stft", [256, 1, 513], window=window)
        yield kinds.is_refused(name, ask, "window", says="hann, hamming, none")
    name = "7: Constant of an array"
    yield kinds.is_refused(name, initialize(name, "constant", [3, 3], val=[0.5] * 9), "val")


def has_parameters(name, layer, args, shapes):
    """A pasted call of a constructor of PyTorch draws these."""

    def judge(answer):
        ours = {each["name"]: each["shape"] for each in kinds.values_of(answer)}
        require(ours == shapes, f"{ours}")

    ask = call("initializeLayer", {"layer": layer, "args": args})
    return Law(name, [ask], judge, lambda answer: [kinds.replace(answer, value=answer.value[:-1])])


def layers():
    for layer, args, shapes in (
        ("LayerNorm", {"normalized_shape": [4], "bias": False}, {"weight": [4]}),
        (
            "Conv2d",
            {"in_channels": 3, "out_channels": 64, "kernel_size": 7, "stride": 2, "padding": 3},
            {"weight": [64, 3, 7, 7], "bias": [64]},
        ),
        (
            "BatchNorm2d",
            {"num_features": 8, "eps": 1e-3, "momentum": 0.2, "device": "cpu"},
            {"weight": [8], "bias": [8]},
        ),
    ):
        yield has_parameters(f"8: {layer} of {args}", layer, args, shapes)
    ask = call("initializeLayer", {"layer": "Conv2d", "args": {"strides": 2}})
    yield kinds.is_refused("8: an argument that Conv2d does not have", ask, "args.strides")


def forget_gate(name):
    def judge(answer):
        bias = next(each for each in kinds.values_of(answer) if each["name"] == "bias")
        require(bias["overwritten"] == {"first": 3, "count": 3, "value": 1}, f"{bias['overwritten']}")
        require(list(bias["values"]) == [0] * 3 + [1] * 3 + [0] * 6, f"{list(bias['values'])}")

    def spoil(answer):
        return [kinds.replace(answer, value=[{**each, "overwritten": None} for each in answer.value])]

    given = {"framework": "keras", "layer": "LSTM", "args": {"input_dim": 2, "units": 3}}
    return Law(name, [call("initializeLayer", given)], judge, spoil)


def small():
    drawn = {"scheme": "normal", "shape": [20], "generator": "torch"}
    asks = [call("initialize", {**drawn, "seed": seed}) for seed in ("-1", str(2**64 - 1))]
    yield kinds.agree("9: seed -1 is 2^64 - 1", *asks)
    yield kinds.is_number("9: a slope of null", call("calculateGain", "leaky_relu", None), 1.4141428569978354)
    drawn = {"scheme": "kaiming_normal", "shape": [4, 5]}
    asks = [call("initialize", each) for each in ({**drawn, "mode": None}, drawn)]
    yield kinds.agree("9: a mode of null", *asks)
    yield forget_gate("9: the forget gate's ones are told")
    name = "9: channels that groups do not divide"
    ask = call("initializeLayer", {"layer": "GroupNorm", "args": {"num_groups": 3, "num_channels": 8}})
    yield kinds.is_refused(name, ask, "args.num_channels", says="8 is not divisible by num_groups = 3")


def suite():
    laws = [
        *attention(),
        adams_first_step("2: Adam's first step is not 6.4e-6 too long", 0.001),
        upper_bound("3: uniform_ never gives b", lambda low, _: low, 1, 613, 54),
        negative_zeros("3: xavier_uniform_ of gain 0"),
        *axes(),
        is_chaotic("6: SiLU at (2.5, 0.0015) is chaotic, chi_1 = 1.25"),
        *[map_agrees(f"6: the map of {each}", each, cells + ELSEWHERE, as_networks_start)
          for each, cells in CELLS.items()],
        *on_purpose(),
        *layers(),
        *small(),
    ]
    controls = [
        adams_first_step("control 2: 1 - b2 from float32's 0.999", 1 - float32(0.999)),
        upper_bound("control 3: torch before 2.12", lambda _, high: high, 1, 613, 54),
        has_std("control 4: default axes for []", [2, 3], (1, "fan_in", "untruncated_normal"),
                {"in_axis": [0], "out_axis": []}, (2, 3)),
        *[map_agrees(f"control 6: {each} at {cell} from q = 1", each, [cell], lambda *_: 1.0)
          for each, cells in CELLS.items() for cell in cells],
    ]
    return Suite("Findings of the comparison", laws, controls)
