"""Emerging hotspots: where units became hot, stayed so, or ceased to be, step by step in time."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geo.analysis.hotspots.mann_kendall import mann_kendall
from geo.analysis.hotspots.significance import benjamini_hochberg

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

MOSTLY: Final = 0.9
"""Share of the steps in which a unit is hot before it is called intensifying, persistent,
diminishing or historical."""
MIN_STEPS: Final = 10
"""Below it the normal distribution of the Mann-Kendall statistic is not good enough."""


class Emerging(StrEnum):
    """What becomes of a hotspot; see `classes_of` for each one's rule."""

    NEW = "new"
    CONSECUTIVE = "consecutive"
    INTENSIFYING = "intensifying"
    PERSISTENT = "persistent"
    DIMINISHING = "diminishing"
    SPORADIC = "sporadic"
    OSCILLATING = "oscillating"
    HISTORICAL = "historical"
    NONE = "none"


CLASSES: Final = tuple(Emerging)


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """The course of units in time.

    Attributes:
        trend_z: Mann-Kendall score of each neighbourhood's sums, shape ``(n,)``.
        trend_p: Two-sided.
        trend: 1 rises, -1 falls, 0 neither, at the false discovery rate asked for.
        codes: Into `CLASSES`.
    """

    trend_z: FloatArray
    trend_p: FloatArray
    trend: NDArray[np.int8]
    codes: NDArray[np.int8]


def course_of(sums: FloatArray, hot: BoolArray, cold: BoolArray, rate: float) -> Course:
    """Return what becomes of each unit.

    Whether a unit is hot is asked in each step by itself. The trend is that of its Gi* against the
    mean and the variance of all steps, in the order of which its sums stand too: scores within a
    step could not rise with it, where most of a step lies in one place.

    Args:
        sums: Of each neighbourhood in each step, shape ``(n, steps)``.
        hot: Where a unit is a hotspot, the same shape.
        cold: Where it is a cold spot.
        rate: False discovery rate among the trends of units that are hot in most steps.
    """
    tested = mann_kendall(sums)
    asked = np.where(hot.mean(axis=1) >= MOSTLY, tested.p, np.nan)
    believed = benjamini_hochberg(asked) <= rate
    trend = np.where(believed, np.sign(tested.s), 0).astype(np.int8)
    return Course(tested.z, tested.p, trend, classes_of(hot, cold, trend))


def classes_of(hot: BoolArray, cold: BoolArray, trend: NDArray[np.int8]) -> NDArray[np.int8]:
    """Return the class of each unit, as codes into `CLASSES`.

    - *new*: hot in the last step and never before;
    - *consecutive*: hot in the last two steps or more without a break, never before that, and in
      less than 90 % of all;
    - *intensifying*, *diminishing*, *persistent*: hot in 90 % of the steps, the last among them,
      with sums that rise, fall, or do neither;
    - *historical*: hot in 90 % of the steps, but not in the last;
    - *oscillating*: hot in the last step, cold in one before, hot in less than 90 %;
    - *sporadic*: hot in the last step, on and off before, never cold, hot in less than 90 %;
    - *none*: all others.

    Args:
        hot: Shape ``(n, steps)``.
        cold: The same.
        trend: Shape ``(n,)``.

    Source:
        The categories of Esri's Emerging Hot Spot Analysis, as its documentation defines them.
    """
    steps = hot.shape[1]
    last = hot[:, -1]
    often = hot.mean(axis=1) >= MOSTLY
    # Steps since the end without a break: up to the first that is not hot, seen from behind.
    run = np.where(hot.all(axis=1), steps, np.argmin(hot[:, ::-1], axis=1))
    only_run = hot.sum(axis=1) == run
    once_cold = cold.any(axis=1)
    rules = {
        Emerging.NEW: last & (hot.sum(axis=1) == 1),
        Emerging.INTENSIFYING: last & often & (trend > 0),
        Emerging.DIMINISHING: last & often & (trend < 0),
        Emerging.PERSISTENT: last & often,
        Emerging.HISTORICAL: ~last & often,
        Emerging.CONSECUTIVE: last & only_run & (run > 1),
        Emerging.OSCILLATING: last & once_cold,
        Emerging.SPORADIC: last,
    }
    found = np.full(len(hot), CLASSES.index(Emerging.NONE), dtype=np.int8)
    for name, holds in reversed(rules.items()):
        found[holds] = CLASSES.index(name)
    return found
