"""What is typed into a field, as the value that it means; Khmer digits and usual spellings go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.errors import InputError
from gui import i18n

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date


def read_count(text: str) -> int | None:
    """Return a whole number of 0 or more; nothing is None.

    Raises:
        InputError: It is none.
    """
    from geo.formats.values.numbers import parse_count
    from geo.formats.values.problem import ValueProblemError

    try:
        return parse_count(text.strip()) if text.strip() else None
    except ValueProblemError as problem:
        raise InputError("error.field.not_a_count", text=text.strip()) from problem


def read_metres(text: str) -> float | None:
    """Return a length in metres; nothing is None.

    Raises:
        InputError: It is none.
    """
    from geo.formats.values.numbers import parse_number
    from geo.formats.values.problem import ValueProblemError

    try:
        return parse_number(text.strip().strip("± ")) if text.strip() else None
    except ValueProblemError as problem:
        raise InputError("error.field.not_metres", text=text.strip()) from problem


def read_day(text: str) -> date | None:
    """Return a date, the day before the month; nothing is None.

    Raises:
        InputError: It is none.
    """
    from geo.formats.values.dates import parse_date
    from geo.formats.values.problem import ValueProblemError

    try:
        return parse_date(text.strip()) if text.strip() else None
    except ValueProblemError as problem:
        raise InputError("error.field.not_a_day", text=text.strip()) from problem


def reads(read: Callable[[str], object], text: str) -> bool:
    """Tell whether a text can be read."""
    try:
        read(text)
    except InputError:
        return False
    return True


def day_text(day: date | None) -> str:
    """Return a date as it is typed, such as ``24/06/2025``."""
    return "" if day is None else i18n.digits(f"{day:%d/%m/%Y}")


def number_text(value: float | None) -> str:
    """Return a number as it is typed."""
    if value is None:
        return ""
    return i18n.digits(str(int(value)) if value == int(value) else str(value))
