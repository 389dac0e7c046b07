"""Dates as offices write them: ISO, d/m/y, 17-Sep-22, Excel serials, Khmer months, Buddhist era."""

from __future__ import annotations

import contextlib
import re
from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache
from typing import TYPE_CHECKING

from geo.formats.text import digits, visible
from geo.formats.values.problem import ValueProblemError

if TYPE_CHECKING:
    from geo.formats.raw import Cell

CAMBODIA = timezone(timedelta(hours=7))
MONTHS_EN = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS_KM_WORDS = (
    "មករា",
    "កុម្ភៈ កុម្ភះ កុម្ភ",
    "មីនា មិនា",
    "មេសា",
    "ឧសភា",
    "មិថុនា",
    "កក្កដា",
    "សីហា",
    "កញ្ញា",
    "តុលា",
    "វិច្ឆិកា វិច្ចិកា",
    "ធ្នូ",
)
MONTHS_KM = {word: n for n, words in enumerate(_MONTHS_KM_WORDS, 1) for word in words.split()}

NEVER_WORDS = frozenset(
    (
        "",
        "-",
        "—",
        "–",
        "n/a",
        "na",
        "none",
        "null",
        "?",
        "គ្មាន",
        "មិនមាន",
        "មិនដឹង",
        "មិនទាន់មាន",
        "unknown",
    )
)
OPEN_END_WORDS = frozenset(
    (
        "unlimited",
        "no expiry",
        "permanent",
        "indefinite",
        "present",
        "now",
        "ongoing",
        "still open",
        "open",
        "បច្ចុប្បន្ន",
        "គ្មានកំណត់",
        "មិនកំណត់",
        "អចិន្ត្រៃយ៍",
        "រហូតមកដល់បច្ចុប្បន្ន",
    )
)

# Serials of these days: 1990-01-01 and 2100-01-01. A number outside is no date of a register.
_SERIALS = (32874.0, 73051.0)
_EPOCH_1900 = date(1899, 12, 30)
_SHIFT_1904 = 1462
_BUDDHIST = 2400
_CENTURY = 100
# The Buddhist year changes at Visak Bochea, the full moon of Visak, which falls between these days.
_VISAK_FIRST, _VISAK_LAST = (4, 15), (5, 31)

_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$")
_DMY = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})(?:\s.*)?$")
_DMONY = re.compile(r"(\d{1,2})[\s\-/.]*([A-Za-z]{3,9})[\s\-/.,]*(\d{4}|\d{2})$")
_MONDY = re.compile(r"([A-Za-z]{3,9})\.?\s+(\d{1,2})\s*,?\s+(\d{4})$")
_KHMER_WORDS = re.compile(r"ថ្ងៃទី|ថ្ងៃ|ខែ|ឆ្នាំ|ព\.?ស\.?|គ\.?ស\.?")
_DAY_MONTH_YEAR = re.compile(r"(\d{1,2})\s*([\u1780-\u17ff]+)\s*(\d{4})$")


def parse_date(cell: Cell, *, order: str = "dmy", date1904: bool = False) -> date | None:
    """Return the date of a cell, or None if it says that there is none.

    Args:
        cell: A date, a serial, or a text.
        order: ``dmy``, ``mdy`` or ``ymd`` for dates of three numbers.
        date1904: The workbook's serials count from 1904.

    Raises:
        ValueProblemError: No date, no such day, or a reading that a person must choose.
    """
    if cell is None:
        return None
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, bool):
        raise ValueProblemError("import.reason.not_a_date")
    if isinstance(cell, int | float):
        return _serial(float(cell), date1904=date1904)
    return _text_date(cell, order, date1904)


def parse_moment(cell: Cell, *, order: str = "dmy", date1904: bool = False) -> datetime | None:
    """Return day and time of a cell in Cambodia's time; a day alone begins at midnight.

    Args:
        cell: A moment with or without its zone, a date, a serial, or a text.
        order: As in `parse_date`.
        date1904: As in `parse_date`.

    Raises:
        ValueProblemError: As `parse_date`.
    """
    moment: datetime | None = cell if isinstance(cell, datetime) else None
    if isinstance(cell, str) and _MOMENT.match(text := digits(visible(cell))):
        with contextlib.suppress(ValueError):
            moment = datetime.fromisoformat(text)
    if moment is not None:
        here = moment.replace(microsecond=0)
        return here.astimezone(CAMBODIA) if here.tzinfo else here.replace(tzinfo=CAMBODIA)
    day = parse_date(cell, order=order, date1904=date1904)
    return None if day is None else datetime.combine(day, time(), CAMBODIA)


def _serial(number: float, *, date1904: bool) -> date:
    serial = number + (_SHIFT_1904 if date1904 else 0)
    if not _SERIALS[0] <= serial <= _SERIALS[1]:
        raise ValueProblemError("import.reason.not_a_date")
    return _EPOCH_1900 + timedelta(days=int(serial))


@lru_cache(maxsize=50_000)
def _text_date(  # noqa: PLR0911 - one return for each way to write a date
    cell: str,
    order: str,
    date1904: bool,  # noqa: FBT001 - cached by position
) -> date | None:
    text = visible(cell)
    if text.casefold() in NEVER_WORDS:
        return None
    buddhist = "ព.ស" in text or "ពស" in text or "BE" in text
    text = " ".join(digits(text).split())
    if found := _ISO.match(text):
        return _made(found[1], found[2], found[3], buddhist=buddhist)
    if found := _DMY.match(text):
        if order == "ymd" and len(found[3]) == 2:  # noqa: PLR2004 - two digits: a day
            return _made(found[1], found[2], found[3], buddhist=buddhist)
        day, month = (found[2], found[1]) if order == "mdy" else (found[1], found[2])
        return _made(found[3], month, day, buddhist=buddhist)
    if found := _DMONY.match(text):
        return _made(found[3], _english_month(found[2]), found[1], buddhist=buddhist)
    if found := _MONDY.match(text):
        return _made(found[3], _english_month(found[1]), found[2], buddhist=buddhist)
    plain = " ".join(_KHMER_WORDS.sub(" ", text).replace(".", " ").split())
    if found := _DAY_MONTH_YEAR.match(plain):
        month = MONTHS_KM.get(found[2])
        if month is None:
            raise ValueProblemError("import.reason.not_a_date")
        return _made(found[3], str(month), found[1], buddhist=buddhist)
    try:
        return _serial(float(text), date1904=date1904)
    except ValueError:
        raise ValueProblemError("import.reason.not_a_date") from None


def _english_month(word: str) -> str:
    try:
        return str(MONTHS_EN.index(word[:3].lower()) + 1)
    except ValueError:
        raise ValueProblemError("import.reason.not_a_date") from None


def _made(year_text: str, month_text: str, day_text: str, *, buddhist: bool) -> date:
    year, month, day = int(year_text), int(month_text), int(day_text)
    if len(year_text) <= 2:  # noqa: PLR2004 - two digits of a year
        year += 2000 if year < 70 else 1900  # noqa: PLR2004 - as spreadsheets do
    if buddhist or _BUDDHIST <= year < _BUDDHIST + 2 * _CENTURY + 50:
        year = _christian(year, month, day)
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueProblemError("import.reason.no_such_day") from None


def _christian(year: int, month: int, day: int) -> int:
    """Return the Christian year of a Buddhist one.

    After Visak Bochea minus 544, before it minus 543.
    """
    if (month, day) > _VISAK_LAST:
        return year - 544
    if (month, day) < _VISAK_FIRST:
        return year - 543
    raise ValueProblemError(
        "import.reason.visak", ask=True, first=str(year - 544), second=str(year - 543)
    )
