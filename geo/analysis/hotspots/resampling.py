"""Placing allegations anew within their doubt: which hotspots stay when places and grades waver.

In each round every allegation is put somewhere in its doubt, anywhere with the same chance: within
its accuracy around its position, or somewhere in the area by which it is known. And it counts with
a chance that follows from its grade. What a unit holds in 90 % of the rounds is its interval; a
hotspot that stays one in 90 % of them is *sure*.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.analysis.hotspots.locating import NOWHERE
from geo.analysis.hotspots.significance import Weight
from geo.analysis.split.coverage import totals
from geo.model.vocabulary import Credibility, Reliability
from geo.territory import PLANE

if TYPE_CHECKING:
    from geo.analysis.evidence import Evidence
    from geo.analysis.hotspots.locating import Locator
    from geo.analysis.hotspots.placing import Places

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
Geometries = NDArray[np.object_]

ROUNDS: Final = 199
INTERVAL: Final = 0.9
STAYS: Final = 0.9
"""Share of the rounds in which a hotspot must be one to be sure."""
NOBODY_SAID_M: Final = 50.0
"""Accuracy of a position of which nobody said it."""
METRES_PER_DEGREE: Final = 111_320.0
SLACK: Final = 1.1
"""Distances to an edge are measured on a plane stretched for the middle of the country."""

HOLDS: Final[dict[Reliability | Credibility, float]] = {
    Reliability.A: 0.95,
    Reliability.B: 0.9,
    Reliability.C: 0.8,
    Reliability.D: 0.6,
    Reliability.E: 0.3,
    Reliability.F: 0.8,
    Credibility.ONE: 0.95,
    Credibility.TWO: 0.9,
    Credibility.THREE: 0.8,
    Credibility.FOUR: 0.6,
    Credibility.FIVE: 0.3,
    Credibility.SIX: 0.8,
}
"""In which share of the rounds a grade counts: the mean of its two fields. A convention, shown with
every result and no measurement; F and 6 are neutral, in the middle of the scale like C and 3."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """What is uncertain, and how often it is drawn.

    Attributes:
        rounds: 0 draws nothing: no intervals, and nothing is called sure.
        seed: The same seed gives the same rounds.
        place: Positions waver within their accuracy; what is known by an area always does.
        grade: Whether an allegation counts wavers.
    """

    rounds: int = ROUNDS
    seed: int = 1
    place: bool = True
    grade: bool = True


def chance_of(said: Evidence) -> FloatArray:
    """Return in which share of the rounds each allegation counts, shape ``(m,)``."""
    reliability = np.array([HOLDS[r] for r in Reliability])
    credibility = np.array([HOLDS[c] for c in Credibility])
    chance: FloatArray = (reliability[said.reliability] + credibility[said.credibility]) / 2
    return chance


def doubt_m(said: Evidence) -> FloatArray:
    """Return the radius of doubt around each position in metres, shape ``(m,)``."""
    return np.where(np.isnan(said.accuracy_m), NOBODY_SAID_M, said.accuracy_m)


def near_edge(
    said: Evidence, places: Places, outlines: Geometries, rows: IntArray
) -> NDArray[np.bool_]:
    """Return which positions may lie in another unit than they seem to; mostly few."""
    rims = shapely.boundary(shapely.transform(outlines, lambda lonlat: lonlat * PLANE))
    points = shapely.points(np.column_stack([said.lon[rows], said.lat[rows]]) * PLANE)
    far = shapely.distance(points, rims[places.unit[rows]]) * METRES_PER_DEGREE
    found: NDArray[np.bool_] = far <= doubt_m(said)[rows] * SLACK
    return found


class Rounds:
    """Draws rounds, each the weight that every unit holds when all allegations are placed anew."""

    def __init__(
        self, said: Evidence, places: Places, finder: Locator, doubt: Doubt, outlines: Geometries
    ) -> None:
        """Keep what wavers; `places` tells where each allegation lies, `outlines` the units."""
        self._random = np.random.default_rng(doubt.seed)
        self._doubt = doubt
        self._places = places
        self._finder = finder
        self._weight = said.weight
        self._chance = chance_of(said)
        self._points = np.flatnonzero(said.placed & (places.unit >= 0))
        self._points = self._points[near_edge(said, places, outlines, self._points)]
        self._lonlat = np.column_stack([said.lon, said.lat])[self._points]
        metres = doubt_m(said)[self._points]
        self._reach = metres[:, None] / METRES_PER_DEGREE
        self._reach = np.hstack(
            [self._reach / np.cos(np.radians(self._lonlat[:, 1:])), self._reach]
        )
        self._wide = np.flatnonzero(places.area >= 0)
        # Each area's shares one after the other, area after area: one search finds the unit.
        area = np.repeat(np.arange(len(places.start) - 1), np.diff(places.start))
        whole = np.concatenate([[0.0], np.cumsum(places.share)])
        self._ladder = area + whole[1:] - whole[places.start[:-1]][area]

    def draw(self) -> tuple[FloatArray, Weight]:
        """Return the weight in each unit, shape ``(units,)``, and in all, in one more round."""
        unit = self._places.unit.copy()
        if self._doubt.place and len(self._points):
            angle = self._random.uniform(0.0, 2 * np.pi, len(self._points))
            far = np.sqrt(self._random.random(len(self._points)))
            off = np.column_stack([np.cos(angle), np.sin(angle)]) * far[:, None] * self._reach
            moved = self._finder.units_at(self._lonlat + off)
            # It was found to lie in the units: what falls beside them stays where it was.
            unit[self._points] = np.where(moved >= 0, moved, unit[self._points])
        if len(self._wide):
            area = self._places.area[self._wide]
            at = np.searchsorted(self._ladder, area + self._random.random(len(area)), side="right")
            beyond = at >= self._places.start[area + 1]
            cells = self._places.cells[np.minimum(at, len(self._places.cells) - 1)]
            unit[self._wide] = np.where(beyond, NOWHERE, cells)
        counts = unit >= 0
        if self._doubt.grade:
            counts &= self._random.random(len(unit)) < self._chance
        weight = self._weight[counts]
        return totals(unit[counts], weight, self._places.count), Weight.of(weight)

    def jitter(self, shape: tuple[int, ...]) -> FloatArray:
        """Return noise of half a count either way.

        Between the whole numbers that a count can be there is nothing for a quantile to fall on;
        spread over its neighbourhood of one, an interval of 90 % holds 90 % and not 95.
        """
        return self._random.uniform(-0.5, 0.5, shape)


def interval(rounds: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the lower and upper end of the central 90 % over the rounds, the last axis."""
    tail = (1 - INTERVAL) / 2
    # So that of n rounds and the truth itself each is as likely to be the k-th.
    low, high = np.quantile(rounds, [tail, 1 - tail], axis=-1, method="weibull")
    return low, high
