"""The laws of PyTorch's test/nn/test_init.py, by both generators.

Its samples' sizes are ours: as many as show a std that is off by 5 %. Its bounds are of chance 1e-4, ours
of 2e-7 (chance.py). Left out: aliases without an underscore, and tensors of other types than float32.
"""

import math
import random

import kinds
from chance import Normal, Truncated, Uniform
from law import Law, Suite, require
from package import call, initialize
from peer_fans import mean_fan, torch_fans

GENERATORS = ("torch", "initscope")
#: Of one, two and four dimensions, about 20,000 elements each.
SHAPES = ([20000], [130, 150], [12, 14, 10, 11])
WEIGHTS = SHAPES[1:]
GAINS = [
    *[(name, 1.0) for name in ("linear", "conv1d", "conv2d", "conv3d", "sigmoid")],
    *[(f"conv_transpose{extent}d", 1.0) for extent in (1, 2, 3)],
    ("tanh", 5 / 3),
    ("relu", math.sqrt(2)),
    ("leaky_relu", 1.4141428569978354),
    ("selu", 0.75),
]
SLOPES = [(None, 1.4141428569978354), (0, math.sqrt(2)), (0.01, 1.4141428569978354), (10, 0.14071950894605836)]


def gains():
    for name, gain in GAINS:
        yield kinds.is_number(f"gain of {name}", call("calculateGain", name), gain)
    for slope, gain in SLOPES:
        yield kinds.is_number(f"gain of slope {slope}", call("calculateGain", "leaky_relu", slope), gain)
    for slope in (True, [1], {"a": "b"}):
        yield kinds.is_refused(f"slope {slope}", call("calculateGain", "leaky_relu", slope), "parameter")
    for name in ("zu", "qwxyz", "abcdefghijklmnopqrstuvwxy"):
        yield kinds.is_refused(f"gain of {name}", call("calculateGain", name), "nonlinearity")


def simple_laws(generator, dice):
    for shape in SHAPES:
        where = f"{len(shape)} dimensions, {generator}"
        a = dice.uniform(-3, 3)
        b = a + dice.uniform(1, 5)
        name = f"uniform_ of {where}"
        ask = initialize(name, "uniform", shape, a=a, b=b, generator=generator)
        yield kinds.follows(name, ask, Uniform(a, b))
        mean, std = dice.uniform(-3, 3), dice.uniform(1, 5)
        name = f"normal_ of {where}"
        ask = initialize(name, "normal", shape, mean=mean, std=std, generator=generator)
        yield kinds.follows(name, ask, Normal(mean, std))


def truncated(name, generator, shape, mean, std, a, b):
    ask = initialize(name, "trunc_normal", shape, mean=mean, std=std, a=a, b=b, generator=generator)
    return kinds.follows(name, ask, Truncated(mean, std, a, b))


def has_many_values(name, ask, least):
    """So many different values, so that the sampler is not a coarse grid."""

    def judge(answer):
        count = len(set(kinds.values_of(answer)))
        require(count > least, f"only {count} different values")

    return Law(name, [ask], judge, lambda answer: [kinds.replace(answer, value=answer.value[:least])])


def truncated_laws(generator, dice):
    for shape in SHAPES:
        mean, std = dice.uniform(-3, 3), dice.uniform(0.01, 1)
        a, b = dice.uniform(mean - 2 * std, mean), dice.uniform(mean, mean + 2 * std)
        yield truncated(f"trunc_normal_ of {len(shape)} dimensions, {generator}", generator, shape, mean, std, a, b)
    yield truncated(f"trunc_normal_ far from the mean, {generator}", generator, [20000], 0, 1, 2, 3)
    name = f"trunc_normal_ has many values, {generator}"
    yield has_many_values(name, initialize(name, "trunc_normal", [10000], generator=generator), 5000)
    # At 20 std no value comes near the bounds: one there would have been moved.
    name = f"trunc_normal_ moves nothing to its bounds, {generator}"
    yield kinds.follows(
        name, initialize(name, "trunc_normal", [20000], std=0.1, generator=generator), Normal(0, 0.1)
    )


