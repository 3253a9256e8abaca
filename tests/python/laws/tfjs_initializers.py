"""The laws of TensorFlow.js's initializers_test.ts. Left out: names in upper case, memory, config and the
loading of models.

Its HeNormal and LeCunNormal lie within two std of the law, as in Keras 2; ours are Keras 3's, whose std is
that of the law after it is cut, so that a known share lies beyond.
"""

import math

import kinds
from chance import STANDARD_ERRORS
from keras_classes import CUT
from law import Law, Suite, require
from package import call, initialize_keras

SMALL = [7, 2]


def constants():
    for shape in ([3], [2, 2]):
        for scheme, given, value in (("zeros", {}, 0), ("ones", {}, 1), ("constant", {"val": 5}, 5)):
            name = f"{scheme} of {shape}"
            yield kinds.equals(name, initialize_keras(name, scheme, shape, **given), [value] * math.prod(shape))
    name = "identity with gain 5"
    yield kinds.equals(name, initialize_keras(name, "identity", [2, 2], gain=5), [5, 0, 0, 5])
    yield kinds.is_refused("identity of 1D", initialize_keras("", "identity", [4], gain=5), "shape")
    yield kinds.is_refused("an unknown id", initialize_keras("", "invalid_initializer_id", [4]), "scheme")


def ranges():
    """200 seeds, as far as each initializer says how far its numbers go."""
    sure = 1 + 1e-6  # float32 may round a bound away from zero
    he, lecun = math.sqrt(6 / 7), math.sqrt(3 / 7)
    for scheme, shape, given, low, high in (
        ("random_uniform", SMALL, {}, -0.05, 0.05),
        ("random_uniform", SMALL, {"minval": 17, "maxval": 47}, 17, 47),
        ("he_uniform", SMALL, {}, -he * sure, he * sure),
        ("lecun_uniform", SMALL, {}, -lecun * sure, lecun * sure),
        ("truncated_normal", SMALL, {}, -0.1 * sure, 0.1 * sure),
        ("truncated_normal", SMALL, {"mean": 1.0, "stddev": 0.5}, 0.0, 2.0 * sure),
        *[
            ("glorot_uniform", shape, {}, -math.sqrt(3 / math.sqrt(shape[0])), math.sqrt(3 / math.sqrt(shape[0])))
            for shape in ([3], [30], [2, 2], [20, 20])
        ],
    ):
        yield many_lie_within(f"{scheme} of {shape}, {given}", scheme, shape, given, low, high)


def many_lie_within(name, scheme, shape, given, low, high):
    asks = [initialize_keras("", scheme, shape, **given, seed=str(seed)) for seed in range(200)]
    one = kinds.lies_within(name, asks[0], low, high)

    def judge(*answers):
        for answer in answers:
            one.judge(answer)

    return Law(name, asks, judge, lambda *answers: [*one.spoil(answers[0]), *answers[1:]])


def share_beyond(name, ask, bound, share):
    """This share of the values lies beyond the bound, within 5.5 standard errors (chance 4e-8)."""

    def judge(answer):
        ours = kinds.values_of(answer)
        found = sum(abs(x) > bound for x in ours) / len(ours)
        error = STANDARD_ERRORS * math.sqrt(share * (1 - share) / len(ours))
        require(abs(found - share) <= error, f"{found:.4f} lies beyond {bound:.4f}, not {share:.4f}")

    return Law(name, [ask], judge, lambda answer: [kinds.scaled_by(answer, 1.05)])


def cut_laws():
    inside = math.erf(2 / math.sqrt(2))
    share = (inside - math.erf(2 * CUT / math.sqrt(2))) / inside
    for scheme, variance in (("he_normal", 2), ("lecun_normal", 1)):
        ask = initialize_keras(scheme, scheme, [70, 300])
        yield share_beyond(f"{scheme} beyond two std: {share:.5f}", ask, 2 * math.sqrt(variance / 70), share)


def median_variance_falls(name, few, many):
    """Glorot's variance falls with the fans: medians of four."""
    asks = [initialize_keras("", "glorot_normal", shape, seed=str(seed)) for shape in (few, many) for seed in range(4)]

    def variance(answer):
        ours = kinds.values_of(answer)
        mean = sum(ours) / len(ours)
        return sum((x - mean) ** 2 for x in ours) / len(ours)

    def judge(*answers):
        of_few, of_many = (sorted(map(variance, part)) for part in (answers[:4], answers[4:]))
        require(sum(of_many[1:3]) < sum(of_few[1:3]), "the variance does not fall")

    return Law(name, asks, judge, lambda *answers: [*answers[4:], *answers[:4]])


def choices():
    """Modes and distributions that are valid, null (the default) among them, and that are not."""
    for field, valid in (
        ("mode", ("fan_in", "fan_out", "fan_avg", None)),
        ("distribution", ("uniform", "truncated_normal", None)),
    ):
        standard = {"mode": "fan_in", "distribution": "truncated_normal"}[field]
        for value in valid:
            meant = standard if value is None else value
            given = {"shape": [4, 5], "layout": "keras", "scheme": "variance_scaling"}
            yield kinds.agree(
                f"{field} {value}",
                call("initialize", {**given, field: value}),
                call("initialize", {**given, field: meant}),
            )
        # "normal" is truncated in TensorFlow.js and Keras, and not in JAX: we take neither's name.
        for value in ("foo", "bad", *(["normal"] if field == "distribution" else [])):
            ask = initialize_keras("", "variance_scaling", [4, 5], **{field: value})
            yield kinds.is_refused(f"{field} {value}", ask, field, says=value)
            yield kinds.is_refused(f"{field} {value}, and what is valid", ask, field, says=valid[0])


def orthogonal():
    for shape, gain in (([2, 2], 1), ([1, 1], 3), ([4, 2], 1), ([2, 4], 1), ([64, 64], 1)):
        name = f"orthogonal of {shape}, gain {gain}"
        yield kinds.is_orthogonal(name, initialize_keras(name, "orthogonal", shape, gain=gain), gain)


def controls():
    for scheme, variance in (("he_normal", 2), ("lecun_normal", 1)):
        name = f"control: {scheme} within two std, as in Keras 2"
        bound = 2 * math.sqrt(variance / 7)
        yield many_lie_within(name, scheme, SMALL, {}, -bound, bound)
    name = "control: HeUniform in LeCun's bounds"
    yield many_lie_within(name, "he_uniform", SMALL, {}, -math.sqrt(3 / 7), math.sqrt(3 / 7))
    yield median_variance_falls("control: the variance falls with less", [30, 50], [5, 6])


def suite():
    falls = [
        median_variance_falls("GlorotNormal of 1D", [30], [1200]),
        median_variance_falls("GlorotNormal of 2D", [5, 6], [30, 50]),
    ]
    laws = [*constants(), *ranges(), *cut_laws(), *falls, *choices(), *orthogonal()]
    return Suite("TensorFlow.js's initializers", laws, list(controls()))
