"""Which format a file is: its ending and its content must agree.

A VRT renamed ``.geojson`` makes GDAL read another file, so nothing is left to GDAL's own guess.
"""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING

from geo.errors import InputError
from geo.formats.worker.encoding import half_empty
from geo.formats.worker.limits import MAX_FILE_BYTES

if TYPE_CHECKING:
    from pathlib import Path

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"
_OFFICE = (".xlsx", ".xlsm")
_BY_ENDING = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".geojson": "geojson",
    ".json": "geojson",
    ".gpkg": "gpkg",
    ".kml": "kml",
    ".kmz": "kmz",
    ".gpx": "gpx",
    ".zip": "shp",
    ".shp": "shp",
}
_XML_ROOT = re.compile(rb"<\s*(?:[\w.-]+:)?([A-Za-z][\w.-]*)")
_GEOJSON = re.compile(
    rb'"type"\s*:\s*"(?:Feature(?:Collection)?|(?:Multi)?(?:Point|LineString|Polygon)'
    rb'|GeometryCollection)"'
)
_GDALG = re.compile(rb'"gdal_streamed_alg"|"gdalg"|"command_line"')
_VIRTUAL = (b"<OGRVRTDataSource", b"<VRTDataset", b"<GDAL_WMS", b"<OGRWFSDataSource")
# So few are dirt, even in a file of two lines.
_FEW_CONTROLS = 32
_HEAD = 64 * 1024
# Everything but control characters; NUL is left out on purpose, see `_binary`.
_TEXT_BYTES = bytes([0, *range(9, 14), 27, *range(32, 256)])


def format_of(path: Path) -> str:
    """Return the format of a file.

    Raises:
        InputError: Missing, unreadable, too big, of a kind that is not read here, or not what its
            ending says.
    """
    expected = _BY_ENDING.get(path.suffix.lower())
    if expected is None:
        raise InputError("error.import.unknown_format", name=path.name)
    head = _head(path)
    if not head:
        raise InputError("error.import.empty_file", name=path.name)
    if path.suffix.lower() in _OFFICE and head.startswith(_OLE):
        # A workbook with a password lies as a whole inside of an old container.
        raise InputError("error.import.locked", name=path.name)
    if not _is(expected, head, path):
        raise InputError("error.import.not_what_it_says", name=path.name, format=expected)
    return expected


def _head(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file():
            # A folder, or a pipe that would keep its reader waiting.
            raise InputError("error.import.unreadable_file", name=path.name)
        if path.stat().st_size > MAX_FILE_BYTES:
            raise InputError("error.import.too_big", name=path.name)
        with path.open("rb") as stream:
            return stream.read(_HEAD)
    except FileNotFoundError:
        raise InputError("error.import.missing_file", name=path.name) from None
    except OSError:
        raise InputError("error.import.unreadable_file", name=path.name) from None


def _is(expected: str, head: bytes, path: Path) -> bool:
    if expected in {"xlsx", "kmz"} or path.suffix.lower() == ".zip":
        return head.startswith(_ZIP) and _zip_holds(expected, path)
    if expected == "gpkg":
        return head.startswith(b"SQLite format 3\x00")
    if expected == "shp":
        return head.startswith(b"\x00\x00\x27\x0a")
    start = _readable(head).lstrip()
    if expected in {"kml", "gpx"}:
        return _xml_root(start) == expected
    if expected == "geojson":
        return start.startswith(b"{") and bool(_GEOJSON.search(start)) and not _GDALG.search(start)
    return not _binary(head) and not any(mark in head for mark in _VIRTUAL)


def _readable(head: bytes) -> bytes:
    """Return the beginning of a text as UTF-8, also of one with two bytes for each character."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace").encode("utf-8", "replace")
    half = half_empty(head)
    if half is not None:
        wide = "utf-16-le" if half else "utf-16-be"
        return head.decode(wide, "replace").encode("utf-8", "replace")
    return head.decode("utf-8-sig", "replace").encode() if b"\x00" not in head[:4] else head


def _xml_root(text: bytes) -> str:
    without = re.sub(
        rb"<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(\[.*?\])?\s*>", b"", text, flags=re.DOTALL
    )
    found = _XML_ROOT.search(without)
    return found.group(1).decode().lower() if found else ""


def _zip_holds(expected: str, path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            names = [n.lower() for n in archive.namelist()]
    except (zipfile.BadZipFile, OSError):
        raise InputError("error.import.file_broken", name=path.name, what="zip") from None
    if expected == "xlsx":
        return "xl/workbook.xml" in names
    ending = ".kml" if expected == "kmz" else ".shp"
    return any(n.endswith(ending) for n in names)


def _binary(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    if head.startswith((_ZIP, b"SQLite format 3\x00", b"%PDF", _OLE)):
        return True
    if half_empty(head) is not None:
        return False
    # A stray NUL is a damaged row, not another format.
    control = len(head.translate(None, _TEXT_BYTES))
    return control > max(_FEW_CONTROLS, len(head) // 20)
