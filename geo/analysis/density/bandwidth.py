"""How far a point is spread: the default radius of a density, and Abramson's radius for each point.

Source:
    Silverman (1986), Density Estimation for Statistics and Data Analysis, equations 3.30 and 4.14
    and sections 5.2 and 5.3; Abramson (1982), doi:10.1214/aos/1176345986; Kish (1965), effective n.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from geo.analysis.columns import FloatArray

QUARTIC: Final = 2.78
"""Silverman's A(K) of the two-dimensional quartic kernel for points of unit variance."""
_IQR: Final = 1.349
"""Quartiles of a normal distribution lie this many standard deviations apart."""
DOUBT: Final = 0.9
"""A default radius is at least as large as the doubt of this share of the places."""
SMALLEST_M: Final = 50.0
"""Metres below which no default radius goes: the size of a yard."""
_ASKED: Final = 2000
"""Points whose neighbours are looked for: enough for a median."""
WIDEST: Final = 4.0
"""An adaptive radius is at most this many times the fixed one, and at least its inverse."""


def default_radius(xy: FloatArray, weight: FloatArray, accuracy_m: FloatArray) -> float:
    """Return the radius that is used when nobody sets one, to two digits.

    It is Silverman's rule of thumb with the smallest of three estimates of the spread that agree
    for one normal cloud: standard deviation, quartile range, distance to the √n-th neighbour.
    So neither a few far points nor a second town far away blur a town. It is never below the doubt
    of nine tenths of the places.

    Args:
        xy: Metres, shape ``(n, 2)``, two or more.
        weight: Shape ``(n,)``.
        accuracy_m: Doubt of each place in metres, NaN where nobody said.
    """
    n = effective_n(weight)
    along = [_spread(xy[:, axis], weight) for axis in (0, 1)]
    spread = math.sqrt((along[0] ** 2 + along[1] ** 2) / 2.0)
    around = _spread_around(xy)
    rule = QUARTIC * (min(spread, around) if around > 0 else spread) * n ** (-1 / 6)
    known = accuracy_m[np.isfinite(accuracy_m)]
    doubt = float(np.quantile(known, DOUBT)) if len(known) else 0.0
    return _two_digits(max(rule, doubt, SMALLEST_M))


def effective_n(weight: FloatArray) -> float:
    """Return how many points of equal weight would tell as much: ``(Σw)² / Σw²``."""
    return float(weight.sum() ** 2 / (weight**2).sum())


def abramson(pilot: FloatArray, radius: float, accuracy_m: FloatArray, least: float) -> FloatArray:
    """Return a radius for each point: the larger, the fewer points are near.

    Args:
        pilot: Density at each point by the fixed radius, above 0, shape ``(n,)``.
        radius: The fixed radius in metres.
        accuracy_m: Doubt of each place in metres, NaN where nobody said: its radius is no smaller.
        least: No radius is smaller: what the cells can bear.

    Returns:
        ``radius × (pilot / g)^-½`` with *g* the geometric mean, from `least` to four times the
        fixed one, shape ``(n,)``.
    """
    mean = math.exp(float(np.log(pilot).mean()))
    wanted = radius * np.sqrt(mean / pilot)
    wanted = np.fmax(wanted, accuracy_m)
    return np.clip(wanted, least, radius * WIDEST)


def _spread(along: FloatArray, weight: FloatArray) -> float:
    middle = float(np.average(along, weights=weight))
    deviation = math.sqrt(float(np.average((along - middle) ** 2, weights=weight)))
    low, high = np.quantile(along, (0.25, 0.75), weights=weight, method="inverted_cdf")
    between = float(high - low) / _IQR
    return min(deviation, between) if between > 0 else deviation


def _spread_around(xy: FloatArray) -> float:
    """Return the spread of the normal cloud with as far √n-th neighbours; 0 for one place."""
    from scipy.spatial import cKDTree

    nearest = math.isqrt(len(xy))
    some = xy[:: max(1, len(xy) // _ASKED)]
    away, _ = cKDTree(xy).query(some, k=[nearest + 1])
    return float(np.median(away)) * math.sqrt(len(xy) / nearest) / 2.0


def _two_digits(metres: float) -> float:
    power = 10.0 ** (math.floor(math.log10(metres)) - 1)
    return round(metres / power) * power
