"""The gate before the store: zones of one operation never hold the same ground."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from geo.edit.edit import Action
from geo.edit.reading import applied
from geo.errors import GeometryError, OverlapError
from geo.measure import area_m2
from geo.model.codec import AREA_COLUMN
from geo.model.entity import Kind
from geo.model.vocabulary import ZoneState
from geo.sharing import LEAST_OVERLAP_M2, overlaps

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.edit.edit import Edit
    from geo.model.table import Table

_OF_GROUND: Final = frozenset({AREA_COLUMN, "operation_id", "state"})
_AREAS: Final = frozenset({"Polygon", "MultiPolygon"})
_ROUNDING_M2: Final = 0.01


def demand_apart(edit: Edit, zones: Table) -> None:
    """Refuse an edit after which zones of one operation hold the same ground.

    It is asked of every edit, whether it draws, imports, changes operations, takes back or puts
    back. Zones that lie upon each other in an older plan may be mended one by one: only what is
    more than before is refused. Cancelled zones, and those of no operation, may lie anywhere.

    Args:
        edit: To be made.
        zones: The plan's zones as they are.

    Raises:
        OverlapError: Two would share more than a square metre.
        GeometryError: An outline is no valid area.
    """
    deltas = [d for d in edit.deltas if d.kind is Kind.ZONE]
    touched = {
        i
        for d in deltas
        if d.after is not None and (d.before is None or _OF_GROUND & set(d.after))
        for i in d.ids
    }
    there = all(i in zones for d in deltas if d.before is not None for i in d.ids)
    if not touched or not there:  # a row that is gone is the store's to refuse
        return
    after = zones
    for delta in deltas:
        after = applied(after, delta)
    rows: dict[str, list[int]] = defaultdict(list)
    for row in np.flatnonzero(_holding(after)):
        rows[str(after["operation_id"][row])].append(int(row))
    outlines = _outlines(after)
    for at in (after.index[i] for i in touched if edit.action is Action.DO):
        area = outlines[at]
        if area is None or area.is_empty or not area.is_valid or area.geom_type not in _AREAS:
            raise GeometryError("error.zone.invalid")
    for mine in rows.values():
        changed = [n for n, row in enumerate(mine) if after.ids[row] in touched]
        if changed:
            _demand_apart(zones, after, mine, changed)


def _demand_apart(zones: Table, after: Table, rows: list[int], changed: list[int]) -> None:
    outlines = list(_outlines(after)[rows])
    found = overlaps(outlines, changed, least_m2=LEAST_OVERLAP_M2)
    worse = []
    for first, second, square_metres in found:
        ids = [str(after.ids[rows[i]]) for i in (first, second)]
        if square_metres > _shared_before(zones, *ids) + _ROUNDING_M2:
            worse.append((first, second, square_metres))
    if worse:
        places = dict.fromkeys(i for first, second, _ in worse for i in (first, second))
        names = sorted(places, key=lambda i: i not in changed)
        raise OverlapError(
            [str(after["name"][rows[i]]) for i in names], sum(m2 for _, _, m2 in worse)
        )


def _shared_before(zones: Table, first: str, second: str) -> float:
    """Return the ground that two zones of one operation held both before, in square metres."""
    if first not in zones or second not in zones:
        return 0.0
    a, b = zones.index[first], zones.index[second]
    holding = _holding(zones)
    if zones["operation_id"][a] != zones["operation_id"][b] or not (holding[a] and holding[b]):
        return 0.0
    outlines = _outlines(zones)
    return area_m2(shapely.intersection(outlines[a], outlines[b]))


def _holding(zones: Table) -> NDArray[np.bool_]:
    """Tell which zones hold the ground of an operation."""
    return np.asarray(
        (zones["operation_id"] != "") & (zones["state"] != ZoneState.CANCELLED.value),
        dtype=np.bool_,
    )


def _outlines(zones: Table) -> NDArray[np.object_]:
    """Return the outlines of zones, read once for each table."""

    def read() -> NDArray[np.object_]:
        return np.asarray(shapely.from_wkb(zones[AREA_COLUMN], on_invalid="ignore"), dtype=object)

    return zones.kept("outlines", (), read)
