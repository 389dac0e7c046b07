"""Whether allegations near a crossing become more: Mann and Kendall's test over its open months."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geo.analysis.hotspots.mann_kendall import mann_kendall as of_series

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

FEWEST_MONTHS: Final = 8
"""Below, the normal approximation of the test does not hold."""
FEWEST: Final = 8
"""Allegations on open days below which no trend is told."""
OPEN_DAYS: Final = 7
"""A month with fewer open days says nothing."""
LEVEL: Final = 0.05
MONTH_DAYS: Final = 30.0


class Direction(StrEnum):
    """Where it goes; `TOO_FEW` is no answer, and never *no trend*."""

    RISING = "rising"
    FALLING = "falling"
    NONE = "none"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """A trend, or why there is none.

    Attributes:
        direction: At the level of 5 %, two-sided.
        tau: Kendall's tau, from -1 to 1; NaN where the test was refused.
        p: Two-sided; NaN where the test was refused.
        months: Months that were open long enough to count.
        n: Allegations on their open days.
    """

    direction: Direction
    tau: float
    p: float
    months: int
    n: int


def trend_of(counts: IntArray, open_days: IntArray) -> Trend:
    """Return the trend of allegations per open day.

    A month in which the crossing was closed is left out: that nothing was heard of it then is no
    sign that it became quiet.

    Args:
        counts: Allegations on open days of each month, in order, shape ``(n,)``.
        open_days: Its open days, shape ``(n,)``.
    """
    used = open_days >= OPEN_DAYS
    months, n = int(used.sum()), int(counts[used].sum())
    if months < FEWEST_MONTHS or n < FEWEST:
        return Trend(direction=Direction.TOO_FEW, tau=math.nan, p=math.nan, months=months, n=n)
    tau, p = mann_kendall(counts[used] / open_days[used])
    direction = Direction.NONE
    if p <= LEVEL:
        direction = Direction.RISING if tau > 0 else Direction.FALLING
    return Trend(direction=direction, tau=tau, p=p, months=months, n=n)


def mann_kendall(values: FloatArray) -> tuple[float, float]:
    """Return Kendall's tau of one series against time, and the two-sided p of Mann's test.

    Args:
        values: In order of time, shape ``(n,)``; two or more.
    """
    n, found = len(values), of_series(values[None, :])
    return float(found.s[0]) / (n * (n - 1) / 2), float(found.p[0])
