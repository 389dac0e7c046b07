"""What a column of a list or table is, and the parts from which the columns are made.

A column gives values for the rows that are asked for, never for all of them at once: a cell costs
one row, and a sort asks piece by piece.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache, partial
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from geo import localise
from geo.edit.reading import PlanRows
from geo.model.entity import Kind
from geo.model.table import Table
from gui import i18n

if TYPE_CHECKING:
    from geo.catalogue import Language

Values = Sequence[Any] | NDArray[Any]
Rows = NDArray[np.int64]
DISTRICT, COMMUNE = 4, 6
"""Digits of an NCDD code that name a district, a commune."""
EARTH_KM = 6371.0


class Form(StrEnum):
    """What a column's values are: how they are sorted, filtered and exported."""

    TEXT = "text"
    CHOICE = "choice"
    NUMBER = "number"
    DATE = "date"


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnSpec:
    """A column of a list or table.

    Attributes:
        key: Its stable name: in settings, filters and exports.
        head: Code of its heading.
        values: The plan, the table and positions → one value for each of them.
        shown: A value → text in the window's language.
        form: Text, a choice of few, a number (NaN is unknown) or a day in ISO text.
        right: Numbers stand at the right.
        width: Pixels that it takes at first.
        at_first: Shown until the user chooses otherwise.
        fields: Columns of the row that it is made of; by default the one with its key.
        reads: Kinds of other rows that it looks at.
        sought: The filter looks into it even while it is hidden.
        worded: Its values themselves change with the language.
        order: Choices in the order in which they are sorted; empty sorts by their text.
        parts: A value that holds several choices → a value for each of them alone.
    """

    key: str
    head: str
    values: Callable[[PlanRows, Table, Rows], Values]
    shown: Callable[[Any], str] = str
    form: Form = Form.TEXT
    right: bool = False
    width: int = 120
    at_first: bool = True
    fields: tuple[str, ...] = ()
    reads: tuple[Kind, ...] = ()
    sought: bool = False
    worded: bool = False
    order: tuple[str, ...] = ()
    parts: Callable[[Any], Sequence[Any]] | None = None

    @property
    def made_of(self) -> tuple[str, ...]:
        """Columns of the row that it is made of."""
        return self.fields or (self.key,)


# --- values -----------------------------------------------------------------------------------


def field_values(name: str) -> Callable[[PlanRows, Table, Rows], Values]:
    """Return a column of the table itself."""
    return lambda _plan, table, rows: table[name][rows]


def name_values(*names: str) -> Callable[[PlanRows, Table, Rows], Values]:
    """Return names in the window's language: the Khmer and the English column, then others."""

    def values(_plan: PlanRows, table: Table, rows: Rows) -> Values:
        km, en, *rest = names
        order = (km, en, *rest) if i18n.language() == "km" else (en, km, *rest)
        columns = [table[name][rows] for name in order]
        return [next((v for v in row if v), "") for row in zip(*columns, strict=True)]

    return values


def unit_values(digits: int) -> Callable[[PlanRows, Table, Rows], Values]:
    """Return the code of the district or commune in which each row lies, or empty."""

    def values(_plan: PlanRows, table: Table, rows: Rows) -> Values:
        codes = table["admin_code"][rows]
        return [c[:digits] if c and len(c) >= digits else "" for c in codes]

    return values


def from_crossings(plan: PlanRows, table: Table, rows: Rows) -> Values:
    """Return how many kilometres each row lies from the nearest border crossing."""
    crossings = plan.table(Kind.CROSSING)
    here = ~np.isnan(crossings["lon"])
    lon, lat = (np.radians(crossings[name][here]) for name in ("lon", "lat"))
    if not len(lon):
        return np.full(len(rows), np.nan)
    x, y = (np.radians(table[name][rows])[:, None] for name in ("lon", "lat"))
    # On a sphere: 0.5 % at most, and the number is shown to the kilometre.
    half = np.sin((y - lat) / 2) ** 2 + np.cos(y) * np.cos(lat) * np.sin((x - lon) / 2) ** 2
    nearest: NDArray[np.float64] = 2 * EARTH_KM * np.arcsin(np.sqrt(half)).min(axis=1)
    return nearest


# --- texts ------------------------------------------------------------------------------------


