"""From a file's format to the module that reads it."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, cast

from geo.formats.raw import FileInfo, RawTable
from geo.formats.worker.sniff import format_of

if TYPE_CHECKING:
    from pathlib import Path

    from geo.formats.raw import HeaderRows

_MODULES = {
    "csv": "csv_file",
    "xlsx": "xlsx_file",
    "geojson": "geojson_file",
    "gpkg": "geopackage_file",
    "kml": "kml_file",
    "kmz": "kml_file",
    "gpx": "gpx_file",
    "shp": "shape_file",
}


class _Reader(Protocol):
    def look(self, path: Path, header: HeaderRows) -> dict[str, Any]: ...

    def read(self, path: Path, sheets: list[str] | None, header: HeaderRows) -> RawTable: ...


def inspect(path: Path, header: HeaderRows) -> dict[str, Any]:
    """Return what `FileInfo` holds, as plain JSON.

    Raises:
        InputError: The file cannot be read.
    """
    kind = format_of(path)
    info = FileInfo(
        name=path.name,
        format=kind,
        size=path.stat().st_size,
        sha256=_sha256(path),
        **_module(kind).look(path, header),
    )
    return asdict(info)


def read(path: Path, sheets: list[str] | None, header: HeaderRows) -> RawTable:
    """Return the rows of a file; see `FileReader.read`.

    Raises:
        InputError: The file cannot be read.
    """
    return _module(format_of(path)).read(path, sheets, header)


def _module(kind: str) -> _Reader:
    return cast("_Reader", import_module(f"geo.formats.worker.{_MODULES[kind]}"))


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
