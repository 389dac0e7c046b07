"""The outlines of administrative units that the plan holds, as lines of the map.

Where the plan has a province's official outline, the approximate one is not drawn: two lines side
by side would let the reader choose. The other provinces keep theirs, and it is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from geo.model.codec import AREA_COLUMN
from geo.model.entity import Kind
from geo.model.vocabulary import AdminLevel
from layers.shapes import Shapes, rings_from_wkb

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.model.table import Table
    from layers.snapshot import DrawRequest
    from layers.view import FloatArray

PROVINCES: Final = 25
FROM_ZOOM: Final = {AdminLevel.PROVINCE: 0.0, AdminLevel.DISTRICT: 8.5, AdminLevel.COMMUNE: 10.5}
"""Zoom from which the lines of a level are drawn; before, they would be a grey web."""


@dataclass(frozen=True, slots=True)
class UnitLines:
    """Official boundaries.

    Attributes:
        official: Codes of the provinces that have one.
        lines: For each level its edges, each once, EPSG:3857 metres.
    """

    official: frozenset[str]
    lines: dict[AdminLevel, Shapes]

    @property
    def complete(self) -> bool:
        """Whether no province is left with an approximate outline."""
        return len(self.official) >= PROVINCES


def unit_lines(request: DrawRequest) -> UnitLines:
    """Return the plan's official boundaries, made once per table; on a worker thread."""
    table = request.table(Kind.ADMIN_UNIT)
    return table.kept("unit lines", (), lambda: _lines(table))


def official_provinces(table: Table) -> frozenset[str]:
    """Return the codes of the provinces whose official outline the plan holds."""
    rows = zip(table["code"], table["level"], table["approximate"], table[AREA_COLUMN], strict=True)
    return frozenset(
        str(code)
        for code, level, approximate, blob in rows
        if level == AdminLevel.PROVINCE and not approximate and blob
    )


def all_official(table: Table) -> bool:
    """Tell whether no province of the map is approximate any more; asked for every frame."""
    found = table.kept("official provinces", (), lambda: official_provinces(table))
    return len(found) >= PROVINCES


def _lines(table: Table) -> UnitLines:
    lines = {}
    for level in FROM_ZOOM:
        rows = np.flatnonzero((table["level"] == level.value) & (table["approximate"] == 0))
        blobs = [table[AREA_COLUMN][row] for row in rows if table[AREA_COLUMN][row]]
        lines[level] = Shapes.of([ring] for ring in _edges(blobs))
    return UnitLines(official_provinces(table), lines)


def _edges(blobs: list[bytes]) -> Iterator[FloatArray]:
    """Yield the edges of areas, those that neighbours share once: dashes drawn twice would close.

    Neighbours of one file have the same corners; where they have not, both lines are drawn.
    """
    if not blobs:
        return
    merged = shapely.line_merge(shapely.union_all(shapely.boundary(shapely.from_wkb(blobs))))
    for part in shapely.get_parts(merged):
        yield from rings_from_wkb(shapely.to_wkb(part, byte_order=1, output_dimension=2))
