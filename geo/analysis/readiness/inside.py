"""What lies in the zones of an operation: found once, for all questions that are asked of them.

A site is in a zone only if its point is known exactly; on the edge of two zones it is in both.
Sites that turned out to be others are none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.edit.merging import live_sites
from geo.model.command import Zone
from geo.model.entity import Kind
from geo.model.vocabulary import Precision, ZoneState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

    from geo.edit.reading import PlanRows
    from geo.model.table import Table
    from geo.progress import Progress

PIECE: Final = 5_000
"""Points asked at once: a window waits for each call to come back."""


@dataclass(frozen=True, slots=True)
class Inside:
    """Rows of one kind in each zone.

    Attributes:
        rows: For each zone, the positions of the rows in their table, in order.
    """

    rows: tuple[NDArray[np.intp], ...]

    def chosen(self, mask: NDArray[np.bool_]) -> Inside:
        """Return only the rows that a mask over the whole table chooses."""
        return Inside(tuple(rows[mask[rows]] for rows in self.rows))

    def any(self) -> NDArray[np.intp]:
        """Return each row that is in some zone, once."""
        return np.unique(np.concatenate(self.rows)) if self.rows else _none()


def zones_of(plan: PlanRows, operation_id: str) -> tuple[Zone, ...]:
    """Return the zones of an operation that are not cancelled, the first by priority first."""
    table = plan.table(Kind.ZONE)
    own = np.flatnonzero(table["operation_id"] == operation_id)
    zones = (plan.get(Zone, str(table.ids[row])) for row in own)
    kept = (z for z in zones if z.state is not ZoneState.CANCELLED)
    return tuple(sorted(kept, key=lambda z: (z.priority, z.name)))


def exact_rows(table: Table) -> NDArray[np.bool_]:
    """Tell which rows have a point of their own, shape ``(n,)``; a merged site has none."""
    known = np.isfinite(table["lon"]) & np.isfinite(table["lat"])
    known &= np.asarray(table["precision"] == Precision.POINT.value, dtype=np.bool_)
    if table.kind is Kind.SITE:
        known &= live_sites(table)
    exact: NDArray[np.bool_] = known
    return exact


def inside(
    table: Table,
    outlines: Sequence[BaseGeometry],
    among: NDArray[np.bool_],
    progress: Progress,
) -> Inside:
    """Return which rows lie in each area, or on its edge.

    Args:
        table: Sites or allegations.
        outlines: Areas, lon/lat degrees.
        among: Which rows are asked at all, shape ``(n,)``; all of them with a point.
        progress: Told after each area.
    """
    rows = np.flatnonzero(among)
    order = np.argsort(table["lon"][rows], kind="stable")
    rows = rows[order]
    lon, lat = table["lon"][rows], table["lat"][rows]
    found = []
    for number, outline in enumerate(outlines):
        progress.step(number, len(outlines), "readiness.step.inside")
        west, south, east, north = shapely.bounds(outline)
        near = slice(np.searchsorted(lon, west), np.searchsorted(lon, east, "right"))
        here = near.start + np.flatnonzero((lat[near] >= south) & (lat[near] <= north))
        shapely.prepare(outline)
        hits = [
            piece[shapely.intersects_xy(outline, lon[piece], lat[piece])]
            for piece in np.split(here, range(PIECE, len(here), PIECE))
        ]
        found.append(np.sort(rows[np.concatenate(hits)]))
    return Inside(tuple(found))


def _none() -> NDArray[np.intp]:
    return np.zeros(0, dtype=np.intp)
