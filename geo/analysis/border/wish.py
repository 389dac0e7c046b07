"""What is asked of the border, and what goes to the worker for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from geo.analysis.evidence import Counting, Evidence, LeftOut, evidence
from geo.analysis.split.wanted import outlines_for
from geo.edit.merging import live_sites
from geo.errors import InputError
from geo.model.entity import Area, Kind
from geo.model.place import BorderCrossing
from geo.model.vocabulary import Precision
from geo.territory import Territory

if TYPE_CHECKING:
    from geo.edit.reading import PlanRows
    from geo.progress import Progress

FloatArray = NDArray[np.float64]
Days = NDArray[np.datetime64]

WITHIN_M: Final = 5_000.0
LEAST_M, MOST_M = 500.0, 100_000.0
LEAST_MONTHS, MOST_MONTHS = 3, 120
_DIGITS: Final = 2
"""Of a province's code."""


class DayKind(StrEnum):
    """Which day of an allegation counts."""

    RECEIVED = "received"
    OCCURRED = "occurred"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the user asks for.

    Attributes:
        within_m: Distance from a crossing, geodesic metres.
        months: Length of the period that ends on the day shown.
        by: Which day of an allegation counts; where the one is unknown the other is taken.
        stretch_m: Length of the stretches of the border line.
        reach_m: How far from the line an allegation belongs to its stretch.
        clear_m: What lies nearer to an official crossing is explained by it.
        rate: Share of false ones allowed among the corridors found.
        counting: Which allegations count, and how much.
    """

    within_m: float = WITHIN_M
    months: int = 24
    by: DayKind = DayKind.RECEIVED
    stretch_m: float = 5_000.0
    reach_m: float = 5_000.0
    clear_m: float = 5_000.0
    rate: float = 0.1
    counting: Counting = field(default_factory=Counting)

    def check(self) -> None:
        """Refuse what makes no sense.

        Raises:
            InputError: A distance or the period lies outside its limits.
        """
        for metres in (self.within_m, self.stretch_m, self.reach_m):
            if not LEAST_M <= metres <= MOST_M:
                raise InputError(
                    "error.pressure.within", least=f"{LEAST_M:.0f}", most=f"{MOST_M:.0f}"
                )
        if not LEAST_MONTHS <= self.months <= MOST_MONTHS:
            raise InputError("error.pressure.months", least=LEAST_MONTHS, most=MOST_MONTHS)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Order:
    """What the worker needs; arrays of allegations have shape ``(n,)``.

    Attributes:
        wish: What is asked for.
        on: The day shown.
        since: First day of the period: not before the first allegation of the plan.
        said: The allegations of the period.
        day: Day of each.
        outlines: Of the units of what is known by a unit only, by code.
        sites: Lon/lat degrees of the sites known to a point, shape ``(m, 2)``.
        crossings: In the order of their names.
        provinces: NCDD codes of the provinces of which the plan holds allegations.
    """

    wish: Wish
    on: date
    since: date
    said: Evidence
    day: Days
    outlines: Mapping[str, Area]
    sites: FloatArray
    crossings: tuple[BorderCrossing, ...]
    provinces: tuple[str, ...]


def order(plan: PlanRows, wish: Wish, on: date, progress: Progress | None = None) -> Order:
    """Return the order for a plan; on a worker thread, as it walks over all rows.

    Args:
        plan: The plan, or what the lens shows of it.
        wish: What is asked for.
        on: The day shown; nothing later counts.
        progress: Told of each step.

    Raises:
        InputError: The wish makes no sense, or the plan holds no crossing with a position.
    """
    wish.check()
    if progress is not None:
        progress.step(0, 3, "pressure.step.reading")
    crossings = tuple(
        sorted(
            (c for c in plan.all(BorderCrossing) if c.point is not None),
            key=lambda c: (c.name_en or c.name_km, c.id),
        )
    )
    if not crossings:
        raise InputError("error.pressure.no_crossings")
    said = evidence(plan, wish.counting)
    day = days_of(said, wish.by)
    dated = ~np.isnat(day)
    since = _since(day[dated], wish.months, on)
    inside = (day >= np.datetime64(since)) & (day <= np.datetime64(on))
    said = said.only(dated, LeftOut.NO_DAY).only(inside[dated], LeftOut.OTHER_PERIOD)
    units = sorted(set(said.unit[said.area_only].tolist()))
    sites = plan.table(Kind.SITE)
    exact = live_sites(sites) & np.isfinite(sites["lon"]) & np.isfinite(sites["lat"])
    exact &= np.asarray(sites["precision"] == Precision.POINT.value, dtype=np.bool_)
    return Order(
        wish=wish,
        on=on,
        since=since,
        said=said,
        day=day[dated & inside],
        outlines=outlines_for(plan, units),
        sites=np.column_stack([sites[name][exact].astype(np.float64) for name in ("lon", "lat")]),
        crossings=crossings,
        provinces=_provinces(said),
    )


def _provinces(said: Evidence) -> tuple[str, ...]:
    """Return the provinces in which something is alleged: by its unit, else by its position."""
    known = {str(code)[:_DIGITS] for code in said.unit.tolist() if code}
    lost = (said.unit == "") & said.placed
    if lost.any():
        at = Territory.load().provinces_at(said.lon[lost], said.lat[lost])
        known |= {str(code) for code in at.tolist() if code}
    return tuple(sorted(known))


def days_of(said: Evidence, by: DayKind) -> Days:
    """Return the day of each allegation: the one asked for, else the other."""
    if by is DayKind.OCCURRED:
        return said.day
    return np.where(np.isnat(said.received), said.occurred, said.received)


def _since(day: Days, months: int, on: date) -> date:
    """Return the first day of the period; months before the plan's first say nothing."""
    # No year comes before the first; what is dated later than the day shown says nothing of it.
    count = max(on.year * 12 + on.month - 1 - (months - 1), 12)
    first = date(count // 12, count % 12 + 1, 1)
    told = day[day <= np.datetime64(on)]
    if not len(told):
        return first
    earliest: date = told.min().astype(object)
    return max(first, earliest)
