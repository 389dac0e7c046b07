"""One position in one text.

Decimal degrees, degrees-minutes-seconds, UTM, Indian 1960, MGRS, map links, either order of axes.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from geo.crs import from_indian_1960, from_mgrs, from_utm
from geo.errors import InputError
from geo.formats.text import digits, visible
from geo.formats.values.dates import NEVER_WORDS
from geo.formats.values.problem import ValueProblemError

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

# Where Cambodia lies; only to tell one axis from the other.
LON_RANGE = (102.0, 108.0)
LAT_RANGE = (9.5, 15.0)
EASTINGS = (100_000.0, 900_000.0)
NORTHINGS = (1_000_000.0, 1_700_000.0)
_PROJECTED: dict[str, Callable[[tuple[float, float]], NDArray[np.float64]]] = {
    "EPSG:32648": from_utm,
    "EPSG:32647": partial(from_utm, zone=47),
    "EPSG:3148": from_indian_1960,
}

_NUMBER = r"[-+]?\d+(?:[.,]\d+)?"
_LINK = re.compile(r"@(-?\d+\.\d+),(-?\d+\.\d+)")
_QUERY = re.compile(
    r"(?:[?&](?:q|ll|query|center|destination)=|!3d)(-?\d+\.\d+)(?:,|%2C|!4d)(-?\d+\.\d+)"
)
_PAIR = re.compile(
    rf"^\(?\s*({_NUMBER})\s*°?\s*([NSEW]?)\s*[,;/ ]+\s*({_NUMBER})\s*°?\s*([NSEW]?)\s*\)?$",
    re.IGNORECASE,
)
_FOUR = re.compile(r"^(-?\d+(?:\.\d+)?) (-?\d+(?:\.\d+)?) (-?\d+(?:\.\d+)?) (\d+(?:\.\d+)?)$")
_DMS_PART = re.compile(
    r"([NSEW])?\s*(\d{1,3})\s*[°º˚d:]\s*(?:(\d{1,2}(?:[.,]\d+)?)\s*['’′m:]\s*)?(?:(\d{1,2}(?:[.,]\d+)?)\s*(?:\"|”|″|''|’’|′′|s)?\s*)?([NSEW])?",
    re.IGNORECASE,
)
_LETTERED = re.compile(
    rf"^([NSEW])\s*({_NUMBER})\s*°?[,;/ ]+([NSEW])\s*({_NUMBER})\s*°?$", re.IGNORECASE
)
_SEXAGESIMAL = r"(\d{1,3}) (\d{1,2}) (\d{1,2}(?:\.\d+)?)\s*([NSEW])"
_SPACED = re.compile(rf"^{_SEXAGESIMAL}[,;/ ]+{_SEXAGESIMAL}$", re.IGNORECASE)
_MARKED = re.compile(r"^\W*[NSEW]?\s*\d{1,3}\s*[d:]\s*\d{1,2}(?:\.\d+)?\s*[m:].*\d", re.IGNORECASE)
_MGRS = re.compile(r"^(4[78])\s*([N-P])\s*([A-Z]{2})\s*(\d{2,5})\s*(\d{2,5})$", re.IGNORECASE)
_UTM_ZONE = re.compile(r"\b(4[78])\s*([NP])?\b", re.IGNORECASE)
_METRES = re.compile(r"(?<![\d.])(\d{6,7}(?:[.,]\d+)?)(?![\d])")


@dataclass(frozen=True, slots=True)
class Position:
    """A position read from text.

    Attributes:
        lon: Degrees, WGS 84.
        lat: Likewise.
        swapped: Longitude stood before latitude; in Cambodia only one reading is possible.
        accuracy_m: If the text says it, metres.
    """

    lon: float
    lat: float
    swapped: bool = False
    accuracy_m: float | None = None


def parse_position(text: str, crs: str = "") -> Position | None:
    """Return the position in a text, or None if it says that there is none.

    Args:
        text: The cell.
        crs: What the file says of the coordinate system, in words or as ``EPSG:n``; may be empty.

    Raises:
        ValueProblemError: It is no position, or a person must choose the system.
    """
    return _parsed(text, crs)


@lru_cache(maxsize=2_000)
def _parsed(cell: str, crs: str) -> Position | None:
    text = digits(visible(cell))
    if text.casefold() in NEVER_WORDS:
        return None
    for reader in (_link, _four_numbers, _pair, _mgrs, _dms):
        found = reader(text)
        if found is not None:
            return found
    return _metres(text, crs)


def in_order(first: float, second: float, *, swapped: bool = False) -> Position:
    """Return the position of two numbers in degrees.

    Latitude first, exchanged where only that lies in Cambodia.
    """
    if _in(first, LON_RANGE) and _in(second, LAT_RANGE):
        return Position(first, second, swapped=True)
    return Position(second, first, swapped=swapped)


def _in(value: float, bounds: tuple[float, float]) -> bool:
    return bounds[0] <= value <= bounds[1]


def _link(text: str) -> Position | None:
    if "://" not in text and "@" not in text and "q=" not in text:
        return None
    found = _QUERY.search(text) if "!3d" in text else None
    found = found or _LINK.search(text) or _QUERY.search(text)
    if found is None:
        raise ValueProblemError("import.reason.link_without_position")
    return in_order(float(found[1]), float(found[2]))


def _four_numbers(text: str) -> Position | None:
    """KoboToolbox writes latitude, longitude, altitude, precision."""
    found = _FOUR.match(text)
    if found is None or abs(float(found[1])) > 180 or abs(float(found[2])) > 180:  # noqa: PLR2004 - degrees
        return None
    place = in_order(float(found[1]), float(found[2]))
    return Position(place.lon, place.lat, place.swapped, float(found[4]))


def _pair(text: str) -> Position | None:
    found = _PAIR.match(text)
    if found is None:
        return None
    first, second = float(found[1].replace(",", ".")), float(found[3].replace(",", "."))
    if abs(first) > 180 or abs(second) > 180:  # noqa: PLR2004 - degrees
        return None
    letters = found[2].upper() + found[4].upper()
    if len(letters) == 2:  # noqa: PLR2004 - one letter each
        first *= -1 if found[2] in "SsWw" else 1
        second *= -1 if found[4] in "SsWw" else 1
        return Position(first, second) if letters[0] in "EW" else Position(second, first)
    return in_order(first, second)


def _mgrs(text: str) -> Position | None:
    found = _MGRS.match(text.upper().replace(" ", ""))
    if found is None or len(found[4]) != len(found[5]):
        # Without spaces the digits stand together; halve them.
        joined = re.match(r"^(4[78])([N-P])([A-Z]{2})(\d{4,10})$", text.upper().replace(" ", ""))
        if joined is None:
            return None
        if len(joined[4]) % 2:
            raise ValueProblemError("import.reason.not_a_position")
    try:
        return Position(*from_mgrs(text))
    except InputError:
        raise ValueProblemError("import.reason.not_a_position") from None


def _dms(text: str) -> Position | None:
    if found := _LETTERED.match(text):
        return _pair(f"{found[2]} {found[1]}, {found[4]} {found[3]}")
    if found := _SPACED.match(text):
        text = "{}°{}'{}\"{} {}°{}'{}\"{}".format(*found.groups())
    elif not (any(c in text for c in "°º˚") or _MARKED.match(text)):
        return None
    parts = [m for m in _DMS_PART.finditer(text) if m[2]]
    if len(parts) != 2:  # noqa: PLR2004 - latitude and longitude
        raise ValueProblemError("import.reason.not_a_position")
    values: list[tuple[str, float]] = []
    for part in parts:
        minutes = float((part[3] or "0").replace(",", "."))
        seconds = float((part[4] or "0").replace(",", "."))
        if minutes >= 60 or seconds >= 60:  # noqa: PLR2004 - minutes and seconds
            raise ValueProblemError("import.reason.not_a_position")
        letter = (part[1] or part[5] or "").upper()
        degrees = int(part[2]) + minutes / 60 + seconds / 3600
        values.append((letter, -degrees if letter in {"S", "W"} else degrees))
    (first_letter, first), (_, second) = values
    if first_letter in {"E", "W"}:
        return Position(first, second)
    return Position(second, first) if first_letter else in_order(first, second)


def _metres(text: str, crs: str) -> Position:
    numbers = [float(n.replace(",", ".")) for n in _METRES.findall(text)]
    if len(numbers) != 2:  # noqa: PLR2004 - easting and northing
        raise ValueProblemError("import.reason.not_a_position")
    easting, northing = min(numbers), max(numbers)
    zone = _UTM_ZONE.search(_METRES.sub(" ", text))
    system = system_of(crs) or (f"EPSG:326{zone[1]}" if zone else "")
    return from_metres(easting, northing, system)


def from_metres(easting: float, northing: float, system: str) -> Position:
    """Return the position of an easting and a northing.

    Raises:
        ValueProblemError: They are no such, or `system` is empty and a person must choose it.
    """
    if not (_in(easting, EASTINGS) and _in(northing, NORTHINGS)):
        raise ValueProblemError("import.reason.not_a_position")
    if not system:
        lon, lat = from_utm((easting, northing))
        raise ValueProblemError(
            "import.reason.which_system", ask=True, proposal=f"{lon:.5f} {lat:.5f} EPSG:32648"
        )
    lon, lat = _PROJECTED[system]((easting, northing)) if system in _PROJECTED else (math.nan,) * 2
    if not (math.isfinite(lon) and math.isfinite(lat)):
        raise ValueProblemError("import.reason.not_a_position")
    return Position(float(lon), float(lat))


@lru_cache(maxsize=1000)
def system_of(words: str) -> str:
    """Return the projected system that a text names, as ``EPSG:n``, or an empty text."""
    text = digits(visible(words)).casefold()
    if not text:
        return ""
    if found := re.search(r"epsg\W*(\d{4,5})", text):
        return "" if found[1] == "4326" else f"EPSG:{found[1]}"
    zone = "47" if re.search(r"\b47", text) else "48"
    if "indian" in text or "1960" in text:
        return "EPSG:3148" if zone == "48" else ""
    return f"EPSG:326{zone}" if "utm" in text or re.search(r"\b4[78]\s*[np]\b", text) else ""
