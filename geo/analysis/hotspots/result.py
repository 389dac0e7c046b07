"""What was found: every unit with its numbers, and all that must be said of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geo.analysis.evidence import LeftOut
from geo.analysis.hotspots.units import HotUnits
from geo.analysis.hotspots.wish import HotWish
from geo.analysis.note import Note
from geo.model.vocabulary import Precision

FloatArray = NDArray[np.float64]
Codes = NDArray[np.int8]


class HotClass(StrEnum):
    """What a unit is; which of them occur follows from the statistic."""

    HOT = "hot"
    COLD = "cold"
    HIGH_HIGH = "high_high"
    LOW_LOW = "low_low"
    HIGH_LOW = "high_low"
    LOW_HIGH = "low_high"
    NEW = "new"
    CONSECUTIVE = "consecutive"
    INTENSIFYING = "intensifying"
    PERSISTENT = "persistent"
    DIMINISHING = "diminishing"
    SPORADIC = "sporadic"
    OSCILLATING = "oscillating"
    HISTORICAL = "historical"
    AREA = "area"
    NONE = "none"
    NO_DATA = "no_data"


CLASSES: Final = tuple(HotClass)
"""`AREA` is a unit that stands out only by what is spread over it: the area as a whole does, and
no place in it is known. `NO_DATA` was not tested: nothing is known to set its count in proportion
to."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Basis:
    """What a result rests on; travels with every number of it.

    Attributes:
        n: Allegations in the units, those spread over several among them.
        sure: Of them those that surely lie in one unit.
        left_out: Reason → how many do not count.
        grades: Grade → how many of n.
        neutral: How many of n have a grade that nobody could judge.
        precisions: How exactly the places of n are known.
        since: First day among n, or None.
        until: Last day.
    """

    n: int
    sure: int
    left_out: Mapping[LeftOut, int]
    grades: Mapping[str, int]
    neutral: int
    precisions: Mapping[Precision, int]
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Hotspots:
    """Hotspots over units; arrays have shape ``(n,)`` in the order of the units.

    Attributes:
        wish: What was asked for, with what was chosen where nothing was.
        units: The units.
        count: Weight of the allegations in each: what is spread counts by its share.
        sure: Of it what surely lies there.
        per: What each count is set in proportion to, or None.
        value: What was tested: the count, or the rate.
        statistic: Gi* or z as score, the statistic itself for local Moran's I; of emerging
            hotspots the Gi* of the last step.
        z: Score; of emerging hotspots that of the trend.
        p: Analytic, two-sided, by the normal distribution.
        p_chance: Two-sided, if every allegation lay anywhere with the same chance; of emerging
            hotspots that of the last step.
        q: The larger of both, adjusted for the false discovery rate; from it follows the class.
        codes: Into `CLASSES`.
        certain: Share of the rounds in which the unit was of its class; NaN without rounds.
        low: Lower end of the 90 % interval of the value; NaN without rounds.
        high: Upper end.
        series: Count of each step of emerging hotspots, shape ``(n, steps)``; else empty.
        hot_steps: Where a step was hot (1) or cold (-1), the same shape.
        members: Unit of each allegation that surely lies in one, by id.
        basis: What it rests on.
        notes: What must be said.
    """

    wish: HotWish
    units: HotUnits
    count: FloatArray
    sure: FloatArray
    per: FloatArray | None
    value: FloatArray
    statistic: FloatArray
    z: FloatArray
    p: FloatArray
    p_chance: FloatArray
    q: FloatArray
    codes: Codes
    certain: FloatArray
    low: FloatArray
    high: FloatArray
    basis: Basis
    series: FloatArray = field(default_factory=lambda: np.zeros((0, 0)))
    hot_steps: Codes = field(default_factory=lambda: np.zeros((0, 0), dtype=np.int8))
    members: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()

    @property
    def is_sure(self) -> NDArray[np.bool_]:
        """Which units keep their class when places and grades waver; none without rounds."""
        from geo.analysis.hotspots.resampling import STAYS

        marked = self.codes < CLASSES.index(HotClass.AREA)
        with np.errstate(invalid="ignore"):
            found: NDArray[np.bool_] = marked & (self.certain >= STAYS)
        return found

    def of_class(self, which: HotClass) -> NDArray[np.bool_]:
        """Return which units are of a class."""
        found: NDArray[np.bool_] = self.codes == CLASSES.index(which)
        return found
