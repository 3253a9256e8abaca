"""Expectations over a standard normal z, and the mean-field length map, by quadrature of our own."""

import math

#: The trapezoidal rule on smooth functions: the error falls faster than any power of the step.
STEP = 1 / 32
NODES = [(STEP * i, STEP * math.exp(-0.5 * (STEP * i) ** 2) / math.sqrt(2 * math.pi)) for i in range(-320, 321)]


def logistic(x):
    return 1 / (1 + math.exp(-x)) if x >= 0 else math.exp(x) / (1 + math.exp(x))


def softplus(x):
    return max(x, 0.0) + math.log1p(math.exp(-abs(x)))


def normal_below(x):
    return 0.5 * math.erfc(-x / math.sqrt(2))


def normal_density(x):
    return math.exp(-0.5 * x * x) / math.sqrt(2 * math.pi)


def mish_slope(x):
    t = math.tanh(softplus(x))
    return t + x * (1 - t * t) * logistic(x)


#: phi and phi' of the smooth activations.
ACTIVATIONS = {
    "tanh": (math.tanh, lambda x: 1 - math.tanh(x) ** 2),
    "sigmoid": (logistic, lambda x: logistic(x) * (1 - logistic(x))),
    "sin": (math.sin, math.cos),
    "erf": (math.erf, lambda x: 2 / math.sqrt(math.pi) * math.exp(-x * x)),
    "gelu": (lambda x: x * normal_below(x), lambda x: normal_below(x) + x * normal_density(x)),
    "silu": (lambda x: x * logistic(x), lambda x: logistic(x) * (1 + x * (1 - logistic(x)))),
    "softplus": (softplus, logistic),
    "mish": (lambda x: x * math.tanh(softplus(x)), mish_slope),
}


def mean_square(function, q):
    """E f(sqrt(q) z)^2."""
    root = math.sqrt(q)
    return sum(weight * function(root * z) ** 2 for z, weight in NODES)


def fixed_point(activation, sigma_w2, sigma_b2, q):
    """Where the length map goes from q, and chi_1 there; infinity where q grows beyond 1e6, since phi' is
    then the same almost everywhere on each side of 0."""
    phi, slope = ACTIVATIONS[activation]
    for _ in range(2000):
        after = sigma_w2 * mean_square(phi, q) + sigma_b2
        if after > 1e6:
            return math.inf, sigma_w2 * (slope(-1e6) ** 2 + slope(1e6) ** 2) / 2
        if abs(after - q) < 1e-13 * q:
            break
        q = after
    return q, sigma_w2 * mean_square(slope, q)
