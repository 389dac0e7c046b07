"""How soon somebody stood at the door: hours from an allegation to the inspection after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.clock import CAMBODIA_TIME
from geo.model.entity import Kind
from geo.model.vocabulary import Precision

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.analysis.evidence import Evidence
    from geo.edit.reading import PlanRows
    from geo.model.entity import Area
    from geo.model.table import Table

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

FEWEST: Final = 5
"""Allegations whose door was reached, below which no median is told."""
NOON: Final = time(12)
_HOUR: Final = 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """What became of the allegations that lay in the zones.

    Attributes:
        n: Allegations of the time before and of the operation that are known to lie in a zone, by
            their point or by the site that they are linked to.
        reached: Those of them whose site, or for want of one their zone, was inspected afterwards.
        untimed: Those of `reached` of which only the day is known: they count from noon, which
            may be twelve hours off.
        hours: Of `reached`, in ascending order.
    """

    n: int
    reached: int
    untimed: int
    hours: tuple[float, ...]

    @property
    def spread(self) -> tuple[float, float, float] | None:
        """Lower quartile, median and upper quartile in hours, or None of too few."""
        if self.reached < FEWEST:
            return None
        low, middle, high = np.percentile(self.hours, [25, 50, 75]).tolist()
        return low, middle, high


def doors_of(
    plan: PlanRows, said: Evidence, outlines: Sequence[Area], since: date, until: date
) -> Doors:
    """Return how soon what was alleged in some zones was looked at.

    Args:
        plan: The plan.
        said: Its allegations.
        outlines: Of the zones, lon/lat degrees.
        since: First day of receipt that counts.
        until: Last one.
    """
    sites = plan.table(Kind.SITE)
    zone_of_site = _zone_of(*_exact(sites), outlines)
    visits, visit_site = _visits(plan.table(Kind.INSPECTION), sites)
    received = (said.received >= np.datetime64(since)) & (said.received <= np.datetime64(until))
    place = np.array([sites.index.get(s, -1) for s in said.site], dtype=np.int64)
    own = _zone_of(said.lon, said.lat, outlines)
    linked = (place >= 0) & (zone_of_site[place] >= 0) if len(sites) else place >= 0
    rows = np.flatnonzero(received & (linked | (own >= 0)))
    table = plan.table(Kind.ALLEGATION)
    hours, untimed = [], 0
    for row in rows.tolist():
        at, timed = _received(table, str(said.ids[row]))
        if linked[row]:
            mine = visits[visit_site == place[row]]
        else:
            mine = visits[zone_of_site[visit_site] == own[row]] if len(visits) else visits
        first = at if timed else at - 12 * _HOUR
        after = mine[mine >= first]
        if len(after):
            hours.append(max(float(after.min() - at) / _HOUR, 0.0))
            untimed += not timed
    return Doors(n=len(rows), reached=len(hours), untimed=untimed, hours=tuple(sorted(hours)))


def _exact(sites: Table) -> tuple[FloatArray, FloatArray]:
    """Return where sites are, NaN where only a unit is known, whatever the row holds."""
    point = sites["precision"] == Precision.POINT.value
    lon, lat = (np.where(point, sites[name].astype(np.float64), np.nan) for name in ("lon", "lat"))
    return lon, lat


def _zone_of(lon: FloatArray, lat: FloatArray, outlines: Sequence[Area]) -> IntArray:
    """Return in which zone each position lies, -1 in none."""
    found = np.full(len(lon), -1, dtype=np.int64)
    x, y = lon.astype(np.float64), lat.astype(np.float64)
    for number, outline in enumerate(outlines):
        shapely.prepare(outline)
        found[(found < 0) & shapely.intersects_xy(outline, x, y)] = number
    return found


def _visits(table: Table, sites: Table) -> tuple[FloatArray, IntArray]:
    """Return when each inspection was, in seconds, and the row of its site."""
    when, where = [], []
    for at, site in zip(table["inspected_at"], table["site_id"], strict=True):
        if at and site in sites.index:
            when.append(_seconds(datetime.fromisoformat(str(at))))
            where.append(sites.index[str(site)])
    return np.array(when, dtype=np.float64), np.array(where, dtype=np.int64)


def _received(table: Table, allegation_id: str) -> tuple[float, bool]:
    row = table.index[allegation_id]
    day, at = date.fromisoformat(str(table["received_on"][row])), table["received_at"][row]
    clock = time.fromisoformat(str(at)) if at else NOON
    return _seconds(datetime.combine(day, clock)), bool(at)


def _seconds(at: datetime) -> float:
    local = at if at.tzinfo is not None else at.replace(tzinfo=CAMBODIA_TIME)
    return local.timestamp()
