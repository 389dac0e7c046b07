"""Which allegations speak of the same event, by a rule that can be told in a few sentences.

*The same event* are the allegations that one of these ties to the one in question:

- one is marked as a duplicate of the other, directly or through a third;
- both are linked to the same site, share a kind, and lie at most `SITE_DAYS` apart;
- both are known by the same village, or by points at most `NEAR_M` apart (and no less exact than
  that), share a kind, and lie at most `PLACE_DAYS` apart. A commune or a district is too wide: two
  cries for help out of one town are not one cry twice.

The day is the one on which it happened, else the one on which it was received. Without a day only
the duplicate counts.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.measure import distances_m
from geo.model.entity import Kind
from geo.model.vocabulary import Precision

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.edit.reading import PlanRows
    from geo.model.allegation import Allegation
    from geo.model.table import Table

SITE_DAYS: Final = 90
PLACE_DAYS: Final = 30
NEAR_M: Final = 200.0


def same_event(plan: PlanRows, asked: Allegation) -> tuple[str, ...]:
    """Return the ids of the allegations that speak of the same event, in the plan's order."""
    table = plan.table(Kind.ALLEGATION)
    found = duplicates_of(table, asked.id)
    found |= _of_site(table, asked) | _of_place(table, asked)
    return tuple(sorted(found - {asked.id}, key=table.index.__getitem__))


def duplicates_of(table: Table, allegation_id: str) -> set[str]:
    """Return an allegation with all that repeat it or that it repeats, through any number."""
    repeats = np.flatnonzero(table["duplicate_of"].astype(bool))
    pairs = [(str(table.ids[i]), str(table["duplicate_of"][i])) for i in repeats]
    found, size = {allegation_id}, 0
    while size != len(found):
        size = len(found)
        found |= {one for pair in pairs if found & set(pair) for one in pair}
    return {i for i in found if i in table}


def _of_site(table: Table, asked: Allegation) -> set[str]:
    if not asked.site_id:
        return set()
    near = np.flatnonzero(table["site_id"] == asked.site_id)
    return _alike(table, near, asked, SITE_DAYS)


def _of_place(table: Table, asked: Allegation) -> set[str]:
    if asked.precision is Precision.POINT and asked.point is not None:
        lon, lat = asked.point
        if (asked.accuracy_m or 0) > NEAR_M:
            return set()
        # A degree is never shorter than 100 km here: a cheap window before the exact distance.
        reach = NEAR_M / 100_000
        window = (np.abs(table["lon"] - lon) <= reach) & (np.abs(table["lat"] - lat) <= reach)
        rows = np.flatnonzero(window & (table["precision"] == Precision.POINT.value))
        rows = rows[[(table["accuracy_m"][i] or 0) <= NEAR_M for i in rows]]
        there = np.column_stack([table["lon"][rows], table["lat"][rows]]).astype(float)
        here = np.broadcast_to(np.array([lon, lat]), there.shape)
        near = rows[distances_m(here, there) <= NEAR_M] if len(rows) else rows
    elif asked.precision is Precision.VILLAGE and asked.admin_code:
        same = table["admin_code"] == asked.admin_code
        near = np.flatnonzero(same & (table["precision"] == Precision.VILLAGE.value))
    else:
        return set()
    # Two that are known to be about two different sites are not about one event.
    sites = table["site_id"][near]
    apart = [bool(s) and bool(asked.site_id) and s != asked.site_id for s in sites]
    return _alike(table, near[~np.array(apart, dtype=bool)], asked, PLACE_DAYS)


def _alike(table: Table, rows: NDArray[np.intp], asked: Allegation, days: int) -> set[str]:
    """Return those of some rows that share a kind with an allegation and lie near it in time."""
    found = set()
    day = asked.occurred_on or asked.received_on
    kinds = {f'"{k.value}"' for k in asked.kinds}
    for i in rows:
        other = table["occurred_on"][i] or table["received_on"][i]
        if day is None or not other or abs((date.fromisoformat(other) - day).days) > days:
            continue
        if any(kind in (table["kinds"][i] or "") for kind in kinds):
            found.add(str(table.ids[i]))
    return found
