"""The registers as if they had been written up to a given day.

They are written as seen on `LAST_DAY`. A plan that is built later would show licences that all
ended and people "held now" for years; so all days move on together, and nothing else changes.
"""

from __future__ import annotations

import io
import re
from datetime import date, datetime, timedelta
from importlib.resources import files
from typing import TYPE_CHECKING

from resources.demo.sites import LAST_DAY
from resources.demo.writers import without_clock

if TYPE_CHECKING:
    from pathlib import Path

_ISO = re.compile(r"\b(20\d\d)-(\d\d)-(\d\d)(?!\d)")
_SLASHED = re.compile(r"\b(\d\d)/(\d\d)/(20\d\d)\b")


def text_of(name: str, day: date) -> str:
    """Return a register that is text, as of `day`."""
    raw = (files("resources") / "demo" / name).read_text(encoding="utf-8-sig")
    return _moved(raw, day - LAST_DAY)


def write_as_of(name: str, day: date, folder: Path) -> Path:
    """Write a register as of `day` into a folder, under its own name."""
    path = folder / name
    if name.endswith(".xlsx"):
        data = (files("resources") / "demo" / name).read_bytes()
        path.write_bytes(_workbook(data, day - LAST_DAY))
    else:
        path.write_text(text_of(name, day), encoding="utf-8", newline="")
    return path


def _moved(text: str, by: timedelta) -> str:
    """Return a text with its days moved; a day that is none, such as 31 February, stays."""

    def iso(match: re.Match[str]) -> str:
        year, month, day = map(int, match.groups())
        return _day(year, month, day, by, "%Y-%m-%d") or match[0]

    def slashed(match: re.Match[str]) -> str:
        day, month, year = map(int, match.groups())
        return _day(year, month, day, by, "%d/%m/%Y") or match[0]

    return _SLASHED.sub(slashed, _ISO.sub(iso, text))


def _day(year: int, month: int, day: int, by: timedelta, form: str) -> str:
    try:
        return f"{date(year, month, day) + by:{form}}"
    except ValueError:
        return ""


def _workbook(data: bytes, by: timedelta) -> bytes:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data))
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, datetime):
                    cell.value += by
                elif isinstance(cell.value, str) and cell.value.startswith("20"):
                    cell.value = _moved(cell.value, by)
    raw = io.BytesIO()
    book.save(raw)
    return without_clock(raw.getvalue())