def constants():
    for scheme, more, value in (("constant", {"val": 7.3}, 7.3), ("ones", {}, 1), ("zeros", {}, 0)):
        for shape in ([5], [3, 4], [2, 3, 1, 4]):
            name = f"{scheme}_ of {len(shape)} dimensions"
            yield kinds.equals(name, initialize(name, scheme, shape, **more), [value] * math.prod(shape))
    for shape in ([4, 4], [2, 5], [5, 2], [1, 3]):
        name = f"eye_ of {shape}"
        expected = [float(i == j) for i in range(shape[0]) for j in range(shape[1])]
        yield kinds.equals(name, initialize(name, "eye", shape), expected)


def dirac_tensor(shape, groups):
    """A one in the center of the kernel from input d to output d of each group, while both exist."""
    outputs, inputs, kernel = shape[0] // groups, shape[1], shape[2:]
    values = [0.0] * math.prod(shape)
    center = 0
    for extent in kernel:
        center = center * extent + extent // 2
    for group in range(groups):
        for d in range(min(outputs, inputs)):
            values[((group * outputs + d) * inputs + d) * math.prod(kernel) + center] = 1.0
    return values


def keeps_the_signal(name, ask, groups):
    """A valid convolution by the kernel [out, in, taps] gives each input at its group's outputs, and
    zeros at those that are left."""
    outputs, inputs, taps = ask["arguments"][0]["shape"]

    def judge(answer):
        kernel = kinds.values_of(answer)
        signal = [[(3 * i + 5 * t) % 7 - 3.5 for t in range(9)] for i in range(inputs)]
        for o in range(outputs):
            given = o % (outputs // groups)
            for t in range(9 - taps + 1):
                total = sum(
                    kernel[(o * inputs + i) * taps + k] * signal[i][t + k] for i in range(inputs) for k in range(taps)
                )
                expected = signal[given][t + taps // 2] if given < inputs else 0.0
                require(total == expected, f"output {o} is {total} at {t}, not {expected}")

    return Law(name, [ask], judge, lambda answer: [kinds.with_first(answer, lambda x: x + 1)])


def dirac_laws(dice):
    for dimensions in (3, 4, 5):
        for groups in (1, 2, 3):
            sides = [dice.randint(1, 5) for _ in range(3)]
            shape = [dice.randint(1, 5) * groups, dice.randint(1, 5 * groups), *sides][:dimensions]
            name = f"dirac_ of {shape} in {groups} groups"
            ask = initialize(name, "dirac", shape, groups=groups)
            yield kinds.equals(name, ask, dirac_tensor(shape, groups))
    for groups in (1, 3):
        name = f"convolution by dirac_ in {groups} groups"
        yield keeps_the_signal(name, initialize(name, "dirac", [9, 3, 3], groups=groups), groups)


def xavier(name, generator, shape, gain, fans, /, **more):
    """Uniform and normal: std = gain sqrt(2 / (fan_in + fan_out))."""
    std = gain * math.sqrt(1 / mean_fan("fan_avg", fans))
    for scheme, law in (("xavier_uniform", Uniform(-std * math.sqrt(3), std * math.sqrt(3))),
                        ("xavier_normal", Normal(0, std))):
        title = f"{scheme}_ {name}, {generator}"
        yield kinds.follows(title, initialize(title, scheme, shape, generator=generator, **more), law)


def kaiming(name, generator, shape, mode, slope, fans, **more):
    """Uniform and normal: std = sqrt(2 / ((1 + a^2) fan))."""
    std = math.sqrt(2 / ((1 + slope**2) * mean_fan(mode, fans)))
    for scheme, law in (("kaiming_uniform", Uniform(-std * math.sqrt(3), std * math.sqrt(3))),
                        ("kaiming_normal", Normal(0, std))):
        title = f"{scheme}_ {name}, {mode}, {generator}"
        ask = initialize(title, scheme, shape, mode=mode, generator=generator, **more)
        yield kinds.follows(title, ask, law)


def fan_laws(generator, dice):
    for shape in WEIGHTS:
        fans, rank = torch_fans(shape), f"of {len(shape)} dimensions"
        gain = dice.uniform(0.1, 2)
        yield from xavier(f"{rank}, gain {gain:.3f}", generator, shape, gain, fans, gain=gain)
        yield from xavier(rank, generator, shape, 1, fans)
        for mode in ("fan_in", "fan_out"):
            slope = dice.uniform(0.1, 2)
            yield from kaiming(f"{rank}, a {slope:.3f}", generator, shape, mode, slope, fans, a=slope)
            yield from kaiming(rank, generator, shape, mode, 0, fans)


def is_sparse(name, ask, sparsity, std):
    """Each column has ceil(sparsity rows) zeros, and the rest is normal."""
    rows, columns = ask["arguments"][0]["shape"]

    def judge(answer):
        ours = kinds.values_of(answer)
        for column in range(columns):
            zeros = sum(x == 0 for x in ours[column::columns])
            require(zeros == math.ceil(sparsity * rows), f"column {column} has {zeros} zeros")
        kinds.require_law([x for x in ours if x != 0], Normal(0, std))

    return Law(name, [ask], judge, lambda answer: [kinds.scaled_by(answer, 1.05)])


def structured_laws(generator, dice):
    for std in (0.01, dice.uniform(0.01, 0.2)):
        sparsity = dice.uniform(0.1, 0.2)
        name = f"sparse_ of std {std:.3f}, {generator}"
        more = {} if std == 0.01 else {"std": std}
        ask = initialize(name, "sparse", [130, 160], sparsity=sparsity, generator=generator, **more)
        yield is_sparse(name, ask, sparsity, std)
    for shape in ([3, 4], [4, 3], [20, 2, 3, 4], [2, 3, 4, 5]):
        for gain in (1.0, dice.uniform(0.1, 2)):
            name = f"orthogonal_ of {shape}, gain {gain:.3f}, {generator}"
            ask = initialize(name, "orthogonal", shape, gain=gain, generator=generator)
            yield kinds.is_orthogonal(name, ask, gain)


def refusals():
    ranks = {
        "eye": (1, 3),
        "dirac": (1, 2, 6),
        "sparse": (1, 3),
        **{scheme: (0, 1) for scheme in ("xavier_uniform", "xavier_normal", "kaiming_uniform", "kaiming_normal")},
    }
    for scheme, refused in ranks.items():
        for rank in refused:
            name = f"{scheme}_ of {rank} dimensions"
            yield kinds.is_refused(name, initialize(name, scheme, [2] * rank), "shape")
    for scheme in ("kaiming_uniform", "kaiming_normal"):
        name = f"{scheme}_ of no elements"
        yield kinds.warns(name, initialize(name, scheme, [0, 1]), "no-op")


def same_state(name):
    """Five numbers by a generator of one's own are those after manual_seed of the same seed."""
    tensor = {"scheme": "trunc_normal", "shape": [5]}
    alone = call("initialize", {**tensor, "seed": "42", "generator": "torch"})
    sequence = call("initializeSequence", {"tensors": [tensor], "seed": "42"})

    def judge(one, many):
        require(kinds.values_of(one) == kinds.values_of(many)[0], "the values differ")

    return Law(name, [alone, sequence], judge, lambda one, many: [kinds.with_first(one, lambda x: x + 1), many])


def controls():
    """Laws that are not torch's: those of Keras's layout, of a gain forgotten, of a std of 5 % more."""
    shape = WEIGHTS[1]
    yield from xavier("control: fans of the last axes", "torch", shape, 1, (shape[-2], shape[-1]))
    yield from kaiming("control: a forgotten", "torch", shape, "fan_in", 0, torch_fans(shape), a=0.5)
    name = "control: bounds as multiples of std"
    ask = initialize(name, "trunc_normal", [20000], mean=1, std=0.5, generator="torch")
    yield kinds.follows(name, ask, Truncated(1, 0.5, 0, 2))
    for law, scheme in ((Normal(0, 1.05), "normal"), (Uniform(0, 1.02), "uniform")):
        name = f"control: {scheme}_ too wide"
        yield kinds.follows(name, initialize(name, scheme, [20000], generator="torch"), law)
    name = "control: dirac_ without groups"
    yield kinds.equals(name, initialize(name, "dirac", [6, 2, 3], groups=3), dirac_tensor([6, 2, 3], 1))


def suite():
    dice = random.Random(123)
    laws = [*gains(), *constants(), *dirac_laws(dice), *refusals()]
    for generator in GENERATORS:
        for part in (simple_laws, truncated_laws, fan_laws, structured_laws):
            laws += part(generator, dice)
    laws.append(same_state("trunc_normal_ by a generator"))
    return Suite("PyTorch's test_init", laws, list(controls()))
