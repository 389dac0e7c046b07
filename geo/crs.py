"""Coordinate reference systems: converting, reading and writing positions.

Positions are stored as lon/lat degrees on WGS 84 (EPSG:4326) and shown in web mercator (EPSG:3857);
grids are UTM zone 48N (EPSG:32648), old Cambodian maps Indian 1960 / UTM zone 48N (EPSG:3148).
Arrays have shape ``(n, 2)``, x before y.
"""

from __future__ import annotations

import math
import re
from functools import cache
from typing import TYPE_CHECKING, Literal

import numpy as np

from geo.errors import InputError

if TYPE_CHECKING:
    from mgrs import MGRS
    from numpy.typing import ArrayLike, NDArray
    from pyproj import Transformer

LonLat = tuple[float, float]
"""Longitude and latitude in degrees, WGS 84."""

EARTH_RADIUS = 6_378_137.0
"""Metres; the sphere of web mercator has the semi-major axis of WGS 84."""
MAX_LATITUDE = 85.051_128_779_806_59
"""Degrees; where web mercator's square world ends."""
UTM_ZONE = 48
"""The zone of Cambodia east of 102° E, which is all of it; grids always use it."""
FALSE_NORTHING = 10_000_000.0
"""Metres that UTM adds south of the equator, so that no northing is negative."""
INDIAN_1960_PIPELINE = (
    "+proj=pipeline +step +inv +proj=utm +zone=48 +ellps=evrst30"
    " +step +proj=push +v_3 +step +proj=cart +ellps=evrst30"
    " +step +proj=helmert +x=198 +y=881 +z=317"
    " +step +inv +proj=cart +ellps=WGS84 +step +proj=pop +v_3"
    " +step +proj=unitconvert +xy_in=rad +xy_out=deg"
)
"""PROJ's steps for EPSG:1543, "Indian 1960 to WGS 84 (2)", for the land of Vietnam and Cambodia;
accuracy 44 m."""
KHMER_DIGITS = str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")
ASCII_DIGITS = str.maketrans("០១២៣៤៥៦៧៨៩", "0123456789")

_BANDS = "CDEFGHJKLMNPQRSTUVWX"
_NUMBER = r"(\d+(?:\.\d+)?)"
_PAIR = re.compile(rf"(-?){_NUMBER}\s*°?\s*([NSEW]?)[\s,;]+(-?){_NUMBER}\s*°?\s*([NSEW]?)")
_DMS_PART = rf"(\d+)\s*°\s*(\d+)\s*['′’]\s*{_NUMBER}\s*(?:\"|″|”|'')\s*([NSEW])"
_DMS = re.compile(rf"{_DMS_PART}[\s,;]*{_DMS_PART}")
_UTM = re.compile(rf"(\d{{1,2}})\s*([C-HJ-NP-X])\s+{_NUMBER}\s*[ ,;m]\s*{_NUMBER}\s*m?")
_MGRS = re.compile(r"(\d{1,2}[C-HJ-NP-X])\s*([A-HJ-NP-Z]{2})\s*((?:\d\s*){0,10})")
_MGRS_DIGITS = 5


def to_mercator(lonlat: ArrayLike) -> NDArray[np.float64]:
    """Project lon/lat degrees to EPSG:3857.

    Args:
        lonlat: Shape ``(n, 2)`` or ``(2,)``. Latitudes beyond `MAX_LATITUDE` are cut to it.

    Returns:
        Metres, same shape.
    """
    degrees = np.asarray(lonlat, dtype=np.float64)
    metres = np.empty_like(degrees)
    metres[..., 0] = np.radians(degrees[..., 0]) * EARTH_RADIUS
    latitude = np.radians(np.clip(degrees[..., 1], -MAX_LATITUDE, MAX_LATITUDE))
    metres[..., 1] = np.arctanh(np.sin(latitude)) * EARTH_RADIUS
    return metres


def from_mercator(metres: ArrayLike) -> NDArray[np.float64]:
    """Return lon/lat degrees of EPSG:3857 metres; same shape, ``(n, 2)`` or ``(2,)``."""
    xy = np.asarray(metres, dtype=np.float64) / EARTH_RADIUS
    degrees = np.empty_like(xy)
    degrees[..., 0] = np.degrees(xy[..., 0])
    degrees[..., 1] = np.degrees(np.arctan(np.sinh(xy[..., 1])))
    return degrees


def to_utm(lonlat: ArrayLike, zone: int = UTM_ZONE) -> NDArray[np.float64]:
    """Project lon/lat degrees to UTM on WGS 84, northern hemisphere.

    Args:
        lonlat: Shape ``(n, 2)`` or ``(2,)``.
        zone: 48 for Cambodia, 47 for Thailand west of 102° E.

    Returns:
        Easting and northing in metres, same shape.
    """
    return _transform(_utm(zone), lonlat, "FORWARD")


def from_utm(metres: ArrayLike, zone: int = UTM_ZONE) -> NDArray[np.float64]:
    """Return lon/lat degrees of UTM metres on WGS 84; same shape, ``(n, 2)`` or ``(2,)``."""
    return _transform(_utm(zone), metres, "INVERSE")


