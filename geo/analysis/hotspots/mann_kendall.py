"""Mann-Kendall: does a series rise or fall, whatever the form of its course?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geo.analysis.hotspots.significance import normal_p
from geo.analysis.split.coverage import totals

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class MannKendall:
    """Trends of series, arrays of shape ``(n,)``.

    Attributes:
        s: Pairs that rise less pairs that fall.
        variance: Of `s` without a trend, ties taken into account.
        z: Standard score with the correction for continuity; 0 where all values are tied.
        p: Two-sided, by the normal distribution, which is good from ten steps on.
    """

    s: FloatArray
    variance: FloatArray
    z: FloatArray
    p: FloatArray


def mann_kendall(series: FloatArray) -> MannKendall:
    """Test series for a monotonic trend.

    Args:
        series: One in each row, in the order of time, shape ``(n, steps)``; none is missing.

    Source:
        Mann (1945), doi:10.2307/1907187; Kendall, Rank Correlation Methods (1975); with ties as
        Gilbert (1987), Statistical Methods for Environmental Pollution Monitoring, section 16.4.
    """
    steps = series.shape[1]
    s = np.zeros(len(series))
    for lag in range(1, steps):
        s += np.sign(series[:, lag:] - series[:, :-lag]).sum(axis=1)
    variance = (_term(np.array(float(steps))) - _ties(series)) / 18.0
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.where(variance > 0, (s - np.sign(s)) / np.sqrt(variance), 0.0)
    return MannKendall(s, variance, z, normal_p(z))


def _term(count: FloatArray) -> FloatArray:
    found: FloatArray = count * (count - 1) * (2 * count + 5)
    return found


def _ties(series: FloatArray) -> FloatArray:
    """Return the sum over the groups of tied values of each series."""
    ordered = np.sort(series, axis=1)
    starts = np.ones_like(ordered, dtype=bool)
    starts[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    group = np.cumsum(starts.ravel()) - 1
    sizes = np.bincount(group).astype(np.float64)
    row = np.repeat(np.arange(len(series)), starts.sum(axis=1))
    return totals(row, _term(sizes), len(series))
