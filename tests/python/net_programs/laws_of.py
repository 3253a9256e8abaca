"""What initializers draw, as a mean and a variance: the stubs of Keras and Flax hand these on instead of numbers."""

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Law:
    mean: float
    variance: float

    def __add__(self, number):
        return Law(self.mean + number, self.variance)

    __radd__ = __add__

    def __mul__(self, number):
        return Law(self.mean * number, self.variance * number**2)

    __rmul__ = __mul__


def constant(value):
    return Law(float(value), 0.0)


def uniform(low, high):
    return Law((low + high) / 2, (high - low) ** 2 / 12)


def normal(mean, std):
    return Law(float(mean), float(std) ** 2)


def truncated_normal(low, high):
    """N(0, 1) between two bounds."""
    density = lambda z: math.exp(-z * z / 2) / math.sqrt(2 * math.pi)
    below = lambda z: math.erfc(-z / math.sqrt(2)) / 2
    share = below(high) - below(low)
    mean = (density(low) - density(high)) / share
    second = 1 + (low * density(low) - high * density(high)) / share
    return Law(mean, second - mean**2)


def variance_scaling(scale, mode, shape):
    """Of every distribution that it has: they are scaled to have this variance."""
    inputs, outputs = shape
    fan = {"fan_in": inputs, "fan_out": outputs, "fan_avg": (inputs + outputs) / 2,
           "fan_geo_avg": math.sqrt(inputs * outputs)}[mode]
    return Law(0.0, scale / max(1.0, fan))


def orthogonal(gain, shape):
    return Law(0.0, gain**2 / max(shape))


def identity(gain, shape):
    share = 1 / max(shape)
    return Law(gain * share, gain**2 * share * (1 - share))
