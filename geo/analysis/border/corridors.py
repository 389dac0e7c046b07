"""Unofficial corridors: stretches of the border line with more allegations than the rest of it.

Within each province the allegations near the line, away from official crossings, would lie evenly
over the ground near it if no stretch were special. How many lie at a stretch then follows a
binomial distribution, given their number; of a stretch that has more the exact upper tail is told.
Of all stretches asked the share of false ones among those told is held by Benjamini and Hochberg.

It says where allegations lie closer together and no more: not that anybody crosses there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.analysis.border.line import ground_of, stretches
from geo.analysis.shares import in_degrees
from geo.crs import to_utm
from geo.model.vocabulary import CrossingClass

if TYPE_CHECKING:
    from geo.analysis.border.line import IntArray, Stretches
    from geo.analysis.border.wish import Order
    from geo.analysis.shares import FloatArray

BoolArray = NDArray[np.bool_]

FEWEST: Final = 20
"""Allegations near a province's border below which nothing is told of it."""
FEWEST_STRETCHES: Final = 5
FEWEST_THERE: Final = 4
"""Allegations below which a stretch is no corridor, however short it is."""
LEAST_KM2: Final = 2.0
"""Stretches with less ground are not asked: a handful of squares is no rest to compare with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Corridor:
    """Stretches that follow each other and have more allegations than the rest.

    Attributes:
        outline: Lon/lat corners of the border line, from one end to the other.
        neighbour: ``TH``, ``VN`` or ``LA``.
        province: NCDD code.
        metres: Length along the simplified line.
        n: Allegations known to a point that lie there.
        expected: How many there would be if the province's were spread evenly.
        p: Exact upper tail of its strongest stretch.
        q: The same, corrected for all stretches asked.
        ids: Of the allegations.
    """

    outline: tuple[tuple[float, float], ...]
    neighbour: str
    province: str
    metres: float
    n: int
    expected: float
    p: float
    q: float
    ids: tuple[str, ...]

    @property
    def ratio(self) -> float:
        """How many times as many as expected."""
        return self.n / self.expected


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was asked of one province's border.

    Attributes:
        province: NCDD code.
        n: Allegations near the line and away from official crossings.
        near_crossings: Allegations near the line that an official crossing explains.
        stretches: Stretches with ground enough to be asked.
        refused: Why nothing is told: ``few`` allegations, ``short`` border, or empty.
    """

    province: str
    n: int
    near_crossings: int
    stretches: int
    refused: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Corridors:
    """All that was found, the strongest first, and what was asked."""

    found: tuple[Corridor, ...]
    asked: tuple[Asked, ...]

    @property
    def tested(self) -> int:
        """Number of stretches that were asked."""
        return sum(a.stretches for a in self.asked if not a.refused)


def corridors(order: Order) -> Corridors:
    """Return the corridors of an order's provinces; needs scipy, so in the worker only.

    Source:
        Benjamini and Hochberg (1995), doi:10.1111/j.2517-6161.1995.tb02031.x.
    """
    wish, said = order.wish, order.said
    line = stretches(wish.stretch_m)
    official = tuple(
        tuple(to_utm(c.point).tolist())
        for c in order.crossings
        if c.point is not None and c.crossing_class is not CrossingClass.UNOFFICIAL
    )
    rows = np.flatnonzero(said.placed & ~(said.accuracy_m > wish.reach_m))
    xy = to_utm(np.column_stack((said.lon[rows], said.lat[rows])))
    stretch, near = line.nearest(xy, wish.reach_m)
    clear = np.ones(len(rows), dtype=bool)
    for place in official:
        clear &= np.hypot(*(xy - place).T) > wish.clear_m
    chosen = np.isin(line.province, order.provinces)
    ground = ground_of(wish.stretch_m, order.provinces, wish.reach_m, official, wish.clear_m)
    asked_of = ground >= LEAST_KM2
    counts = np.bincount(stretch[near & clear], minlength=len(ground))
    explained = np.bincount(stretch[near & ~clear], minlength=len(ground))
    told, p, expected = [], np.ones(len(ground)), np.zeros(len(ground))
    tested = np.zeros(len(ground), dtype=bool)
    for province in order.provinces:
        here = chosen & (line.province == province)
        mine = here & asked_of
        if not here.any():
            continue
        n, count = int(counts[mine].sum()), int(mine.sum())
        refused = "short" if count < FEWEST_STRETCHES else "few" if n < FEWEST else ""
        told.append(
            Asked(
                province=province,
                n=n,
                near_crossings=int(explained[here].sum()),
                stretches=count,
                refused=refused,
            )
        )
        if refused:
            continue
        share = ground[mine] / ground[mine].sum()
        p[mine], expected[mine] = upper_tail(counts[mine], n, share), n * share
        tested |= mine
    q = np.ones(len(ground))
    q[tested] = adjusted(p[tested])
    special = tested & (q <= wish.rate) & (counts >= FEWEST_THERE)
    ids = said.ids[rows]
    found = [
        _corridor(line, run, counts, expected, p, q, ids, np.isin(stretch, run) & near & clear)
        for run in _runs(line, special)
    ]
    return Corridors(found=tuple(sorted(found, key=lambda c: (c.p, -c.n))), asked=tuple(told))


def upper_tail(counts: IntArray, n: int, share: FloatArray) -> FloatArray:
    """Return the probability of so many or more of `n` at stretches with a share of the ground."""
    # Not scipy.stats, which takes a second to load.
    from scipy.special import bdtrc

    found: FloatArray = bdtrc(counts - 1.0, n, share)
    return found


def adjusted(p: FloatArray) -> FloatArray:
    """Return p-values corrected for the share of false ones, by Benjamini and Hochberg."""
    n = len(p)
    falling = np.argsort(-p, kind="stable")
    ranks = np.arange(n, 0, -1)
    q = np.empty(n)
    q[falling] = np.minimum.accumulate(np.minimum(p[falling] * n / ranks, 1.0))
    return q


def _runs(line: Stretches, special: BoolArray) -> list[IntArray]:
    """Return special stretches that follow each other, in one province, together."""
    rows = np.flatnonzero(special)
    if not len(rows):
        return []
    follows = (np.diff(rows) == 1) & (np.diff(line.part[rows]) == 0)
    follows &= line.province[rows[1:]] == line.province[rows[:-1]]
    return np.split(rows, np.flatnonzero(~follows) + 1)


def _corridor(  # noqa: PLR0913, PLR0917 - columns of one table
    line: Stretches,
    run: IntArray,
    counts: IntArray,
    expected: FloatArray,
    p: FloatArray,
    q: FloatArray,
    ids: NDArray[np.object_],
    there: BoolArray,
) -> Corridor:
    whole = shapely.line_merge(shapely.MultiLineString(list(line.lines[run])))
    corners = shapely.get_coordinates(in_degrees(whole))
    return Corridor(
        outline=tuple((float(x), float(y)) for x, y in corners),
        neighbour=str(line.neighbour[run[0]]),
        province=str(line.province[run[0]]),
        metres=float(shapely.length(line.lines[run]).sum()),
        n=int(counts[run].sum()),
        expected=float(expected[run].sum()),
        p=float(p[run].min()),
        q=float(q[run].min()),
        ids=tuple(str(i) for i in ids[there]),
    )
