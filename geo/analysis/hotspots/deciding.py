"""Which units stand out: the false discovery rate, and never more than the evidence.

What is known by an area only is spread over its units. Spread evenly it would lift all of them, and
most the ones in the middle, whose neighbours are lifted too: a hotspot that nobody has reported. So
a unit stands out only if it does with *and* without what was spread. What stands out only with it
is an area of which no part is known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from geo.analysis.hotspots.gi_star import gi_star
from geo.analysis.hotspots.local_moran import QUADRANTS, local_moran
from geo.analysis.hotspots.result import CLASSES, HotClass
from geo.analysis.hotspots.significance import benjamini_hochberg
from geo.analysis.hotspots.wish import Statistic

if TYPE_CHECKING:
    from geo.analysis.hotspots.units import Neighbours

FloatArray = NDArray[np.float64]
Codes = NDArray[np.int8]

_NONE = CLASSES.index(HotClass.NONE)
_AREA = CLASSES.index(HotClass.AREA)
_BY_QUADRANT = np.array([CLASSES.index(HotClass(q.value)) for q in QUADRANTS], dtype=np.int8)


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """Scores of units with their classes; see `result.Hotspots`."""

    statistic: FloatArray
    z: FloatArray
    p: FloatArray
    p_skewed: FloatArray
    q: FloatArray
    codes: Codes


def judged(statistic: Statistic, values: FloatArray, near: Neighbours, rate: float) -> Found:
    """Return scores and classes of values, shape ``(n,)`` or, for Gi*, ``(n, k)``.

    Args:
        statistic: Emerging hotspots are judged by Gi*, step by step.
        values: Counts or rates.
        near: Neighbours of the units.
        rate: False discovery rate, in each column of its own.
    """
    if statistic is Statistic.LOCAL_MORAN:
        moran = local_moran(values, near)
        q = benjamini_hochberg(moran.p_skewed)
        codes = np.where(_at_most(q, rate), _BY_QUADRANT[moran.quadrant], _NONE).astype(np.int8)
        return Found(moran.i, moran.z, moran.p, moran.p_skewed, q, codes)
    scores = gi_star(values, near)
    q = benjamini_hochberg(scores.p_skewed)
    side = np.where(scores.z > 0, CLASSES.index(HotClass.HOT), CLASSES.index(HotClass.COLD))
    codes = np.where(_at_most(q, rate), side, _NONE).astype(np.int8)
    return Found(scores.z, scores.z, scores.p, scores.p_skewed, q, codes)


def with_areas(
    statistic: Statistic, whole: FloatArray, sure: FloatArray, near: Neighbours, rate: float
) -> Found:
    """Return scores and classes of what is counted, of which only a part has a sure place.

    Args:
        statistic: See `judged`.
        whole: With what is spread.
        sure: Without it.
        near: Neighbours of the units.
        rate: False discovery rate.
    """
    found = judged(statistic, whole, near, rate)
    if np.array_equal(whole, sure):
        return found
    alone = judged(statistic, sure, near, rate)
    stands = found.codes != _NONE
    found.codes[stands & (alone.codes != found.codes)] = _AREA
    return found


def _at_most(q: FloatArray, rate: float) -> NDArray[np.bool_]:
    with np.errstate(invalid="ignore"):
        found: NDArray[np.bool_] = q <= rate
    return found