def plain(value: object) -> str:
    """Return what stands in the plan as it is."""
    return str(value) if value is not None else ""


def label_of(cls: type) -> Callable[[Any], str]:
    """Return how the members of a closed vocabulary are shown."""
    return lambda value: i18n.label(cls(value)) if value else ""


def day(value: Any) -> str:  # noqa: ANN401 - a cell
    """Show a day that is given as ISO text."""
    return i18n.day(date.fromisoformat(value)) if value else ""


def number(value: Any, decimals: int = 0) -> str:  # noqa: ANN401 - a cell
    """Show a number; an unknown one is nothing."""
    return "" if value is None or value != value else i18n.number(value, decimals)  # noqa: PLR0124 - NaN


def metres(value: Any) -> str:  # noqa: ANN401 - a cell
    """Show a length that is given in metres."""
    unknown = value is None or value != value  # noqa: PLR0124 - NaN
    return "" if unknown else localise.format_length(value, i18n.language())


def kilometres(value: Any) -> str:  # noqa: ANN401 - a cell
    """Show a length that is given in kilometres."""
    unknown = value is None or value != value  # noqa: PLR0124 - NaN
    return "" if unknown else localise.format_length(max(value, 0.0) * 1000, i18n.language())


@cache
def _unit(code: str, language: Language) -> str:
    from geo.gazetteer import Gazetteer

    found = Gazetteer.load().unit(code)
    if found is None:
        return code
    first, second = (found.name_km, found.name_en)[:: 1 if language == "km" else -1]
    return first or second or code


def unit(code: Any) -> str:  # noqa: ANN401 - a cell
    """Show the unit of an NCDD code by its name."""
    return _unit(code, i18n.language()) if code else ""


# --- columns that several kinds have ----------------------------------------------------------


def text_column(key: str, head: str, **more: Any) -> ColumnSpec:  # noqa: ANN401 - of the dataclass
    """Return a column of text, as it stands in the plan unless other `values` are given."""
    given = {"values": field_values(key), "shown": plain, **more}
    return ColumnSpec(key=key, head=head, **given)


def choice_column(key: str, head: str, cls: type[StrEnum], **more: Any) -> ColumnSpec:  # noqa: ANN401 - of the dataclass
    """Return a column of a closed vocabulary."""
    given = {"form": Form.CHOICE, "order": tuple(m.value for m in cls), **more}
    return ColumnSpec(key=key, head=head, values=field_values(key), shown=label_of(cls), **given)


def date_column(key: str, head: str, **more: Any) -> ColumnSpec:  # noqa: ANN401 - of the dataclass
    """Return a column of days."""
    given = {"form": Form.DATE, "right": True, **more}
    return ColumnSpec(key=key, head=head, values=field_values(key), shown=day, **given)


def number_column(key: str, head: str, **more: Any) -> ColumnSpec:  # noqa: ANN401 - of the dataclass
    """Return a column of numbers, those of the plan unless other `values` are given."""
    given = {"values": field_values(key), "shown": number, "right": True, "width": 90, **more}
    return ColumnSpec(key=key, head=head, form=Form.NUMBER, **given)


def place_columns(*, distance: bool = True) -> tuple[ColumnSpec, ...]:
    """Return where a row lies: unit by name, code, position, way to the border."""
    made_of = ("admin_code",)
    computed: dict[str, Any] = {"shown": unit, "form": Form.CHOICE, "fields": made_of}
    found = [
        ColumnSpec(
            key=key,
            head=f"table.column.{key}",
            values=unit_values(digits),
            at_first=False,
            width=160,
            **computed,
        )
        for key, digits in (("district", DISTRICT), ("commune", COMMUNE))
    ]
    found.append(text_column("admin_code", "table.column.admin_code", at_first=False))
    degrees = partial(number, decimals=5)
    found += [
        number_column(k, f"table.column.{k}", shown=degrees, at_first=False) for k in ("lon", "lat")
    ]
    if distance:
        found.append(
            ColumnSpec(
                key="border_km",
                head="table.column.border_km",
                values=from_crossings,
                shown=kilometres,
                form=Form.NUMBER,
                right=True,
                at_first=False,
                fields=("lon", "lat"),
                reads=(Kind.CROSSING,),
            )
        )
    return tuple(found)
