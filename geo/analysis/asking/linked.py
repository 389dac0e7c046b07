"""What hangs on a site: visits, allegations that count, licences; as arrays beside its table."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from geo.analysis.columns import days
from geo.analysis.evidence import Counting, Evidence, evidence
from geo.clock import CAMBODIA_TIME
from geo.edit.merging import kept_ids
from geo.model.entity import Kind

if TYPE_CHECKING:
    from geo.edit.reading import PlanRows
    from geo.model.table import Table

IntArray = NDArray[np.int64]
Days = NDArray[np.datetime64]


class Linked(NamedTuple):
    """The allegations that count and the site of each.

    Attributes:
        rows: The allegations; duplicates count once, what was found unsubstantiated or
            insufficient does not.
        site: Position of the site of each in the table of sites, -1 without one.
    """

    rows: Evidence
    site: IntArray


def linked(plan: PlanRows) -> Linked:
    """Return the allegations that count for the sites of a plan; kept until a row changes."""
    sites, allegations = plan.table(Kind.SITE), plan.table(Kind.ALLEGATION)

    def make() -> Linked:
        found = evidence(plan, Counting(placeless=True))
        return Linked(found, positions(sites, found.site))

    made: Linked = sites.kept("asking linked", (allegations,), make)
    return made


def positions(sites: Table, site_ids: NDArray[np.object_]) -> IntArray:
    """Return where sites stand in their table, a merged one where the one stands that it became.

    Args:
        sites: The table.
        site_ids: Ids, shape ``(n,)``; empty or unknown gives -1.
    """
    place = sites.index
    kept = kept_ids(sites)
    if kept:
        site_ids = np.array([kept.get(i, i) for i in site_ids.tolist()], dtype=object)
    found = (place.get(i, -1) for i in site_ids.tolist())
    return np.fromiter(found, dtype=np.int64, count=len(site_ids))


def last_visits(plan: PlanRows, on: date) -> Days:
    """Return the day of each site's last visit up to a day, NaT where none is recorded.

    Shape ``(n,)`` beside the table of sites. A visit after that day had not happened yet.
    """
    sites, inspections = plan.table(Kind.SITE), plan.table(Kind.INSPECTION)

    def make() -> Days:
        last = days(sites["visited_on"])
        last[last > np.datetime64(on)] = np.datetime64("NaT")
        site = positions(sites, inspections["site_id"])
        at = np.array([_day(v) for v in inspections["inspected_at"]], dtype="datetime64[D]")
        known = (site >= 0) & ~np.isnat(at) & (at <= np.datetime64(on))
        np.fmax.at(last, site[known], at[known])
        return last

    made: Days = sites.kept("asking visits", (inspections, on), make)
    return made


def _day(moment: object) -> date | None:
    """Return the day of a visit as it was counted in Cambodia."""
    if not moment:
        return None
    at = datetime.fromisoformat(str(moment))
    return (at.astimezone(CAMBODIA_TIME) if at.tzinfo else at).date()
