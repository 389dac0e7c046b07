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
from geo.formats.text import digits, straight, visible
from geo.formats.values.dates import NEVER_WORDS
from geo.formats.values.links import is_link, pair_of
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
_PAIR = re.compile(
    rf"^\(?\s*({_NUMBER})\s*°?\s*([NSEW]?)\s*[,;/ ]+\s*({_NUMBER})\s*°?\s*([NSEW]?)\s*\)?$",
    re.IGNORECASE,
)
_FOUR = re.compile(r"^(-?\d+(?:\.\d+)?) (-?\d+(?:\.\d+)?) (-?\d+(?:\.\d+)?) (\d+(?:\.\d+)?)$")
_THREE = re.compile(r"^(-?\d+\.\d+)[,; ]+(-?\d+\.\d+)[,; ]+-?\d+(?:\.\d+)?$")
_DMS_PART = re.compile(
    r"([NSEW])?\s*(\d{1,3})\s*[°º˚d:]\s*"
    r"(?:(\d{1,2}(?:[.,]\d+)?)\s*(?:['m:]|(?=\s\d)|(?=\s*(?:[NSEW,;/]|$)))\s*"
    r"(?:(\d{1,2}(?:[.,]\d+)?)(?![\d°º˚])\s*[\"s]?\s*)?)?([NSEW])?",
    re.IGNORECASE,
)
_LETTERED = re.compile(
    rf"^([NSEW])\s*({_NUMBER})\s*°?[,;/ ]+([NSEW])\s*({_NUMBER})\s*°?$", re.IGNORECASE
)
_SEXAGESIMAL = r"(\d{1,3})[ -](\d{1,2})[ -](\d{1,2}(?:\.\d+)?)\s*([NSEW])"
_SPACED = re.compile(rf"^{_SEXAGESIMAL}[,;/ ]+{_SEXAGESIMAL}$", re.IGNORECASE)
_MARKED = re.compile(r"^\W*[NSEW]?\s*\d{1,3}\s*[d:]\s*\d{1,2}(?:\.\d+)?\s*[m:].*\d", re.IGNORECASE)
_MGRS = re.compile(r"^(4[78])([N-P])([A-Z]{2})(\d{2,5})(\d{2,5})$")
_GROUPED = re.compile(r"(?<![\d.])\d{1,3}(?:[ ,\u00a0]\d{3})+(?!\d)")
_LABEL = re.compile(
    r"^(?:gps|mgrs|wgs\s*84|coordinates?|position)\b\s*[:=]?\s*"
    r"|\b(?:lat|latitude|lon|long|lng|longitude)\b\s*[:=.]?\s*",
    re.IGNORECASE,
)
_WKT = re.compile(
    rf"^POINT\s*Z?\s*\(\s*({_NUMBER})\s+({_NUMBER})(?:\s+{_NUMBER})?\s*\)$", re.IGNORECASE
)
_PLAIN_SIGNS = str.maketrans("\uff0c\uff1b|[]{}", ",; ()()")
_DATUM = re.compile(r"indian|1960|epsg|ឥណ្ឌា", re.IGNORECASE)
_UTM_ZONE = re.compile(r"\b(4[6-9])\s*([NP])?\b", re.IGNORECASE)
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
    if is_link(text):
        return _link(text)
    if written := _WKT.match(text):
        return Position(float(written[1]), float(written[2]))
    text = " ".join(_LABEL.sub(" ", straight(text).translate(_PLAIN_SIGNS)).split()).rstrip(".,; ")
    for reader in (_four_numbers, _pair, _mgrs, _dms):
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
    found = pair_of(text)
    if isinstance(found, str):
        return _dms(straight(found))
    if found is None:
        raise ValueProblemError("import.reason.link_without_position")
    return in_order(*found)


def _four_numbers(text: str) -> Position | None:
    """KoboToolbox writes latitude, longitude, altitude, precision."""
    if with_height := _THREE.match(text):
        return _pair(f"{with_height[1]} {with_height[2]}")
    found = _FOUR.match(text)
    if found is None or abs(float(found[1])) > 180 or abs(float(found[2])) > 180:  # noqa: PLR2004 - degrees
        return None
    place = in_order(float(found[1]), float(found[2]))
    return Position(place.lon, place.lat, place.swapped, float(found[4]) or None)


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
    text = re.sub("[ ,]", "", text.upper())
    found = _MGRS.match(text)
    if found is None or len(found[4]) != len(found[5]):
        # Without spaces the digits stand together; halve them.
        joined = re.match(r"^(4[78])([N-P])([A-Z]{2})(\d{4,10})$", text)
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
    parts = list(_DMS_PART.finditer(text))
    # What is left over would be minutes or seconds that nobody read.
    if len(parts) != 2 or re.search(r"[0-9]", _DMS_PART.sub("", text)):  # noqa: PLR2004 - two axes
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
    text = _GROUPED.sub(lambda found: re.sub(r"\D", "", found[0]), text)
    numbers = [float(n.replace(",", ".")) for n in _METRES.findall(text)]
    if len(numbers) != 2:  # noqa: PLR2004 - easting and northing
        raise ValueProblemError("import.reason.not_a_position")
    easting, northing = min(numbers), max(numbers)
    around = _METRES.sub(" ", text)
    zone = _UTM_ZONE.search(around)
    if _DATUM.search(around):
        # A zone says nothing of the datum; what the cell itself says of it counts most.
        system = system_of(around)
    else:
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
    if system not in _PROJECTED:
        raise ValueProblemError("import.reason.unknown_system", ask=True)
    lon, lat = _PROJECTED[system]((easting, northing))
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
    said = re.search(r"\b(4[6-9])\s*[np]?\b", text) or re.search(
        r"(?:utm|zone)\D{0,4}(\d\d)\b", text
    )
    zone = said[1] if said else "48"
    if any(word in text for word in ("indian", "1960", "ឥណ្ឌា")):
        return "EPSG:3148" if zone == "48" else f"Indian 1960 {zone}N"
    return f"EPSG:326{zone}" if "utm" in text or re.search(r"\b4[6-9]\s*[np]\b", text) else ""
