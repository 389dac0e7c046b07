"""Correcting single rows of a file that was read: typed values, and questions answered with yes."""

from __future__ import annotations

import re
from collections.abc import Mapping as Dict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import shapely
from shapely.errors import GEOSException

from geo.errors import InputError
from geo.formats.kept import filled_down
from geo.formats.synonyms import fields_of
from geo.formats.text import has_khmer
from geo.formats.values.numbers import parse_number
from geo.formats.values.problem import ValueProblemError
from geo.formats.work import as_text
from geo.model.entity import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.formats.found import Problem
    from geo.formats.mapping import Mapping
    from geo.formats.raw import Cell, RawTable

PLACE = ("coordinate", "lat", "lon", "easting", "northing", "geometry")
UNITS = ("province", "district", "commune", "village")
_CODES = tuple(f"{unit}_code" for unit in UNITS)
_NAMES = frozenset(("name_km", "name_en", "name_zh"))
_WKT = re.compile(r"\s*(?:MULTI)?POLYGON", re.IGNORECASE)
_POINT = re.compile(r"\s*POINT\s*\(\s*(\S+)\s+(\S+)\s*\)", re.IGNORECASE)
_NUMBERS = re.compile(r"-?\d+(?:\.\d+)?")

# Questions that a yes answers: what the application read is right, or both rows are to stand.
_REPEATED = frozenset(
    f"import.reason.{code}"
    for code in ("same_code", "same_number", "in_plan", "submitted_again", "form_in_plan")
)
_SETTLED_BY_YES = _REPEATED | {
    "import.reason.swapped",
    "import.reason.no_point",
    "import.reason.trial",
    "import.reason.other_province",
    "import.reason.unknown_duty",
}
# Two of one name would not be told apart: they need another name.
_ONE_OF_A_NAME = frozenset((Kind.ZONE, Kind.TEAM))
_ON_THE_MAP = frozenset(("import.reason.line", "import.reason.many_points"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a person says about one row.

    Attributes:
        values: Field → corrected value, as it would stand in the file.
        accepted: Codes of the questions that were answered with yes.
        skip: Leave the row out.
    """

    values: Dict[str, str] = field(default_factory=dict)
    accepted: frozenset[str] = frozenset()
    skip: bool = False

    def typing(self, name: str, text: str) -> Answer:
        """Return this answer with one more corrected value."""
        return replace(self, values={**self.values, name: text}, skip=False)

    @property
    def empty(self) -> bool:
        """Whether it says nothing."""
        return not (self.values or self.accepted or self.skip)


def can_correct(problem: Problem, target: Kind) -> bool:
    """Tell whether another value can mend a row; a torn line is mended in the file."""
    if problem.field == "geometry":
        return "coordinate" in fields_of(target)
    return problem.field in fields_of(target)


def can_accept(problem: Problem, target: Kind) -> bool:
    """Tell whether the question about a row can be answered with yes."""
    if not problem.ask or (target in _ONE_OF_A_NAME and problem.code in _REPEATED):
        return False
    return problem.code in _SETTLED_BY_YES or bool(problem.proposal)


def settles(code: str) -> bool:
    """Tell whether a yes alone answers a question, whatever else stands in its row."""
    return code in _SETTLED_BY_YES


def accepting(answer: Answer, problem: Problem) -> Answer:
    """Return `answer` with a yes to the question about the row."""
    if problem.code in _SETTLED_BY_YES:
        # Another row of that code may be in the file today and in the plan tomorrow.
        yes = _REPEATED if problem.code in _REPEATED else {problem.code}
        return replace(answer, accepted=answer.accepted | yes, skip=False)
    if problem.code == "import.reason.which_system":
        lon, lat = _NUMBERS.findall(problem.proposal)[:2]
        return answer.typing("coordinate", f"{lat}, {lon}")
    return answer.typing(problem.field, problem.proposal)


def demand_answer(answer: Answer, problem: Problem, target: Kind) -> None:
    """Refuse an answer that no row of this kind can take.

    Raises:
        InputError: A value is for a field that there is not, or the whole line is torn.
    """
    if answer.skip:
        return
    if problem.field == "line":
        raise InputError("error.answer.torn", row=problem.row)
    known = {*fields_of(target), "geometry", *UNITS, *_CODES}
    for name in answer.values:
        if name not in known:
            raise InputError("error.answer.no_field", field=name, row=problem.row)


def part_of(raw: RawTable, mapping: Mapping, positions: Iterable[int]) -> RawTable:
    """Return some rows of a table; a ditto mark becomes what stands above it."""
    full, chosen = raw.padded(), list(positions)
    ditto = {mapping.columns[u] for u in UNITS if u in mapping.columns}
    places = {(full.sheets[i], full.numbers[i]) for i in chosen}
    return replace(
        full,
        cells=tuple(
            [filled_down(full, name, i) for i in chosen]
            if name in ditto
            else [cells[i] for i in chosen]
            for name, cells in zip(full.columns, full.cells, strict=True)
        ),
        numbers=[full.numbers[i] for i in chosen],
        sheets=[full.sheets[i] for i in chosen],
        lon=[full.lon[i] for i in chosen],
        lat=[full.lat[i] for i in chosen],
        areas=[full.areas[i] for i in chosen],
        repairs=tuple(n for n in full.repairs if (n.sheet, n.row) in places),
        damaged=tuple(n for n in full.damaged if (n.sheet, n.row) in places),
    )


def corrected(
    raw: RawTable, mapping: Mapping, corrections: Dict[int, Dict[str, str]]
) -> tuple[RawTable, Mapping]:
    """Return a table with typed values in place of those of the file, and how it is read.

    Args:
        raw: The rows; they are not changed.
        mapping: Which column is which field; a field without a column gets one.
        corrections: Position → field → text.
    """
    sheet = _Sheet(raw.padded(), mapping)
    for i, values in corrections.items():
        for name, text in values.items():
            sheet.put(i, name, text)
    return sheet.done()


class _Sheet:
    """A table while values are typed into it."""

    def __init__(self, raw: RawTable, mapping: Mapping) -> None:
        self._raw, self._mapping = raw, mapping
        self._columns = dict(zip(raw.columns, (list(c) for c in raw.cells), strict=True))
        self._lon, self._lat, self._areas = list(raw.lon), list(raw.lat), list(raw.areas)
        self._mended: set[tuple[str, int, str]] = set()

    def put(self, i: int, name: str, text: str) -> None:
        columns = self._mapping.columns
        if name in PLACE:
            self._put_place(i, name, text)
            return
        if name == "name" and name not in columns:
            likely = "name_km" if has_khmer(text) else "name_en"
            name = next((n for n in (likely, *sorted(_NAMES)) if n in columns), name)
        if name not in columns and not text:
            return
        self._set(i, self._column(name), text)

    def done(self) -> tuple[RawTable, Mapping]:
        damaged = tuple(
            n for n in self._raw.damaged if (n.sheet, n.row, n.field) not in self._mended
        )
        table = replace(
            self._raw,
            columns=tuple(self._columns),
            cells=tuple(self._columns.values()),
            lon=self._lon,
            lat=self._lat,
            areas=self._areas,
            damaged=damaged,
        )
        return table, self._mapping

    def _put_place(self, i: int, name: str, text: str) -> None:
        columns = self._mapping.columns
        if _WKT.match(text):
            self._areas[i] = _area(text)
            self._forgive(i)
            return
        if name in columns and name != "coordinate" and _is_number(text):
            self._set(i, columns[name], text)
            return
        found = _POINT.match(text)
        text = f"{found[2]}, {found[1]}" if found else text
        for other in PLACE:
            if other in columns:
                self._set(i, columns[other], None)
        self._lon[i] = self._lat[i] = None
        self._set(i, self._column("coordinate"), text)
        self._forgive(i)

    def _column(self, name: str) -> str:
        """Return the column of a field; one that the file does not have is made."""
        column = self._mapping.columns.get(name)
        if column is None:
            column = f" {name}"
            self._mapping = self._mapping.using(**{name: column})
        self._columns.setdefault(column, [None] * len(self._raw))
        return column

    def _set(self, i: int, column: str, text: str | None) -> None:
        cell: Cell = text or None
        self._columns[column][i] = cell
        self._mended.add((self._raw.sheets[i], self._raw.numbers[i], column))

    def _forgive(self, i: int) -> None:
        """Take back that the shape of a row says no place: a person said which."""
        sheet, row = self._raw.sheets[i], self._raw.numbers[i]
        for note in self._raw.damaged:
            if (note.sheet, note.row) == (sheet, row) and note.what in _ON_THE_MAP:
                self._mended.add((sheet, row, note.field))


def _area(text: str) -> bytes | None:
    try:
        return bytes(shapely.to_wkb(shapely.from_wkt(text), byte_order=1))
    except GEOSException:
        return None


def _is_number(text: str) -> bool:
    try:
        return parse_number(as_text(text)) is not None
    except ValueProblemError:
        return False
