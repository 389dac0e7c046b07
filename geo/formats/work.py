"""The table on which rows are checked.

What was parsed, what is wrong with which row, what was mended.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from geo.formats.found import Existing, Problem, Repair
from geo.formats.text import squeezed, visible
from geo.formats.values.admin import DITTO, AdminNames
from geo.formats.values.dates import NEVER_WORDS, parse_date
from geo.formats.values.problem import ValueProblemError
from geo.formats.values.words import meaning
from geo.masking import mask
from geo.model.entity import Kind
from geo.progress import NoProgress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from collections.abc import Mapping as Dict

    from geo.formats.mapping import Mapping
    from geo.formats.raw import Cell, RawTable, RowNote
    from geo.gazetteer import Gazetteer
    from geo.progress import Progress

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

MAX_TEXT = 20_000
_STEP = 200
UNMASKED = frozenset(
    (
        *("code", "number", "reference", "site_code", "duplicate_of", "submission"),
        "assignment",
        *("name", "name_km", "name_en", "name_zh", "coordinate", "lat", "lon"),
        *("easting", "northing", "accuracy_m", "geometry", "crs"),
        *("village_code", "commune_code", "district_code", "province_code"),
    )
)
"""Fields whose digits are what they hold; in every other telephone and passport numbers are masked.
"""


class Work:
    """One check of one file. Every list that it hands out has one item a row."""

    def __init__(
        self,
        raw: RawTable,
        mapping: Mapping,
        gazetteer: Gazetteer,
        existing: Existing,
        progress: Progress | None = None,
    ) -> None:
        """Begin with what the reading itself found wrong."""
        self._progress = progress or NoProgress()
        self._cells = 0
        self.raw = raw.padded()
        self.mapping = mapping
        self.gazetteer = gazetteer
        self.names = AdminNames(gazetteer)
        self.existing = existing
        self.n = len(raw)
        # Most rows have none and share one: a hundred thousand lists would be a burden.
        self.problems: list[tuple[Problem, ...]] = [()] * self.n
        self.repairs: list[Repair] = []
        position_of = {
            (s, r): i for i, (s, r) in enumerate(zip(self.raw.sheets, raw.numbers, strict=True))
        }
        for note in raw.damaged:
            i = position_of.get((note.sheet, note.row))
            if i is not None:
                # A line on the map is no mistake of the file; a torn line is.
                ask = note.what in {"import.reason.line", "import.reason.many_points"}
                self.fail(i, note.field or "line", note.what, value=self._torn(note), ask=ask)
        for note in raw.repairs:
            self.repairs.append(
                Repair(
                    row=note.row,
                    sheet=note.sheet,
                    field=note.field,
                    value=note.value,
                    code=note.what,
                )
            )

    def _torn(self, note: RowNote) -> str:
        """Return what is shown of a damaged row.

        Of a whole line that may hold the name or the words of a person nothing is shown.
        """
        guarded = self.mapping.target is Kind.ALLEGATION or self.mapping.never
        return "" if guarded and not note.field else note.value

    def has(self, name: str) -> bool:
        """Tell whether a column or a constant gives a field."""
        return name in self.mapping.columns or name in self.mapping.constants

    def cells(self, name: str) -> list[Cell]:
        """Return a field's cells: its column, with the constant where it is empty."""
        constant = self.mapping.constants.get(name)
        column = self.mapping.columns.get(name)
        if column is None:
            return [constant] * self.n
        cells = self.raw.column(column)
        return cells if constant is None else [constant if c is None else c for c in cells]

    def each(self, cells: Sequence[Cell]) -> Iterator[tuple[int, Cell]]:
        """Yield position and cell of each row; in between say how far it is, and stop if asked to.

        Raises:
            CancelledError: The user asked to stop.
        """
        for start in range(0, len(cells), _STEP):
            fields = len(self.mapping.columns) or 1
            done = min(self._cells // fields, self.n)
            self._progress.step(done, self.n, "import.step.checking")
            self._cells += _STEP
            yield from enumerate(cells[start : start + _STEP], start)

    def fail(
        self,
        i: int,
        name: str,
        code: str,
        *,
        value: object = None,
        ask: bool = False,
        proposal: str = "",
        params: Dict[str, str] | None = None,
    ) -> None:
        """Say what is wrong with row `i`; a row may have several faults."""
        if ask and (i, code) in self.existing.settled:
            return
        problem = Problem(
            position=i,
            row=self.raw.numbers[i],
            sheet=self.raw.sheets[i],
            field=name,
            value=masked(name, shown(value)),
            code=code,
            params=params or {},
            ask=ask,
            proposal=proposal,
        )
        self.problems[i] = (*self.problems[i], problem)

    def mend(self, i: int, name: str, code: str, value: object = None) -> None:
        """Say what was mended in row `i`."""
        self.repairs.append(
            Repair(
                row=self.raw.numbers[i],
                sheet=self.raw.sheets[i],
                field=name,
                value=masked(name, shown(value)),
                code=code,
            )
        )

    def parsed(self, name: str, parser: Callable[[Cell], T], default: T) -> list[T]:
        """Return a field parsed cell by cell.

        What cannot be parsed fails its row and gets `default`.
        """
        if not self.has(name):
            return [default] * self.n
        values: list[T] = []
        for i, cell in self.each(self.cells(name)):
            if cell is None:
                values.append(default)
                continue
            try:
                values.append(parser(cell))
            except ValueProblemError as problem:
                self.fail(
                    i,
                    name,
                    problem.code,
                    value=cell,
                    ask=problem.ask,
                    proposal=problem.proposal,
                    params=problem.params,
                )
                values.append(default)
        return values

    def texts(self, name: str) -> list[str]:
        """Return a field as text: ids keep their zeros, whole numbers of Excel lose ``.0``."""
        return self.parsed(name, as_text, "") if self.has(name) else [""] * self.n

    def dates(self, name: str) -> list[date | None]:
        """Return a field as dates."""
        order, base = self.mapping.date_order, self.raw.date1904
        return self.parsed(name, lambda c: parse_date(c, order=order, date1904=base), None)

    def words(self, name: str, cls: type[E], default: E) -> list[E]:
        """Return a field as members of a vocabulary; an unknown word makes its row wait."""
        answers = self.mapping.words.get(name, {})

        def member(cell: Cell) -> E:
            text = visible(as_text(cell))
            if text.casefold() in NEVER_WORDS:
                return default
            found = cls(answers[text]) if text in answers else meaning(cls, text)
            if found is None:
                raise ValueProblemError("import.reason.unknown_word", ask=True)
            return found

        cache: dict[Cell, E] = {}

        def cached(cell: Cell) -> E:
            if cell not in cache:
                cache[cell] = member(cell)
            return cache[cell]

        return self.parsed(name, cached, default)

    def filled_down(self, name: str) -> list[str]:
        """Return a field as text; a ditto mark means what stands above it in the same sheet."""
        texts = self.texts(name)
        above = ""
        sheet = None
        for i, text in enumerate(texts):
            if self.raw.sheets[i] != sheet:
                above, sheet = "", self.raw.sheets[i]
            if text.strip().casefold() in DITTO:
                texts[i] = above
            elif text:
                above = text
        return texts

    def unique(self, name: str, values: list[str], code: str) -> None:
        """Make the second row of a code wait, and a row whose code is in the plan already."""
        first: dict[str, int] = {}
        for i, value in enumerate(values):
            if not value:
                continue
            key = key_of(value)
            if key in first:
                row = str(self.raw.numbers[first[key]])
                self.fail(i, name, code, value=value, ask=True, params={"row": row})
            elif key in self.existing.keys:
                self.fail(i, name, "import.reason.in_plan", value=value, ask=True)
            else:
                first[key] = i


def key_of(text: str) -> str:
    """Return the form in which codes are compared: case and spaces aside, zeros kept."""
    return visible(text).casefold()


def name_key(text: str) -> str:
    """Return the form in which names are compared."""
    return squeezed(text)


def as_text(cell: Cell) -> str:
    """Return a cell as text."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return visible(cell)[:MAX_TEXT]
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:  # noqa: PLR2004 - exact as float
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return str(cell)


def masked(name: str, text: str) -> str:
    """Return a field's text without telephone and passport numbers."""
    return text if name in UNMASKED else mask(text)


def shown(value: object) -> str:
    """Return a value as it is shown to a person, not too long."""
    if value is None:
        return ""
    text = as_text(value) if isinstance(value, str | int | float | date) else str(value)
    return text[:200]
