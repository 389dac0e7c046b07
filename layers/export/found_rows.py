"""What an analysis of hotspots has found, as rows that leave: for the command's own people alone.

A table of units with their counts says where what was alleged lies, finer than any other grade may
know it: partners get allegations on a grid that premises hide in, the public counts that were
suppressed. Both have their own way out, and neither is a way round it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

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
from geo.model.entity import Area, Kind
from geo.model.vocabulary import Grade
from geo.store.layer_file import gpkg_bytes
from layers.export.about_rows import about_rows
from layers.said import Words

if TYPE_CHECKING:
    from geo.project import Project

SUFFIXES: Final = (".gpkg", *FORMATS)
DIGITS: Final = 9


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FoundColumn:
    """A column of a result.

    Attributes:
        key: Stable name, for programs.
        head: Code of its heading.
        cells: Numbers (NaN is unknown), words, or texts that are the same in every language.
    """

    key: str
    head: str
    cells: Sequence[float | int | str | Words] | NDArray[Any]

    def written(self, language: Language) -> list[Cell]:
        """Return the cells in a language."""
        return [_cell(value, language) for value in self.cells]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FoundTable:
    """A result as rows.

    Attributes:
        name: Of the layer: the method.
        columns: From left to right.
        areas: Outline of each row, lon/lat degrees.
        said: What belongs above the rows: method, parameters, n, grades, warnings.
    """

    name: str
    columns: tuple[FoundColumn, ...]
    areas: Sequence[Area | None]
    said: tuple[Words, ...]

    def rows(self, language: Language) -> list[tuple[Cell, ...]]:
        """Return the rows in a language."""
        return list(zip(*(column.written(language) for column in self.columns), strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCopy:
    """A result that may leave; written by `rows.write_rows`."""

    grade: Grade
    sheet: Sheet
    areas: Sequence[Area | None]
    about: Mapping[str, Any]

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.sheet.rows)

    def audit(self, form: str) -> dict[str, str | int]:
        """Return what the audit row of this copy says: codes and counts only."""
        return {
            "kind": "hotspots",
            "layer": self.sheet.name,
            "grade": self.grade.value,
            "format": form,
            "rows": len(self),
            "columns": len(self.sheet.keys),
            "withheld": 0,
        }

    def data(self, suffix: str, step: Step = lambda _done, _total: None) -> bytes:
        """Return the copy as a file of a format; see `demand_copy`."""
        if suffix == ".csv":
            return csv_bytes(self.sheet, step)
        if suffix == ".xlsx":
            return xlsx_bytes(self.sheet, step)
        if suffix == ".geojson":
            shapes = [shapely.geometry.mapping(a) if a is not None else None for a in self.areas]
            return geojson_bytes(self.sheet, shapes, self.about)
        return gpkg_bytes(self.sheet, self.areas, step)


def demand_copy(suffix: str, grade: Grade) -> None:
    """Refuse a grade or a format before anything is computed.

    Raises:
        InputError: Only the command may have units with their counts; or the format is none of
            `SUFFIXES`.
    """
    if grade is Grade.RESTRICTED:
        raise InputError("error.hotspots.grade_restricted")
    if grade is Grade.PUBLIC:
        raise InputError("error.hotspots.grade_public")
    if suffix not in SUFFIXES:
        raise InputError("export.error.format", suffix=suffix or "–", formats=", ".join(SUFFIXES))


def found_copy(project: Project, table: FoundTable, grade: Grade, language: Language) -> FoundCopy:
    """Return a result as it may leave.

    Raises:
        InputError: It may not at this grade.
    """
    demand_copy(SUFFIXES[0], grade)
    lines, about = about_rows(project, Kind.ALLEGATION, grade, language, {}, ())
    said = [words.words(language) for words in table.said]
    sheet = Sheet(
        name=table.name,
        about=[*lines, *said],
        keys=[column.key for column in table.columns],
        heads=[text(column.head, language) for column in table.columns],
        rows=table.rows(language),
    )
    return FoundCopy(grade=grade, sheet=sheet, areas=table.areas, about={**about, "method": said})


def _cell(value: object, language: Language) -> Cell:
    if isinstance(value, str):
        return value
    if isinstance(value, float | np.floating):
        # Digits, not decimals: a p of a millionth is no zero.
        return float(f"{value:.{DIGITS}g}") if np.isfinite(value) else None
    if isinstance(value, int | np.integer):
        return int(value)
    return value.words(language)  # type: ignore[attr-defined, no-any-return] # a `Words`