def from_indian_1960(metres: ArrayLike) -> NDArray[np.float64]:
    """Convert Indian 1960 / UTM zone 48N (EPSG:3148), the grid of old Cambodian maps, to lon/lat.

    PROJ's default path applies no datum shift and is 450 m off; the shift made for this area is
    written out, so that another version of PROJ cannot silently choose another.

    Args:
        metres: Easting and northing, shape ``(n, 2)`` or ``(2,)``.

    Returns:
        Lon/lat degrees on WGS 84, same shape, accurate to about 44 m.
    """
    return _transform(_indian_1960(), metres, "FORWARD")


def to_indian_1960(lonlat: ArrayLike) -> NDArray[np.float64]:
    """Return Indian 1960 / UTM zone 48N metres of lon/lat degrees; the inverse of the above."""
    return _transform(_indian_1960(), lonlat, "INVERSE")


def utm_zone(lon: float) -> int:
    """Return the UTM zone, 1 to 60, of a longitude in degrees."""
    return int((lon + 180.0) // 6.0) % 60 + 1


def utm_band(lat: float) -> str:
    """Return the letter of the 8° latitude band; ``P`` for all of Cambodia.

    Raises:
        InputError: UTM ends at 80° S and 84° N.
    """
    if not -80.0 <= lat <= 84.0:  # noqa: PLR2004 - the limits of UTM
        raise InputError("coordinates.error.outside_utm", latitude=lat)
    return _BANDS[min(int((lat + 80.0) // 8.0), len(_BANDS) - 1)]


def to_mgrs(lon: float, lat: float, digits: int = _MGRS_DIGITS) -> str:
    """Return the MGRS reference of a position, such as ``48P TA 35043 11595``.

    Args:
        lon: Degrees.
        lat: Degrees.
        digits: Per axis: 5 names a square of 1 m, 3 one of 100 m.

    Raises:
        InputError: Outside the area of UTM.
    """
    band = utm_band(lat)
    zone = utm_zone(lon)
    east, north = to_utm((lon, lat), zone)
    # MGRS cuts digits off, the library rounds: it is given a point that rounds to the corner.
    text = _mgrs().UTMToMGRS(
        zone,
        "N" if lat >= 0 else "S",
        math.floor(east) + 0.25,
        math.floor(north + (0.0 if lat >= 0 else FALSE_NORTHING)) + 0.25,
        MGRSPrecision=_MGRS_DIGITS,
    )
    numbers = text[-2 * _MGRS_DIGITS :]
    letters = text[-2 * _MGRS_DIGITS - 2 : -2 * _MGRS_DIGITS]
    parts = [f"{zone}{band}", letters, numbers[:digits], numbers[_MGRS_DIGITS:][:digits]]
    return " ".join(part for part in parts if part)


def from_mgrs(text: str) -> LonLat:
    """Return the position of an MGRS reference, the middle of the square that it names.

    Args:
        text: With or without spaces, any case, ASCII or Khmer digits.

    Raises:
        InputError: Not an MGRS reference, or no such square.
    """
    cleaned = _clean(text)
    match = _MGRS.fullmatch(cleaned)
    digits = re.sub(r"\s", "", match[3]) if match else ""
    if match is None or len(digits) % 2:
        raise InputError("coordinates.error.not_mgrs", text=text)
    size = 10.0 ** (_MGRS_DIGITS - len(digits) // 2)
    from mgrs.core import MGRSError

    try:
        zone, hemisphere, east, north = _mgrs().MGRSToUTM(f"{match[1]}{match[2]}{digits}")
    except MGRSError as error:
        raise InputError("coordinates.error.not_mgrs", text=text) from error
    # Some versions of the library give the corner of the square, others its middle.
    middle = (np.floor(np.array([east, north]) / size) + 0.5) * size
    middle[1] -= 0.0 if hemisphere == "N" else FALSE_NORTHING
    lon, lat = from_utm(middle, zone)
    return float(lon), float(lat)


def format_decimal(lon: float, lat: float, *, khmer_digits: bool = False) -> str:
    """Return decimal degrees to 11 m, such as ``13.6612 N 102.5507 E``."""
    north, east = ("N" if lat >= 0 else "S"), ("E" if lon >= 0 else "W")
    return _digits(f"{abs(lat):.4f} {north} {abs(lon):.4f} {east}", khmer=khmer_digits)


def format_dms(lon: float, lat: float, *, khmer_digits: bool = False) -> str:
    """Return degrees, minutes and seconds to 3 m, such as ``13°39′40.3″N 102°33′02.5″E``."""
    text = f"{_dms(lat, 'N' if lat >= 0 else 'S')} {_dms(lon, 'E' if lon >= 0 else 'W')}"
    return _digits(text, khmer=khmer_digits)


def format_utm(lon: float, lat: float, *, khmer_digits: bool = False) -> str:
    """Return UTM in whole metres in the position's own zone, such as ``48P 235043 1511596``.

    Raises:
        InputError: Outside the area of UTM.
    """
    band = utm_band(lat)
    zone = utm_zone(lon)
    east, north = to_utm((lon, lat), zone)
    north += 0.0 if lat >= 0 else FALSE_NORTHING
    return _digits(f"{zone}{band} {east:.0f} {north:.0f}", khmer=khmer_digits)


def format_mgrs(lon: float, lat: float, *, khmer_digits: bool = False) -> str:
    """Return the MGRS reference to 1 m.

    Raises:
        InputError: Outside the area of UTM.
    """
    return _digits(to_mgrs(lon, lat), khmer=khmer_digits)


def parse(text: str) -> LonLat:
    """Read a position as people write it.

    Accepts decimal degrees with or without hemisphere (latitude first unless letters say otherwise,
    or unless only the other order is possible), degrees minutes seconds, UTM with its zone and
    band, and MGRS; ASCII or Khmer digits.

    Args:
        text: One position.

    Returns:
        Longitude and latitude in degrees.

    Raises:
        InputError: Not a position, or one outside the world.
    """
    cleaned = _clean(text)
    if match := _DMS.fullmatch(cleaned):
        first = _sexagesimal(match[1], match[2], match[3]), match[4]
        second = _sexagesimal(match[5], match[6], match[7]), match[8]
        return _ordered(first, second, text)
    if match := _PAIR.fullmatch(cleaned):
        first = float(match[1] + match[2]), match[3]
        second = float(match[4] + match[5]), match[6]
        return _ordered(first, second, text)
    if match := _UTM.fullmatch(cleaned):
        zone = int(match[1])
        if not 1 <= zone <= 60:  # noqa: PLR2004 - UTM has 60 zones
            raise InputError("coordinates.error.not_a_position", text=text)
        south = 0.0 if match[2] >= "N" else FALSE_NORTHING
        lon, lat = from_utm((float(match[3]), float(match[4]) - south), zone)
        return _within_world(float(lon), float(lat), text)
    if _MGRS.fullmatch(cleaned):
        return from_mgrs(cleaned)
    raise InputError("coordinates.error.not_a_position", text=text)


def _ordered(first: tuple[float, str], second: tuple[float, str], text: str) -> LonLat:
    """Tell longitude from latitude by the letters, else by what is possible."""
    (a, letter_a), (b, letter_b) = first, second
    a = -a if letter_a in {"S", "W"} else a
    b = -b if letter_b in {"S", "W"} else b
    letters = letter_a + letter_b
    lon_first = bool(letters) and (
        (letter_a in {"E", "W"} or not letter_a) and (letter_b in {"N", "S"} or not letter_b)
    )
    lat_first = bool(letters) and (
        (letter_a in {"N", "S"} or not letter_a) and (letter_b in {"E", "W"} or not letter_b)
    )
    if letters and not lon_first and not lat_first:
        raise InputError("coordinates.error.not_a_position", text=text)
    if lon_first or (not letters and abs(a) > 90 >= abs(b)):  # noqa: PLR2004 - no such latitude
        return _within_world(a, b, text)
    return _within_world(b, a, text)


def _within_world(lon: float, lat: float, text: str) -> LonLat:
    if not (math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90):  # noqa: PLR2004 - degrees
        raise InputError("coordinates.error.not_a_position", text=text)
    return lon, lat


def _sexagesimal(degrees: str, minutes: str, seconds: str) -> float:
    return int(degrees) + int(minutes) / 60 + float(seconds) / 3600


def _dms(value: float, letter: str) -> str:
    # Rounded once, in tenths of a second, lest 59.96 seconds be written as 60.0.
    tenths = round(abs(value) * 36_000)
    minutes, rest = divmod(tenths, 600)
    degrees, minutes = divmod(minutes, 60)
    return f"{degrees}°{minutes:02d}′{rest / 10:04.1f}″{letter}"


def _digits(text: str, *, khmer: bool) -> str:
    return text.translate(KHMER_DIGITS) if khmer else text


def _clean(text: str) -> str:
    plain = text.translate(ASCII_DIGITS).replace("\u200b", "").replace("−", "-")
    return plain.strip().upper()


def _transform(
    transformer: Transformer, xy: ArrayLike, direction: Literal["FORWARD", "INVERSE"]
) -> NDArray[np.float64]:
    points = np.asarray(xy, dtype=np.float64)
    x, y = transformer.transform(points[..., 0], points[..., 1], direction=direction)
    return np.stack((np.asarray(x), np.asarray(y)), axis=-1)


@cache
def _utm(zone: int) -> Transformer:
    from pyproj import Transformer

    # Pipelines, not pairs of systems: PROJ makes a transformer anew in each thread that uses it,
    # and looking both systems up in its database holds the interpreter for a tenth of a second.
    return Transformer.from_pipeline(
        f"+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad"
        f" +step +proj=utm +zone={zone} +ellps=WGS84"
    )


@cache
def _indian_1960() -> Transformer:
    from pyproj import Transformer

    return Transformer.from_pipeline(INDIAN_1960_PIPELINE)


@cache
def _mgrs() -> MGRS:
    from mgrs import MGRS

    return MGRS()
