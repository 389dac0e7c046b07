"""Rows that become a file or the clipboard: chosen columns of chosen rows, at a grade."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol

import numpy as np
import shapely

from geo.catalogue import Language, text
from geo.errors import InputError
from geo.formats.writing import (
    FORMATS,
    Cell,
    Sheet,
    Step,
    csv_bytes,
    geojson_bytes,
    xlsx_bytes,
)
from geo.model.codec import AREA_COLUMN
from geo.model.entity import Kind
from geo.model.vocabulary import Grade, Precision
from geo.privacy.grades import ROW_RULES, rule
from geo.privacy.release import ReleasedTable, release
from layers.export.about_rows import about_rows, local_now
from layers.export.cells import LEAVING, Leaving
from layers.export.making import Source

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from geo.project import Project

LAYERS: Final = {
    "sites": Kind.SITE,
    "allegations": Kind.ALLEGATION,
    "licences": Kind.LICENCE,
    "crossings": Kind.CROSSING,
    "teams": Kind.TEAM,
    "zones": Kind.ZONE,
}
"""Name of a table on the command line → kind of its rows."""


@dataclass(frozen=True, slots=True)
class RowsCopy:
    """Rows that may leave, and what may not.

    Attributes:
        sheet: The table with the lines that belong above it.
        withheld: Reason → rows that were asked for and do not leave.
        left_out: Codes of the headings of the columns that do not leave.
        shapes: A geometry for each row where it is known exactly; None where the kind has none or
            its places do not leave.
        about: Grade, day and plan, as they stand in a file.
    """

    kind: Kind
    grade: Grade
    sheet: Sheet
    withheld: Mapping[str, int]
    left_out: tuple[str, ...]
    shapes: Sequence[Mapping[str, Any] | None] | None
    about: Mapping[str, Any]

    def __len__(self) -> int:
        """Return the number of rows that leave."""
        return len(self.sheet.rows)

    def audit(self, form: str) -> dict[str, str | int]:
        """Return what the audit row of this copy says: codes and counts only."""
        return {
            "kind": "table",
            "layer": self.kind.value,
            "grade": self.grade.value,
            "format": form,
            "rows": len(self),
            "columns": len(self.sheet.keys),
            "withheld": sum(self.withheld.values()),
        }

    def data(self, suffix: str, step: Step = lambda _done, _total: None) -> bytes:
        """Return the copy as a file of a format.

        Args:
            suffix: ``.csv``, ``.xlsx`` or ``.geojson``.
            step: Told how many rows of how many are done.

        Raises:
            InputError: The format is none of these, or these rows have no place on the map.
        """
        demand_format(suffix, self.kind)
        if suffix == ".csv":
            return csv_bytes(self.sheet, step)
        if suffix == ".xlsx":
            return xlsx_bytes(self.sheet, step)
        if self.shapes is None:
            raise InputError("export.error.no_places", formats=".csv, .xlsx")
        return geojson_bytes(self.sheet, self.shapes, self.about)


def demand_format(suffix: str, kind: Kind) -> None:
    """Refuse a format that is not written here, before anything is read.

    Raises:
        InputError: It is not.
    """
    if suffix not in FORMATS:
        raise InputError("export.error.format", suffix=suffix or "–", formats=", ".join(FORMATS))
    if suffix == ".geojson" and kind is Kind.TEAM:
        raise InputError("export.error.no_places", formats=".csv, .xlsx")


def may_leave(kind: Kind, key: str, grade: Grade) -> bool:
    """Tell whether a column of a table may leave at a grade, row by row."""
    column = LEAVING[kind].get(key)
    if column is None or grade is Grade.PUBLIC:
        return False
    needs = (*((kind, name) for name in column.needs), *column.also)
    return all(rule(k, name, grade) in ROW_RULES for k, name in needs)


def demand_grade(kind: Kind, grade: Grade) -> None:
    """Refuse a grade at which no row of a kind may leave.

    Raises:
        InputError: The public gets counts only, or nothing of this kind leaves at this grade.
    """
    if grade is Grade.PUBLIC:
        raise InputError("export.error.public")
    if not any(may_leave(kind, key, grade) for key in LEAVING[kind]):
        raise InputError("export.error.grade", grade=grade)


def rows_copy(
    project: Project,
    kind: Kind,
    grade: Grade,
    language: Language,
    *,
    keys: Sequence[str] | None = None,
    ids: Sequence[str] | None = None,
    heads: Mapping[str, str] | None = None,
) -> RowsCopy:
    """Return rows of a kind as they may leave at a grade.

    Args:
        project: The plan.
        kind: Kind of the rows.
        grade: Grade of the copy.
        language: Of headings and labels.
        keys: Columns in their order; None takes all that may leave.
        ids: Rows in their order; None takes all.
        heads: Key → code of the heading of columns that are asked for, to name those left out.

    Raises:
        InputError: Nothing of this kind may leave at this grade, or none of the columns.
    """
    demand_grade(kind, grade)
    wanted = list(dict.fromkeys(keys if keys is not None else LEAVING[kind]))
    allowed = [key for key in wanted if may_leave(kind, key, grade)]
    left_out = tuple(key for key in wanted if key not in allowed)
    if not allowed:
        raise InputError("export.error.no_column", grade=grade)
    released = release(project, kind, grade)
    rows, withheld = _chosen(project, released, ids)
    source = Source(project, grade, language, _only(released, rows), local_now())
    columns = [LEAVING[kind][key] for key in allowed]
    cells = [column.make(source) for column in columns]
    codes = tuple((heads or {}).get(key) or _head(kind, key) for key in left_out)
    lines, about = about_rows(project, kind, grade, language, withheld, codes)
    sheet = Sheet(
        name=next(name for name, k in LAYERS.items() if k is kind),
        about=lines,
        keys=allowed,
        heads=_headings(columns, language),
        rows=list(zip(*cells, strict=True)) if len(rows) else [],
    )
    return RowsCopy(kind, grade, sheet, withheld, codes, _shapes(source), about)


def _head(kind: Kind, key: str) -> str:
    column = LEAVING[kind].get(key)
    return column.head if column is not None else ""


def _headings(columns: Sequence[Leaving], language: Language) -> list[str]:
    return [text(column.head, language) for column in columns]


def _chosen(
    project: Project, released: ReleasedTable, ids: Sequence[str] | None
) -> tuple[NDArray[np.int64], dict[str, int]]:
    """Return which released rows are meant, and how many of those meant do not leave and why."""
    gone = _merged(project) if released.kind is Kind.SITE else frozenset()
    place = {i: n for n, i in enumerate(released.ids) if i not in gone}
    reason = next((r for r in released.withheld if r != "scope"), "grade")
    table = project.table(released.kind)
    asked = ids if ids is not None else table.ids
    meant = [i for i in asked if i in table and i not in gone]
    rows = [place[i] for i in meant if i in place]
    missing = len(meant) - len(rows)
    return np.array(rows, dtype=np.int64), {reason: missing} if missing else {}


def _merged(project: Project) -> frozenset[str]:
    from geo.edit.merging import live_sites

    table = project.table(Kind.SITE)
    return frozenset(table.ids[~live_sites(table)])


def _only(released: ReleasedTable, rows: NDArray[np.int64]) -> ReleasedTable:
    columns = {name: values[rows] for name, values in released.columns.items()}
    return ReleasedTable(
        released.kind, released.grade, columns, released.ids[rows], released.withheld
    )


def _shapes(source: Source) -> list[Mapping[str, Any] | None] | None:
    columns = source.rows.columns
    if "lon" in columns and "lat" in columns:
        # What is known by its unit only is no point in another program either.
        known = columns.get("precision", [Precision.POINT.value] * len(columns["lon"]))
        return [
            {"type": "Point", "coordinates": [round(float(x), 7), round(float(y), 7)]}
            if np.isfinite(x) and np.isfinite(y) and precision == Precision.POINT.value
            else None
            for x, y, precision in zip(columns["lon"], columns["lat"], known, strict=True)
        ]
    if AREA_COLUMN in columns:
        shapes = [shapely.from_wkb(v) if v else None for v in columns[AREA_COLUMN]]
        return [shapely.geometry.mapping(s) if s is not None else None for s in shapes]
    return None


class Copy(Protocol):
    """What `write_rows` writes and logs."""

    def audit(self, form: str) -> dict[str, str | int]:
        """Return what the audit row says."""

    def data(self, suffix: str, step: Step) -> bytes:
        """Return the file."""


def write_rows(
    copy: Copy,
    path: Path,
    *,
    record: Callable[..., None],
    step: Step = lambda _done, _total: None,
) -> str:
    """Write a copy to a file, its format by the suffix, and log it; return its SHA-256.

    The audit row is written before the file gets its name: a copy that nobody logged cannot be.

    Args:
        copy: The rows.
        path: The file.
        record: `Project.record`, or what does the same on the store's own thread.
        step: Told how many rows of how many are done.

    Raises:
        InputError: The format is not known or the file cannot be written; then there is none.
    """
    import hashlib

    from geo.formats.writing import write_whole

    suffix = path.suffix.lower()
    data = copy.data(suffix, step)
    sha256 = hashlib.sha256(data).hexdigest()
    details = copy.audit(suffix.lstrip("."))
    write_whole(path, data, before=lambda: record("export", **details, sha256=sha256))
    return sha256


__all__ = ["LAYERS", "Cell", "RowsCopy", "demand_grade", "may_leave", "rows_copy", "write_rows"]
