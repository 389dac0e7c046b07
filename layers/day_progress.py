"""How far a day is: which sites of the zones were visited, under which duty.

A visit counts for the duty that it names. One that names none, as forms of others do, counts for
every duty in whose zone and period it falls. What was never visited is not "clean", only open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.analysis.readiness.inside import exact_rows, inside, zones_of
from geo.model.command import Assignment, Operation
from geo.model.entity import Kind
from layers.duty_rows import duty_mask
from layers.points import PointIndex
from layers.progress import VisitMarks
from layers.view import to_mercator

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from numpy.typing import NDArray

    from geo.model.command import Zone
    from geo.model.table import Table
    from geo.progress import Progress
    from geo.project import Project
    from layers.duty import Duty

DAY_CHARS: Final = len("2022-09-17")


@dataclass(frozen=True, slots=True, eq=False)
class DayProgress:
    """How far the day is.

    Attributes:
        zones: Zone id → ids of its sites, in the order of the register.
        visited: Assignment id → site id → when it was last visited under it (ISO, local).
    """

    zones: Mapping[str, tuple[str, ...]]
    visited: Mapping[str, Mapping[str, str]]
    marks: VisitMarks

    def share(self, duty: Assignment) -> tuple[int, int]:
        """Return how many sites of a duty's zone were visited under it, and how many there are."""
        sites = self.zones.get(duty.zone_id, ())
        seen = self.visited.get(duty.id, {})
        return sum(site in seen for site in sites), len(sites)

    def seen(self, zone_ids: Iterable[str], duties: Iterable[Assignment]) -> dict[str, str]:
        """Return site id → when it was last visited, of all duties of some zones."""
        among, found = set(zone_ids), dict[str, str]()
        for duty in duties:
            if duty.zone_id in among:
                for site, at in self.visited.get(duty.id, {}).items():
                    found[site] = max(at, found.get(site, ""))
        return found


def day_progress(
    plan: Project, duty: Duty, progress: Progress, until: date | None = None
) -> DayProgress:
    """Return how far the assignments of an operation and period are.

    Args:
        plan: The plan.
        duty: Its operation must be named.
        progress: Told while it goes on.
        until: Visits after this day are left out; None counts all.
    """
    zones = zones_of(plan, duty.operation_id)
    sites = plan.table(Kind.SITE)
    within = inside(sites, [z.outline for z in zones], exact_rows(sites), progress)
    ids = {
        zone.id: tuple(str(i) for i in sites.ids[rows])
        for zone, rows in zip(zones, within.rows, strict=True)
    }
    duties = duties_of(plan, duty)
    visited = _visited(plan, duties, ids, until, progress)
    shares, seen = {}, set[str]()
    for zone in zones:
        here = _seen_in(zone, duties, visited)
        shares[zone.id] = (sum(i in here for i in ids[zone.id]), len(ids[zone.id]))
        seen |= here & set(ids[zone.id])
    return DayProgress(ids, visited, VisitMarks(_points(sites, seen), shares))


def duties_of(plan: Project, duty: Duty) -> tuple[Assignment, ...]:
    """Return the assignments of an operation and period."""
    table = plan.table(Kind.ASSIGNMENT)
    rows = np.flatnonzero(duty_mask(plan, Kind.ASSIGNMENT, duty))
    return tuple(plan.get(Assignment, str(table.ids[row])) for row in rows)


def days_of(operation: Operation | None, period_id: str) -> tuple[str, str]:
    """Return first and last day (ISO) of a period, or of all; empty where there are none."""
    periods = operation.periods if operation is not None else ()
    chosen = [p for p in periods if period_id in {"", p.id}]
    if not chosen:
        return "", ""
    first, last = min(p.starts for p in chosen), max(p.ends for p in chosen)
    return first.date().isoformat(), last.date().isoformat()


def _visited(
    plan: Project,
    duties: tuple[Assignment, ...],
    zones: Mapping[str, tuple[str, ...]],
    until: date | None,
    progress: Progress,
) -> dict[str, dict[str, str]]:
    visits = plan.table(Kind.INSPECTION)
    at = np.array([str(value or "") for value in visits["inspected_at"]], dtype=object)
    days = np.array([value[:DAY_CHARS] for value in at], dtype=object)
    there: NDArray[np.bool_] = days != ""
    if until is not None:
        there &= np.asarray(days <= until.isoformat(), dtype=np.bool_)
    nameless = there & (visits["assignment_id"] == "")
    found: dict[str, dict[str, str]] = {}
    for number, duty in enumerate(duties):
        progress.step(number, len(duties), "operate.step.visits")
        rows = there & (visits["assignment_id"] == duty.id)
        first, last = _days(plan, duty)
        if first:
            among = set(zones.get(duty.zone_id, ()))
            fits = nameless & (days >= first) & (days <= last)
            for row in np.flatnonzero(fits):
                rows[row] = visits["site_id"][row] in among
        seen: dict[str, str] = {}
        for row in np.flatnonzero(rows):
            site = str(visits["site_id"][row])
            seen[site] = max(str(at[row]), seen.get(site, ""))
        found[duty.id] = seen
    return found


def _days(plan: Project, duty: Assignment) -> tuple[str, str]:
    zones = plan.table(Kind.ZONE)
    if duty.zone_id not in zones:
        return "", ""
    operation_id = str(zones["operation_id"][zones.index[duty.zone_id]])
    return days_of(plan.find(Operation, operation_id), duty.period_id)


def _seen_in(
    zone: Zone, duties: tuple[Assignment, ...], visited: Mapping[str, Mapping[str, str]]
) -> set[str]:
    return {site for d in duties if d.zone_id == zone.id for site in visited[d.id]}


def _points(sites: Table, ids: set[str]) -> PointIndex:
    rows = np.array(sorted(sites.index[i] for i in ids if i in sites), dtype=np.intp)
    xy = np.column_stack(to_mercator(sites["lon"][rows], sites["lat"][rows]))
    return PointIndex.of(xy[np.isfinite(xy).all(axis=1)])
