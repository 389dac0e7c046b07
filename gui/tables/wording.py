"""Filters in words, and what is typed as a number or a day."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from geo.localise import latin_digits
from gui.i18n import digits, tr
from gui.models.column import Form, day, number

if TYPE_CHECKING:
    from gui.models.column import ColumnSpec
    from gui.models.filters import FieldFilter

NAMED: Final = 3
"""Values that a chip names before it only counts them."""
_DAY = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


def typed_number(written: str) -> float | None:
    """Return what was typed as a number; None if it is none."""
    plain = latin_digits(written).replace(",", "").replace(" ", "").strip()
    try:
        found = float(plain)
    except ValueError:
        return None
    return found if abs(found) < float("inf") else None


def typed_day(written: str) -> str | None:
    """Return what was typed as a day, as ISO text: day/month/year, or year-month-day."""
    plain = latin_digits(written).strip()
    if found := _DAY.fullmatch(plain):
        last, middle, first = map(int, found.groups())
    elif found := _ISO.fullmatch(plain):
        first, middle, last = map(int, found.groups())
    else:
        return None
    try:
        return date(first, middle, last).isoformat()
    except ValueError:
        return None


def shown_bound(spec: ColumnSpec, value: float | str | None) -> str:
    """Return an end of a range as people read it."""
    if value is None or value == "":
        return ""
    if spec.form is Form.DATE:
        return day(str(value))
    return number(float(value), 0 if float(value).is_integer() else 2)


def typed_bound(spec: ColumnSpec, value: float | str | None) -> str:
    """Return an end of a range as it is typed."""
    if value is None or value == "":
        return ""
    if spec.form is Form.DATE:
        found = date.fromisoformat(str(value))
        return digits(f"{found.day}/{found.month}/{found.year}")
    return digits(f"{float(value):g}")


def described(spec: ColumnSpec, wanted: FieldFilter) -> str:
    """Return what a filter wants, e.g. ``Legal status: Legal, Illegal``."""
    said = []
    if wanted.values is not None:
        names = sorted(spec.shown(v) or tr("table.filter.nothing") for v in wanted.values)
        many = len(names) > NAMED
        said.append(tr("table.filter.values", n=number(len(names))) if many else ", ".join(names))
    if wanted.part:
        said.append(f"“{wanted.part}”")
    low, high = shown_bound(spec, wanted.low), shown_bound(spec, wanted.high)
    if low and high:
        said.append(f"{low} – {high}")
    elif low:
        said.append(f"≥ {low}")
    elif high:
        said.append(f"≤ {high}")
    if wanted.filled is not None:
        said.append(tr("table.filter.filled" if wanted.filled else "table.filter.empty"))
    return f"{tr(spec.head)}: {' · '.join(said)}"
