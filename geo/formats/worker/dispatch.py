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
    return _info(path, kind, _module(kind).look(path, header))


def open_file(
    path: Path, sheets: list[str] | None, header: HeaderRows
) -> tuple[dict[str, Any], RawTable]:
    """Return what `inspect` and `read` return; big files are parsed once only.

    Raises:
        InputError: The file cannot be read.
    """
    kind = format_of(path)
    module = _module(kind)
    if hasattr(module, "both"):
        told, table = module.both(path, sheets, header)
    else:
        told, table = module.look(path, header), module.read(path, sheets, header)
    return _info(path, kind, told), table


def _info(path: Path, kind: str, told: dict[str, Any]) -> dict[str, Any]:
    size, digest = path.stat().st_size, _sha256(path)
    return asdict(FileInfo(name=path.name, format=kind, size=size, sha256=digest, **told))


def _module(kind: str) -> _Reader:
    return cast("_Reader", import_module(f"geo.formats.worker.{_MODULES[kind]}"))


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
