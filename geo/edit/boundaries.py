"""Official outlines of units in the plan, in place of the approximate ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from geo.edit.edit import Delta, Edit, inserting_columns
from geo.edit.verbs import Verb
from geo.errors import InputError
from geo.model.codec import AREA_COLUMN, Scalar
from geo.model.entity import Kind, new_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.boundaries.match import Boundary
    from geo.edit.reading import PlanRows


def import_boundaries(plan: PlanRows, boundaries: Sequence[Boundary], file_name: str) -> Edit:
    """Return the edit that takes outlines into the plan; a unit that has one gets the new one.

    Raises:
        InputError: There is none.
    """
    if not boundaries:
        raise InputError("error.boundaries.none", name=file_name)
    table = plan.table(Kind.ADMIN_UNIT)
    row_of = {str(code): row for row, code in enumerate(table["code"])}
    fresh = [b for b in boundaries if b.unit.code not in row_of]
    again = [b for b in boundaries if b.unit.code in row_of]
    deltas = []
    if fresh:
        ids = [new_id() for _ in fresh]
        deltas.append(inserting_columns(Kind.ADMIN_UNIT, ids, _columns(fresh, file_name)))
    if again:
        rows = [row_of[b.unit.code] for b in again]
        after = _columns(again, file_name)
        deltas.append(
            Delta(
                Kind.ADMIN_UNIT,
                tuple(str(table.ids[row]) for row in rows),
                tuple(int(table.versions[row]) for row in rows),
                {name: tuple(table[name][row] for row in rows) for name in after},
                after,
            )
        )
    return Edit(
        verb=Verb.IMPORT_BOUNDARIES,
        params={"file": file_name, "name": file_name, "count": len(boundaries)},
        deltas=tuple(deltas),
    )


def _columns(boundaries: Sequence[Boundary], file_name: str) -> dict[str, list[Scalar]]:
    units = [b.unit for b in boundaries]
    blobs = shapely.to_wkb([b.outline for b in boundaries], byte_order=1, output_dimension=2)
    return {
        "code": [u.code for u in units],
        "level": [u.level.value for u in units],
        "name_km": [u.name_km for u in units],
        "name_en": [u.name_en for u in units],
        "parent_code": [u.parent for u in units],
        AREA_COLUMN: list(blobs),
        "approximate": [0] * len(units),
        "source": [file_name] * len(units),
    }
