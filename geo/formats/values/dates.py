"""Dates as offices write them: ISO, d/m/y, 17-Sep-22, Excel serials, Khmer months, Buddhist era."""

from __future__ import annotations

import contextlib
import re
import unicodedata
from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from geo.formats.text import digits, visible
from geo.formats.values.problem import ValueProblemError

if TYPE_CHECKING:
    from geo.formats.raw import Cell

CAMBODIA = timezone(timedelta(hours=7))
MONTHS_EN = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS_FR = (
    ("janv", 1), ("fev", 2), ("mars", 3), ("avr", 4), ("mai", 5), ("juin", 6),
    ("juil", 7), ("aou", 8), ("dec", 12),
)  # fmt: skip
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

_FIRST_YEAR = 1900
_MONTHS = 12
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$")
_COMPACT = re.compile(r"((?:19|20|25)\d\d)(\d\d)(\d\d)$")
_CHINESE = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?$")
_DMY = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})(?:\s.*)?$")
_ORDINAL = r"(?:st|nd|rd|th|er)?"
_DMONY = re.compile(
    rf"(\d{{1,2}}){_ORDINAL}[\s\-/.]*([^\W\d_]{{3,9}})[\s\-/.,]*(\d{{4}}|\d{{2}})$", re.IGNORECASE
)
_MONDY = re.compile(
    rf"([^\W\d_]{{3,9}})\.?\s+(\d{{1,2}}){_ORDINAL}\s*,?\s+(\d{{4}})$", re.IGNORECASE
)
_WEEKDAY = re.compile(
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)[\s,.]+(?=\S)",
    re.IGNORECASE,
)
_WEEKDAY_KM = re.compile(r"ថ្ងៃ\s*(?:អាទិត្យ|ច័ន្ទ|ចន្ទ|អង្គារ|ពុធ|ព្រហស្បតិ៍|សុក្រ|សៅរ៍)\s*(?=ទី|ថ្ងៃ|\d)")
_KHMER_WORDS = re.compile(r"ថ្ងៃទី|ថ្ងៃ|ទី|ខែ|ឆ្នាំ|ព\.?ស\.?|គ\.?ស\.?")
_DAY_BEFORE_MONTH = re.compile(r"\D*\d{1,2}\s*ខែ\s*\d")
# Not the letters within "SEPTEMBER".
_ERA = re.compile(r"ព\.?ស|\bB\.?E\b|B\.E\.")
_DAY_MONTH_YEAR = re.compile(r"(\d{1,2})\s*([\u1780-\u17ff]+)\s*(\d{4})$")
# Other signs that stand for a hyphen or a stroke, and what keeps a text a text in a workbook.
_STROKES = str.maketrans({"–": "-", "—": "-", "−": "-", "\\": "/", "／": "/", "。": "."})  # noqa: RUF001 - strokes that people type


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
        return cell.astimezone(CAMBODIA).date() if cell.tzinfo else cell.date()
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
    if number.is_integer() and _COMPACT.match(compact := str(int(number))):
        return cast("date", _text_date(compact, "dmy", date1904))
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
    buddhist = bool(_ERA.search(text))
    text = " ".join(digits(text).split()).translate(_STROKES).lstrip("'’‘`")
    if _MOMENT.match(text) and (here := _day_of_moment(text)):
        return here
    text = _WEEKDAY_KM.sub("", _WEEKDAY.sub("", text, count=1))
    if found := _ISO.match(text) or _COMPACT.match(text) or _CHINESE.match(text):
        return _made(found[1], found[2], found[3], buddhist=buddhist)
    if found := _DMY.match(text):
        if order == "ymd" and len(found[3]) == 2:  # noqa: PLR2004 - two digits: a day
            return _made(found[1], found[2], found[3], buddhist=buddhist)
        day, month = (found[2], found[1]) if order == "mdy" else (found[1], found[2])
        _month_last(found[3], month, day)
        return _made(found[3], month, day, buddhist=buddhist)
    if found := _DMONY.match(text):
        return _made(found[3], _latin_month(found[2]), found[1], buddhist=buddhist)
    if found := _MONDY.match(text):
        return _made(found[3], _latin_month(found[1]), found[2], buddhist=buddhist)
    if parts := _in_khmer(text):
        return _made(*parts, buddhist=buddhist)
    try:
        return _serial(float(text), date1904=date1904)
    except ValueError:
        raise ValueProblemError("import.reason.not_a_date") from None


def _in_khmer(text: str) -> tuple[str, str, str] | None:
    """Return year, month and day of a date in Khmer words; the month may be a number."""
    plain = " ".join(_KHMER_WORDS.sub(" ", text).replace(".", " ").split())
    if _DAY_BEFORE_MONTH.match(text) and (found := _DMY.match(plain)):
        return found[3], found[2], found[1]
    if found := _DAY_MONTH_YEAR.match(plain):
        month = MONTHS_KM.get(found[2])
        if month is None:
            raise ValueProblemError("import.reason.not_a_date")
        return found[3], str(month), found[1]
    return None


def _day_of_moment(text: str) -> date | None:
    """Return the day in Cambodia of a moment that says its zone; 18:40Z is the next day."""
    with contextlib.suppress(ValueError):
        moment = datetime.fromisoformat(text)
        if moment.tzinfo:
            return moment.astimezone(CAMBODIA).date()
    return None


def _month_last(year: str, month: str, day: str) -> None:
    """Ask where the parts make a day only the other way round: the file may mix both orders."""
    if int(month) > _MONTHS >= int(day) and len(year) > 2:  # noqa: PLR2004 - two digits of a year
        with contextlib.suppress(ValueError):
            other = date(int(year), int(day), int(month))
            raise ValueProblemError(
                "import.reason.no_such_day", ask=True, proposal=other.isoformat()
            )


def _latin_month(word: str) -> str:
    """Return the number of an English or French month, accents aside."""
    plain = "".join(c for c in unicodedata.normalize("NFD", word.casefold()) if c.isalpha())
    for start, number in _MONTHS_FR:
        if plain.startswith(start):
            return str(number)
    try:
        return str(MONTHS_EN.index(plain[:3]) + 1)
    except ValueError:
        raise ValueProblemError("import.reason.not_a_date") from None


def _made(year_text: str, month_text: str, day_text: str, *, buddhist: bool) -> date:
    year, month, day = int(year_text), int(month_text), int(day_text)
    if len(year_text) <= 2:  # noqa: PLR2004 - two digits of a year
        year += 2000 if year < 70 else 1900  # noqa: PLR2004 - as spreadsheets do
    if buddhist or _BUDDHIST <= year < _BUDDHIST + 2 * _CENTURY + 50:
        year = _christian(year, month, day)
    if 0 < year < _FIRST_YEAR:
        raise ValueProblemError("import.reason.not_a_date")
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
