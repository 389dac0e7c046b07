"""Which units stand out: the false discovery rate, and never more than the evidence.

What is known by an area only is spread over its units. Spread evenly it would lift all of them, and
most the ones in the middle, whose neighbours are lifted too: a hotspot that nobody has reported. So
a unit stands out only if it does with *and* without what was spread. What stands out only with it
is an area of which no part is known.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from geo.analysis.hotspots.gi_star import gi_star
from geo.analysis.hotspots.local_moran import QUADRANTS, local_moran
from geo.analysis.hotspots.result import CLASSES, HotClass
from geo.analysis.hotspots.significance import Weight, benjamini_hochberg, chance_p
from geo.analysis.hotspots.units import Neighbours
from geo.analysis.hotspots.wish import Statistic

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
    p_chance: FloatArray
    q: FloatArray
    codes: Codes


@dataclass(frozen=True, slots=True, eq=False)
class Judge:
    """Holds the weight in units against chance.

    Attributes:
        statistic: Emerging hotspots are judged by Gi*, step by step.
        near: Neighbours of the units.
        base: What counts are set in proportion to, ones for plain counts, shape ``(n,)``.
        rate: False discovery rate, in each column of its own.
        inside: Share of each unit that lies on the ground looked at, shape ``(n,)``; None where all
            do. It is asked for besides: of what lies beyond the rim the plan may know nothing, and
            then every rim is cold and all else a little hot; or it may know it as well.
    """

    statistic: Statistic
    near: Neighbours
    base: FloatArray
    rate: float
    inside: FloatArray | None = None

    def values(self, counts: FloatArray) -> FloatArray:
        """Return counts in proportion, of the shape of the counts."""
        base = self.base if counts.ndim == 1 else self.base[:, None]
        divided: FloatArray = counts / base
        return divided

    def judge(self, counts: FloatArray, weight: Weight, *, only_classes: bool = False) -> Found:
        """Return scores and classes.

        Args:
            counts: Weight in each unit, shape ``(n,)`` or, for Gi*, ``(n, k)``.
            weight: Of all allegations, one number or one for each column.
            only_classes: Chance is asked only where the score alone would be believed; all classes
                are the same, and `Found.p_chance` and `Found.q` are 1 elsewhere.
        """
        weight = self._here(counts, weight)
        if self.statistic is Statistic.LOCAL_MORAN:
            return self._moran(counts, weight)
        scores = gi_star(self.values(counts), self.near)
        among = scores.p <= self.rate if only_classes else None
        sums = self.near.sums(counts, own=True)
        chances = [
            chance_p(sums, self.near.sums(base, own=True) / base.sum(), weight, among=among)
            for base in self._bases()
        ]
        chance = np.maximum.reduce(chances)
        q = benjamini_hochberg(np.maximum(scores.p, chance))
        side = np.where(scores.z > 0, CLASSES.index(HotClass.HOT), CLASSES.index(HotClass.COLD))
        return Found(scores.z, scores.z, scores.p, chance, q, self._believed(q, side))

    def with_areas(
        self, whole: FloatArray, sure: FloatArray, weights: tuple[Weight, Weight]
    ) -> Found:
        """Return scores and classes of what is counted, of which only a part has a sure place.

        Args:
            whole: With what is spread.
            sure: Without it.
            weights: Of both.
        """
        found = self.judge(whole, weights[0])
        if np.array_equal(whole, sure):
            return found
        alone = self.judge(sure, weights[1])
        other = (found.codes != _NONE) & (alone.codes != found.codes)
        codes = np.where(other, _AREA, found.codes).astype(np.int8)
        return replace(found, q=np.fmax(found.q, alone.q), codes=codes)

    def _bases(self) -> list[FloatArray]:
        """Return in proportion to what allegations may lie in the units, each way in turn."""
        return [self.base] if self.inside is None else [self.base, self.base * self.inside]

    def _here(self, counts: FloatArray, weight: Weight) -> Weight:
        """Return the weight without what lies in units that are not tested, or beside all."""
        held = counts.sum(axis=0)
        with np.errstate(divide="ignore", invalid="ignore"):
            part = np.nan_to_num(held / weight.total)
        return Weight(held, weight.squares * part)

    def _moran(self, counts: FloatArray, weight: Weight) -> Found:
        moran = local_moran(self.values(counts), self.near)
        # Given its own count: only what lies elsewhere can fall on its neighbours.
        left = 1.0 - counts / weight.total
        rest = Weight(weight.total * left, weight.squares * left)
        sums = self.near.sums(counts, own=False)
        chances = [
            chance_p(sums, self.near.sums(base, own=False) / (base.sum() - base), rest)
            for base in self._bases()
        ]
        chance = np.maximum.reduce(chances)
        q = benjamini_hochberg(np.maximum(moran.p, chance))
        return Found(
            moran.i, moran.z, moran.p, chance, q, self._believed(q, _BY_QUADRANT[moran.quadrant])
        )

    def _believed(self, q: FloatArray, classes: NDArray[np.int_] | Codes) -> Codes:
        with np.errstate(invalid="ignore"):
            return np.where(q <= self.rate, classes, _NONE).astype(np.int8)
