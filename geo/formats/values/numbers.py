"""Numbers and head counts as people write them.

Decimal commas, Khmer digits, ranges, about, at least, many.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from geo.formats.text import digits, straight, visible
from geo.formats.values.dates import NEVER_WORDS
from geo.formats.values.problem import ValueProblemError

if TYPE_CHECKING:
    from geo.formats.raw import Cell

_SIMPLE = re.compile(r"-?[0-9]{1,9}(?:\.[0-9]{1,15})?\Z")
_PLAIN = re.compile(r"[-+]?\d+(?:[.,]\d+)?(?:[eE][-+]?\d+)?$")
_GROUPED = re.compile(r"[-+]?\d{1,3}(?:[ ,\u00a0]\d{3})+(?:\.\d+)?$")
_COMMA = re.compile(r"[-+]?\d{1,3},\d+$")
_HALF_TURN = 180.0
_SIXTY = 60.0
_PART = r"(\d{1,3}(?:[.,]\d+)?)"
_ANGLE = re.compile(
    rf"([NSEW])?\s*{_PART}\s*[°º˚d:]?\s*(?:(?<=[\s°º˚d:]){_PART}\s*['’′m:]?\s*"
    rf"(?:(?<=[\s'’′m:]){_PART}\s*(?:\"|”|″|''|’’|′′|s)?)?)?\s*([NSEW])?$",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(\d+)\s*(?:-|–|—|to|or|and|à|ou|ទៅ|ដល់|ឬ|~|\u301c|\uff5e|至|到)\s*(\d+)$")
_ABOUT = re.compile(
    r"^(?:~|≈|±|about|approximately|approx\.?|around|between|circa|ca\.?|c\.|environ|entre|约"
    r"|ប្រហែល(?:ជា)?|ប្រមាណ(?:ជា)?|ចន្លោះ(?:ពី)?)\s*"
)
_AT_LEAST = re.compile(
    r"^(?:>=?|≥|at least|over|more than|au moins|plus de|លើសពី|លើស|ជាង|យ៉ាងតិច|超过|至少)"
    r"\s*(\d+)$|^(\d+)\s*\+$"
)
_AT_MOST = re.compile(r"^(?:<=|≤|up to|at most|max\.?|jusqu'à|au plus|យ៉ាងច្រើន)\s*(\d+)$")
_WHO = re.compile(r"^(?:ជនរងគ្រោះ|មនុស្ស|កម្មករ|ពលករ|ចំនួន)\s*")
_UNITS = re.compile(
    r"\s*(?:នាក់|people|persons|person|personnes?|pers|workers?|victims?|ppl|pax|人|m|ម៉ែត្រ)\.?$"
)
_MANY = frozenset(("ច្រើន", "ច្រើននាក់", "many", "several", "a lot", "some", "មួយចំនួន"))
MAX_PEOPLE = 100_000
# More digits than any float holds; beyond it the number may be infinite.
_LONG = 300


def parse_number(cell: Cell) -> float | None:
    """Return a number, or None for an empty cell.

    Raises:
        ValueProblemError: It is none, or not finite.
    """
    if cell is None:
        return None
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        try:
            number = float(cell)
        except OverflowError:
            number = math.inf
        if not math.isfinite(number):
            raise ValueProblemError("import.reason.not_a_number")
        return number
    if isinstance(cell, str):
        # Most cells of most files: digits and a point. Anything else takes the long way.
        return float(cell) if _SIMPLE.match(cell) and len(cell) < _LONG else _text_number(cell)
    raise ValueProblemError("import.reason.not_a_number")


@lru_cache(maxsize=50_000)
def _text_number(cell: str) -> float | None:
    text = _UNITS.sub("", digits(visible(cell)).casefold())
    if text in NEVER_WORDS:
        return None
    if _GROUPED.match(text):
        return float(text.replace(",", "").replace(" ", "").replace("\u00a0", ""))
    if _PLAIN.match(text):
        number = float(text.replace(",", "."))
        if math.isfinite(number):
            return number
    raise ValueProblemError("import.reason.not_a_number")


def parse_degrees(cell: Cell) -> float | None:
    """Return a number of degrees, where ``11,958`` has a decimal comma and no thousands.

    Metres in the column of degrees are let through: ``343,757`` is no angle.

    Raises:
        ValueProblemError: As `parse_number`.
    """
    if isinstance(cell, str) and not _SIMPLE.match(cell):
        text = digits(visible(cell))
        if _COMMA.match(text) and abs(degrees := float(text.replace(",", "."))) <= _HALF_TURN:
            return degrees
        if (angle := _angle(straight(text))) is not None:
            return angle
    return parse_number(cell)


def _angle(text: str) -> float | None:
    """Return one angle with its letter, or in degrees, minutes and seconds; else None."""
    found = _ANGLE.match(text)
    marked = any(sign in text for sign in "°º˚") or bool(found and (found[1] or found[5]))
    if found is None or not (marked or found[3]):
        return None
    degrees, minutes, seconds = (float((n or "0").replace(",", ".")) for n in found.group(2, 3, 4))
    if minutes >= _SIXTY or seconds >= _SIXTY or (found[3] and not degrees.is_integer()):
        if not marked:
            return None  # metres with their thousands apart
        raise ValueProblemError("import.reason.not_a_position")
    angle = degrees + minutes / _SIXTY + seconds / _SIXTY**2
    return -angle if (found[1] or found[5] or "").upper() in {"S", "W"} else angle


def parse_count(cell: Cell) -> int | None:
    """Return a whole number of 0 or more, or None for an empty cell.

    Raises:
        ValueProblemError: It is none.
    """
    number = parse_number(cell)
    if number is None:
        return None
    if number < 0 or number > 1e9 or not number.is_integer():  # noqa: PLR2004 - beyond any capacity
        raise ValueProblemError("import.reason.not_a_count")
    return int(number)


def parse_people(cell: Cell) -> tuple[int | None, int | None]:
    """Return the least and the greatest number of people; None is unknown, never 0.

    ``3-4 នាក់`` is (3, 4); ``~10`` is (10, 10); ``6+`` is (6, None); ``ច្រើននាក់`` (many) is
    (None, None).

    Raises:
        ValueProblemError: It says no number at all.
    """
    if cell is None:
        return None, None
    if not isinstance(cell, str):
        count = parse_count(cell)
        return count, count
    return _text_people(cell)


@lru_cache(maxsize=50_000)
def _text_people(cell: str) -> tuple[int | None, int | None]:
    text = digits(visible(cell)).casefold()
    if text in NEVER_WORDS or text in _MANY:
        return None, None
    text = _ABOUT.sub("", _WHO.sub("", _UNITS.sub("", text))).strip()
    if found := _AT_LEAST.match(text):
        return int(found[1] or found[2]), None
    if found := _AT_MOST.match(text):
        return None, int(found[1])
    if found := _RANGE.match(text):
        low, high = int(found[1]), int(found[2])
        if low > high or high > MAX_PEOPLE:
            raise ValueProblemError("import.reason.not_a_count", ask=True)
        return low, high
    try:
        count = parse_count(text)
    except ValueProblemError as problem:
        # A number there may well be, in words that only a person reads.
        raise ValueProblemError(problem.code, ask=not text.lstrip("-").isdecimal()) from None
    return count, count
