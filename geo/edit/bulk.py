"""One value for many rows: a column of a hundred thousand rows is one delta, and one undo.

Only fields that mean the same for each row are here. A legal status takes its decision, an
allegation its steps and its grade, a position its evidence: none of them is set for many at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geo.edit.edit import Delta, Edit
from geo.edit.verbs import Verb
from geo.edit.zones import SETTLED
from geo.errors import InputError
from geo.model.entity import Kind
from geo.model.vocabulary import (
    Activity,
    Channel,
    CrossingClass,
    Neighbour,
    Precision,
    SiteKind,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from geo.edit.reading import PlanRows
    from geo.model.codec import Scalar
    from geo.model.table import Table

LONGEST: Final = 500
"""Characters of a text that stands for many rows."""
_MIN_CONTROL: Final = 32


class BulkForm(StrEnum):
    """What a field takes."""

    CHOICE = "choice"
    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    YES_NO = "yes_no"


@dataclass(frozen=True, slots=True)
class BulkField:
    """A field that can be set for many rows.

    Attributes:
        form: What it takes.
        choices: Members of its closed vocabulary.
        least: Smallest number.
        most: Greatest number.
        whole: Whole numbers only.
        may_be_empty: Nothing is a value of it.
    """

    form: BulkForm
    choices: type[StrEnum] | None = None
    least: float = 0
    most: float = 0
    whole: bool = True
    may_be_empty: bool = True


def _choice(cls: type[StrEnum]) -> BulkField:
    return BulkField(BulkForm.CHOICE, cls, may_be_empty=False)


_TEXT = BulkField(BulkForm.TEXT)
_DAY = BulkField(BulkForm.DAY)

BULK_FIELDS: Final[dict[Kind, dict[str, BulkField]]] = {
    Kind.SITE: {
        "kind": _choice(SiteKind),
        "activity": _choice(Activity),
        "capacity": BulkField(BulkForm.NUMBER, least=0, most=100_000),
        "accuracy_m": BulkField(BulkForm.NUMBER, least=1, most=50_000, whole=False),
        "owner": _TEXT,
        "address": _TEXT,
        "visited_on": _DAY,
        "source": _TEXT,
    },
    Kind.ALLEGATION: {"channel": _choice(Channel)},
    Kind.LICENCE: {
        "activity_kind": _choice(SiteKind),
        "activity": _TEXT,
        "holder": _TEXT,
        "issued_on": _DAY,
        "expires_on": _DAY,
        "source": _TEXT,
    },
    Kind.CROSSING: {
        "crossing_class": _choice(CrossingClass),
        "neighbour": _choice(Neighbour),
        "opposite": _TEXT,
        "approximate": BulkField(BulkForm.YES_NO, may_be_empty=False),
        "basis": _TEXT,
    },
    Kind.TEAM: {"lead": _TEXT, "contact": _TEXT},
    Kind.ZONE: {"priority": BulkField(BulkForm.NUMBER, least=1, most=99, may_be_empty=False)},
}
"""Kind → field → what it takes; whatever is not here cannot be set for many rows."""


def bulk_edit(plan: PlanRows, kind: Kind, ids: Sequence[str], values: Mapping[str, object]) -> Edit:
    """Return the edit that gives rows of a kind the same values in some of their fields.

    Args:
        plan: The plan.
        kind: Kind of the rows.
        ids: The rows.
        values: Field → value: a member of its vocabulary, a text, a number, a day, yes or no, or
            None for nothing.

    Raises:
        InputError: There is no row or no field, a row is gone, a field cannot be set for many rows,
            or a value is not possible in it.
    """
    if not ids:
        raise InputError("error.bulk.no_rows")
    if not values:
        raise InputError("error.bulk.no_field")
    table = plan.table(kind)
    wanted = {name: checked(kind, name, value) for name, value in values.items()}
    rows = _positions(table, ids)
    _demand_changeable(plan, table, rows, wanted)
    changed = rows[_differs(table, rows, wanted)]
    return Edit(
        verb=Verb.BULK_EDIT,
        params={"n": len(changed)},
        deltas=(_delta(table, changed, wanted),),
    )


def changing(plan: PlanRows, kind: Kind, ids: Sequence[str], values: Mapping[str, object]) -> int:
    """Return how many of the rows would be another.

    Raises:
        InputError: See `bulk_edit`.
    """
    table = plan.table(kind)
    wanted = {name: checked(kind, name, value) for name, value in values.items()}
    return int(_differs(table, _positions(table, ids), wanted).sum())


def checked(kind: Kind, name: str, value: object) -> Scalar:
    """Return a value as the plan holds it.

    Raises:
        InputError: The field cannot be set for many rows, or the value is not possible in it.
    """
    field = BULK_FIELDS.get(kind, {}).get(name)
    if field is None:
        raise InputError("error.bulk.field", field=name)
    empty = value is None or (isinstance(value, str) and not value.strip())
    if empty and not field.may_be_empty:
        raise InputError("error.bulk.empty")
    if field.form is BulkForm.TEXT:
        return _text(value)
    if empty:
        return None
    if field.form is BulkForm.CHOICE and field.choices is not None:
        if str(value) not in {m.value for m in field.choices}:
            raise InputError("error.bulk.choice")
        return str(value)
    if field.form is BulkForm.YES_NO:
        if name == "approximate" and not value:
            # That a position is the gate's own needs its basis, one gate at a time.
            raise InputError("error.bulk.exact")
        return int(bool(value))
    return _day(value) if field.form is BulkForm.DAY else _number(field, value)


def _text(value: object) -> str:
    text = "" if value is None else str(value).strip()
    if len(text) > LONGEST or any(ord(c) < _MIN_CONTROL for c in text):
        raise InputError("error.bulk.text", most=LONGEST)
    return text


def _number(field: BulkField, value: object) -> int | float:
    try:
        number = float(str(value))
    except ValueError:
        raise InputError("error.bulk.number", least=field.least, most=field.most) from None
    whole = number.is_integer()
    if not field.least <= number <= field.most or (field.whole and not whole):
        raise InputError("error.bulk.number", least=field.least, most=field.most)
    return int(number) if field.whole else number


def _day(value: object) -> str:
    try:
        return (value if isinstance(value, date) else date.fromisoformat(str(value))).isoformat()
    except ValueError:
        raise InputError("error.bulk.day") from None


def _positions(table: Table, ids: Sequence[str]) -> NDArray[np.int64]:
    index = table.index
    try:
        found = [index[i] for i in dict.fromkeys(ids)]
    except KeyError:
        raise InputError("error.bulk.gone") from None
    return np.array(found, dtype=np.int64)


def _differs(
    table: Table, rows: NDArray[np.int64], wanted: Mapping[str, Scalar]
) -> NDArray[np.bool_]:
    found = np.zeros(len(rows), dtype=bool)
    for name, value in wanted.items():
        before = table[name][rows].tolist()
        found |= np.fromiter((old != value for old in before), bool, count=len(rows))
    return found


def _delta(table: Table, rows: NDArray[np.int64], wanted: Mapping[str, Scalar]) -> Delta:
    return Delta(
        table.kind,
        tuple(table.ids[rows].tolist()),
        tuple(table.versions[rows].tolist()),
        {name: tuple(table[name][rows].tolist()) for name in wanted},
        {name: (value,) * len(rows) for name, value in wanted.items()},
    )


def _demand_changeable(
    plan: PlanRows, table: Table, rows: NDArray[np.int64], wanted: Mapping[str, Scalar]
) -> None:
    if table.kind is Kind.SITE:
        from geo.edit.merging import live_sites

        if not live_sites(table)[rows].all():
            raise InputError("error.bulk.merged")
        _demand_past(wanted.get("visited_on"))
        if wanted.get("accuracy_m") is not None:
            _demand_points(table, rows)
    elif table.kind is Kind.LICENCE:
        _demand_dates(table, rows, wanted)
    elif table.kind is Kind.ZONE:
        from geo.model.command import Operation

        over = {o.id for o in plan.all(Operation) if o.state in SETTLED}
        if any(i in over for i in table["operation_id"][rows]):
            raise InputError("error.bulk.zone_over")


def _demand_points(table: Table, rows: NDArray[np.int64]) -> None:
    """Nobody knows to the metre a place of which only the commune is known."""
    without = sum(precision != Precision.POINT.value for precision in table["precision"][rows])
    if without:
        raise InputError("error.bulk.no_point", n=without)


def _demand_past(day: Any) -> None:  # noqa: ANN401 - a cell
    if day and day > datetime.now(UTC).astimezone().date().isoformat():
        raise InputError("error.bulk.future")


def _demand_dates(table: Table, rows: NDArray[np.int64], wanted: Mapping[str, Scalar]) -> None:
    """No licence ends before it begins."""
    _demand_past(wanted.get("issued_on"))
    if not {"issued_on", "expires_on"} & set(wanted):
        return
    ends = [
        [wanted[name]] * len(rows) if name in wanted else table[name][rows].tolist()
        for name in ("issued_on", "expires_on")
    ]
    wrong = sum(
        bool(first and last and str(last) < str(first)) for first, last in zip(*ends, strict=True)
    )
    if wrong:
        raise InputError("error.bulk.dates_backwards", n=wrong)
