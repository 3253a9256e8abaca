"""Laws of random numbers, and whether a sample follows one. Nothing but `math` is needed.

Seeds are fixed, so a test gives the same every time. For a fresh seed a sample that follows its law
would fail by chance with less than 2e-7: 1e-7 by Dvoretzky, Kiefer and Wolfowitz's bound on the
distance of distribution functions, 4e-8 each by mean and mean square, 5.5 standard errors.
"""

import array
import math
from dataclasses import dataclass

from law import require

DISTANCE_ALARM = 1e-7
STANDARD_ERRORS = 5.5
#: From this many values on, a std that is off by 5 % is seen: it is 8.6 standard errors of a normal one.
ENOUGH = 15000


@dataclass(frozen=True)
class Uniform:
    low: float
    high: float

    @property
    def mean(self):
        return (self.low + self.high) / 2

    @property
    def variance(self):
        return (self.high - self.low) ** 2 / 12

    kurtosis = 1.8

    def below(self, x):
        return min(max((x - self.low) / (self.high - self.low), 0.0), 1.0)


@dataclass(frozen=True)
class Normal:
    mean: float
    std: float
    low = -math.inf
    high = math.inf
    kurtosis = 3.0

    @property
    def variance(self):
        return self.std**2

    def below(self, x):
        return 0.5 * math.erfc((self.mean - x) / (self.std * math.sqrt(2)))


@dataclass(frozen=True)
class Truncated:
    """A normal law of this center and std, given that the number lies between low and high."""

    center: float
    std: float
    low: float
    high: float

    def _mass(self, x):
        return 0.5 * math.erfc((self.center - x) / (self.std * math.sqrt(2)))

    def _moment(self, power, about):
        """By Simpson's rule with 2000 intervals: a smooth function, exact to 1e-10."""
        count = 2000
        step = (self.high - self.low) / count
        points = [self.low + step * i for i in range(count + 1)]
        weights = [1 if i in (0, count) else 4 if i % 2 else 2 for i in range(count + 1)]
        density = [math.exp(-0.5 * ((x - self.center) / self.std) ** 2) for x in points]
        whole = sum(w * d for w, d in zip(weights, density))
        return sum(w * d * (x - about) ** power for w, d, x in zip(weights, density, points)) / whole

    @property
    def mean(self):
        return self._moment(1, 0)

    @property
    def variance(self):
        return self._moment(2, self.mean)

    @property
    def kurtosis(self):
        return self._moment(4, self.mean) / self.variance**2

    def below(self, x):
        least, most = self._mass(self.low), self._mass(self.high)
        return min(max((self._mass(x) - least) / (most - least), 0.0), 1.0)


def float32(x):
    """The nearest number that a tensor can hold."""
    return array.array("f", [x])[0]


def distance(values, law):
    """Kolmogorov and Smirnov's: the largest between the sample's distribution function and the law's."""
    ordered = sorted(values)
    count = len(ordered)
    worst = 0.0
    for i, x in enumerate(ordered):
        below = law.below(x)
        worst = max(worst, below - i / count, (i + 1) / count - below)
    return worst


def require_law(values, law):
    """Raises Broken where the values do not follow the law, or are too few to say."""
    count = len(values)
    require(count >= ENOUGH, f"{count} values are too few")
    require(min(values) >= float32(law.low), f"{min(values)} lies below {law.low}")
    require(max(values) <= float32(law.high), f"{max(values)} lies above {law.high}")
    mean, variance = law.mean, law.variance
    off = sum(values) / count - mean
    bound = STANDARD_ERRORS * math.sqrt(variance / count)
    require(abs(off) <= bound, f"the mean is off by {off:.3g}, more than {bound:.3g}")
    ratio = sum((x - mean) ** 2 for x in values) / count / variance
    bound = STANDARD_ERRORS * math.sqrt((law.kurtosis - 1) / count)
    require(abs(ratio - 1) <= bound, f"the variance is {ratio:.4f} times the law's, more than {bound:.3g} off")
    bound = math.sqrt(math.log(2 / DISTANCE_ALARM) / (2 * count))
    worst = distance(values, law)
    require(worst <= bound, f"distribution functions are {worst:.4f} apart, more than {bound:.4f}")
