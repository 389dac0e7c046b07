"""Geometry as GeoPackage keeps it: a short header before the WKB (GeoPackage 1.3, clause 2.1.3).

Points are packed and unpacked without geometry objects, so that a million of them stay columns.
"""

from __future__ import annotations

import math
import struct
from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

SRS_ID = 4326

# Little-endian throughout: magic, version 0, flags, srs_id.
_HEADER = struct.Struct("<2sBBi")
_POINT = struct.Struct("<2sBBiBIdd")
_ENVELOPE = struct.Struct("<4d")
_MAGIC = b"GP"
_LITTLE_NO_ENVELOPE = 0b0000_0001
_LITTLE_XY_ENVELOPE = 0b0000_0011
_EMPTY = 0b0001_0000
_WKB_POINT = 1
# Bytes of the envelope by its indicator: none, xy, xyz, xym, xyzm.
_ENVELOPE_BYTES = (0, 32, 48, 48, 64)

POINT_BYTES = _POINT.size
_POINT_DTYPE = np.dtype({"names": ["lon", "lat"], "formats": ["<f8", "<f8"], "offsets": [13, 21],
                         "itemsize": POINT_BYTES})  # fmt: skip
_NO_POINT = _POINT.pack(
    _MAGIC, 0, _LITTLE_NO_ENVELOPE, SRS_ID, 1, _WKB_POINT, float("nan"), float("nan")
)


def point_blob(lon: float | None, lat: float | None) -> bytes | None:
    """Return the blob of a position in degrees, or None where there is none."""
    if lon is None or lat is None:
        return None
    return _POINT.pack(_MAGIC, 0, _LITTLE_NO_ENVELOPE, SRS_ID, 1, _WKB_POINT, lon, lat)


def lonlat_of(blob: bytes | None) -> tuple[float | None, float | None]:
    """Return the position in a point's blob."""
    if blob is None:
        return None, None
    if len(blob) == POINT_BYTES:
        lon, lat = _POINT.unpack(blob)[-2:]
        return lon, lat
    west, _, south, _ = _bounds(blob)
    return (None, None) if math.isnan(west) else (west, south)


def point_columns(blobs: Sequence[bytes | None]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return longitudes and latitudes, NaN where there is no point; shape ``(n,)`` each."""
    joined = b"".join([_NO_POINT if b is None else b for b in blobs])
    if len(joined) == POINT_BYTES * len(blobs):
        points = np.frombuffer(joined, dtype=_POINT_DTYPE)
        return points["lon"], points["lat"]
    # A blob of another length was written by another program: the slow way, for the few.
    pairs = [lonlat_of(b) for b in blobs]
    both = np.array([(np.nan, np.nan) if p[0] is None else p for p in pairs], dtype=np.float64)
    return both[:, 0], both[:, 1]


def area_blob(wkb: bytes | None) -> bytes | None:
    """Return the blob of an area given as WKB, with its envelope in the header."""
    if wkb is None:
        return None
    bounds = shapely.bounds(shapely.from_wkb(wkb))
    if np.isnan(bounds[0]):
        return _HEADER.pack(_MAGIC, 0, _LITTLE_NO_ENVELOPE | _EMPTY, SRS_ID) + wkb
    west, south, east, north = (float(v) for v in bounds)
    header = _HEADER.pack(_MAGIC, 0, _LITTLE_XY_ENVELOPE, SRS_ID)
    return header + _ENVELOPE.pack(west, east, south, north) + wkb


def wkb_of(blob: bytes) -> bytes:
    """Return the WKB inside a blob.

    Raises:
        ValueError: The blob is no GeoPackage geometry.
    """
    if blob[:2] != _MAGIC or len(blob) < _HEADER.size:
        message = "not a GeoPackage geometry"
        raise ValueError(message)
    indicator = (blob[3] >> 1) & 0b111
    if indicator >= len(_ENVELOPE_BYTES):
        message = "not a GeoPackage geometry"
        raise ValueError(message)
    return blob[_HEADER.size + _ENVELOPE_BYTES[indicator] :]


def _bounds(blob: bytes) -> tuple[float, float, float, float]:
    """Return west, east, south, north."""
    if len(blob) == POINT_BYTES and blob[3] == _LITTLE_NO_ENVELOPE:
        lon, lat = _POINT.unpack(blob)[-2:]
        return lon, lon, lat, lat
    if blob[:2] == _MAGIC and blob[3] & 0b1111 == _LITTLE_XY_ENVELOPE:
        west, east, south, north = _ENVELOPE.unpack_from(blob, _HEADER.size)
        return west, east, south, north
    west, south, east, north = shapely.bounds(shapely.from_wkb(wkb_of(blob)))
    return float(west), float(east), float(south), float(north)


def _is_empty(blob: bytes | None) -> int | None:
    if blob is None:
        return None
    if len(blob) == POINT_BYTES:
        lon = _POINT.unpack(blob)[-2]
        return int(lon != lon)  # noqa: PLR0124 - an empty point is NaN
    return int(bool(blob[3] & _EMPTY))


def _side(position: int) -> Callable[[bytes | None], float | None]:
    def side(blob: bytes | None) -> float | None:
        return None if blob is None else _bounds(blob)[position]

    return side


SQL_FUNCTIONS: dict[str, Callable[[bytes | None], float | int | None]] = {
    "ST_IsEmpty": _is_empty,
    "ST_MinX": _side(0),
    "ST_MaxX": _side(1),
    "ST_MinY": _side(2),
    "ST_MaxY": _side(3),
}
"""What the R-tree triggers of GeoPackage 1.3 (annex F.3) call; SQLite itself does not know them."""
