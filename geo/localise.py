"""Numbers, dates and money as people here write them, in Khmer and English.

Khmer digits are a choice of the language; the order of a date is not: day, month, year in both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from geo.catalogue import Language

_TO_KHMER = str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")
_FROM_KHMER = str.maketrans("០១២៣៤៥៦៧៨៩", "0123456789")

MONTHS_EN = (
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sept",
    "Oct",
    "Nov",
    "Dec",
)
MONTHS_KM = (
    "មករា",
    "កុម្ភៈ",
    "មីនា",
    "មេសា",
    "ឧសភា",
    "មិថុនា",
    "កក្កដា",
    "សីហា",
    "កញ្ញា",
    "តុលា",
    "វិច្ឆិកា",
    "ធ្នូ",
)


def digits(text: str, language: Language) -> str:
    """Return `text` with Khmer digits in Khmer, unchanged in English."""
    return text.translate(_TO_KHMER) if language == "km" else text


def latin_digits(text: str) -> str:
    """Return `text` with Khmer digits as 0-9."""
    return text.translate(_FROM_KHMER)


def format_number(value: float, language: Language, decimals: int = 0) -> str:
    """Return a number with thousands separators, e.g. ``1,680,000`` / ``១,៦៨០,០០០``."""
    return digits(f"{value:,.{decimals}f}", language)


def format_date(day: date | None, language: Language) -> str:
    """Return a date, e.g. ``17 Sept 2022`` / ``១៧ កញ្ញា ២០២២``; an unknown one is a dash."""
    if day is None:
        return "–"
    months = MONTHS_KM if language == "km" else MONTHS_EN
    return digits(f"{day.day} {months[day.month - 1]} {day.year}", language)


def format_month(day: date, language: Language) -> str:
    """Return the month of a day, e.g. ``Sept 2022`` / ``កញ្ញា ២០២២``."""
    months = MONTHS_KM if language == "km" else MONTHS_EN
    return digits(f"{months[day.month - 1]} {day.year}", language)


def format_datetime(moment: datetime | None, language: Language) -> str:
    """Return a date with its time of day, e.g. ``17 Sept 2022, 06:30``."""
    if moment is None:
        return "–"
    return f"{format_date(moment.date(), language)}, {digits(f'{moment:%H:%M}', language)}"


def format_riel(amount: int, language: Language) -> str:
    """Return an amount of money, e.g. ``1,680,000 ៛``."""
    return f"{format_number(amount, language)} ៛"


def format_area_km2(square_metres: float, language: Language) -> str:
    """Return an area in square kilometres with as many decimals as it bears."""
    km2 = square_metres / 1e6
    unit = "គម²" if language == "km" else "km²"
    return f"{format_number(km2, language, _decimals(km2))} {unit}"


def format_length(metres: float, language: Language) -> str:
    """Return a length in metres below one kilometre, else in kilometres."""
    if abs(metres) < 1000:  # noqa: PLR2004 - a kilometre
        return f"{format_number(metres, language)} {'ម' if language == 'km' else 'm'}"
    km = metres / 1000
    return f"{format_number(km, language, _decimals(km))} {'គម' if language == 'km' else 'km'}"


def _decimals(value: float) -> int:
    return 2 if value < 10 else 1 if value < 100 else 0  # noqa: PLR2004 - three digits in all
