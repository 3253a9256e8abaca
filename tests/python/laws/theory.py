"""Numbers of mean-field theory that others published, and the same expectations by quadrature of our own.

Roberts, Yaida and Hanin (The Principles of Deep Learning Theory) for GELU's and SWISH's half-stable points;
a common copy has C_b = 0.05514 for SWISH, a misprint. Schoenholz et al. for tanh. The phase diagram of
neural-tangents is that of erf, whose kernels are arcsines (Williams 1997).
"""

import math

import kinds
from gaussian import ACTIVATIONS, mean_square
from law import Law, Suite, require
from package import Answer, call

#: sigma_w^2, sigma_b^2 and q* where chi_1 = 1 and chi_q = 1, to the digits printed.
HALF_STABLE = {
    "gelu": (1.9830583, 0.1729224, 3.5615528),
    "silu": (1.9880047, 0.5551432, 14.3201736),
}
#: sigma_w^2 of criticality without biases, where q* is 0.
AT_ZERO = {
    "linear": 1,
    "tanh": 1,
    "sin": 1,
    "relu": 2,
    "leaky_relu": 2 / (1 + 0.01**2),
    "gelu": 4,
    "silu": 4,
    "erf": math.pi / 4,
}


def advice_is(name, activation, expected, tolerance, sigma_b2=0.05):
    """Numbers of the theory's advice, by their paths in it, to within a relative tolerance."""

    def value_at(advice, path):
        for key in path.split("."):
            advice = advice[key]
        return advice

    def judge(answer):
        advice = kinds.values_of(answer)[0]["result"]["theory"]["advice"]
        for path, number in expected.items():
            found = value_at(advice, path)
            require(abs(found / number - 1) <= tolerance, f"{path} is {found}, not {number}")

    def scaled(value):
        return {key: scaled(each) for key, each in value.items()} if isinstance(value, dict) else 1.001 * value

    def spoil(answer):
        advice = answer.value[0]["result"]["theory"]["advice"]
        return [Answer(value=[{"result": {"theory": {"advice": scaled(advice)}}}])]

    request = {"activation": activation, "sigma_w2": 1.5, "sigma_b2": sigma_b2}
    return Law(name, [call("phase", request)], judge, spoil)


def half_stable(name, activation, sigma_w2, sigma_b2, q):
    expected = {"halfStable.sigmaW2": sigma_w2, "halfStable.sigmaB2": sigma_b2, "halfStableQ": q}
    return advice_is(name, activation, expected, 2e-7)


def arcsine(covariance, q):
    """E erf(u) erf(v) of normal u and v of variance q."""
    return 2 / math.pi * math.asin(2 * covariance / (1 + 2 * q))


def erf_state(sigma_w2, sigma_b2):
    """q*, chi_1 there, and the correlation c* to which that of two inputs tends."""
    q, c = sigma_w2 + sigma_b2, 0.5
    for _ in range(20_000):
        q = sigma_w2 * arcsine(q, q) + sigma_b2
    for _ in range(20_000):
        c = (sigma_w2 * arcsine(q * c, q) + sigma_b2) / q
    return {"q": q, "chi1": sigma_w2 * 4 / math.pi / math.sqrt(1 + 4 * q), "correlation": c}


def is_state(name, sigma_w2, sigma_b2, expected):
    phase = "chaotic" if expected["chi1"] > 1 else "ordered"

    def judge(answer):
        state = kinds.values_of(answer)[0]["result"]["theory"]["state"]
        for key, number in expected.items():
            require(abs(state[key] / number - 1) <= 1e-9, f"{key} is {state[key]}, not {number}")
        require(state["phase"] == phase, f"the phase is {state['phase']}")

    def spoil(answer):
        state = answer.value[0]["result"]["theory"]["state"]
        return [Answer(value=[{"result": {"theory": {"state": {**state, "correlation": 0.99 * state["correlation"]}}}}])]

    request = {"activation": "erf", "sigma_w2": sigma_w2, "sigma_b2": sigma_b2}
    return Law(name, [call("phase", request)], judge, spoil)


def phase_diagram():
    for sigma_w2 in (0.3, 0.7, 1.3, 2.1, 3.9):
        for sigma_b2 in (0.01, 0.1, 0.37, 0.8):
            name = f"erf at ({sigma_w2}, {sigma_b2})"
            yield is_state(name, sigma_w2, sigma_b2, erf_state(sigma_w2, sigma_b2))


def suite():
    laws = [half_stable(f"half-stable point of {each}", each, *point) for each, point in HALF_STABLE.items()]
    root = {"halfStableQ": (3 + math.sqrt(17)) / 2}
    laws.append(advice_is("q* of gelu is (3 + sqrt 17) / 2", "gelu", root, 1e-12))
    laws.append(advice_is("tanh at sigma_b^2 = 0.05: 1.76", "tanh", {"critical.sigmaW2": 1.7609546}, 3e-8))
    for each, sigma_w2 in AT_ZERO.items():
        name = f"{each} without biases is critical at {sigma_w2:.8g}"
        laws.append(advice_is(name, each, {"withoutBias.sigmaW2": sigma_w2}, 1e-10, sigma_b2=0))
    for each, (phi, slope) in ACTIVATIONS.items():
        expected = {
            "unitVarianceGain": mean_square(phi, 1) ** -0.5,
            "slopeAtUnit": mean_square(slope, 1),
        }
        laws.append(advice_is(f"unit gain and slope of {each}", each, expected, 1e-9))
    laws += phase_diagram()
    w, b, q = HALF_STABLE["silu"]
    controls = [
        half_stable("control: the misprint of SWISH's C_b", "silu", w, b / 10, q),
        advice_is("control: tanh as relu", "tanh", {"withoutBias.sigmaW2": 2}, 1e-10, sigma_b2=0),
        is_state("control: erf at another sigma_b^2", 2.1, 0.1, erf_state(2.1, 0.1001)),
    ]
    return Suite("Mean-field theory", laws, controls)
