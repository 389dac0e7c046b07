from __future__ import annotations

import struct
import zipfile
from typing import TYPE_CHECKING

import pytest

from geo.formats.mapping import suggest
from geo.formats.reader import FileReader
from geo.formats.rows import check

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from geo.formats.found import Existing
    from geo.formats.rows import Checked
    from geo.model.entity import Kind


@pytest.fixture(scope="session")
def reader() -> Iterator[FileReader]:
    """One warm worker for all tests that do not break it."""
    with FileReader() as warm:
        yield warm


@pytest.fixture
def checked(reader: FileReader) -> Callable[..., Checked]:
    """Read, map and check a file as an import does."""

    def run(path: Path, target: Kind, existing: Existing | None = None, **columns: str) -> Checked:
        raw = reader.read(path)
        mapping = suggest(raw, target)
        return check(raw, mapping.using(**columns), target, existing=existing)

    return run


@pytest.fixture
def shapefile_zip(tmp_path: Path) -> Callable[..., Path]:
    """Make a zipped Shapefile of points by hand: names as bytes, the .shp cut short on demand."""

    def make(
        rows: list[tuple[str | bytes, float, float]],
        *,
        cut: int = 0,
        cpg: str | None = "UTF-8",
        prj: str = "",
    ) -> Path:
        names = [n.encode() if isinstance(n, str) else n for n, _, _ in rows]
        shp, shx = b"", b""
        for number, (_, lon, lat) in enumerate(rows, 1):
            shx += struct.pack(">ii", (100 + len(shp)) // 2, 10)
            shp += struct.pack(">ii", number, 10) + struct.pack("<idd", 1, lon, lat)
        header = struct.pack(">7i", 9994, 0, 0, 0, 0, 0, (100 + len(shp)) // 2)
        header += struct.pack("<ii8d", 1000, 1, 102, 9, 108, 15, 0, 0, 0, 0)
        index = header[:24] + struct.pack(">i", (100 + len(shx)) // 2) + header[28:]
        field = b"NAME_KM".ljust(11, b"\0") + b"C" + bytes(4) + bytes([30, 0]) + bytes(14)
        dbf = struct.pack("<4BIHH20x", 3, 122, 1, 1, len(rows), 65, 31) + field + b"\r"
        dbf += b"".join(b" " + n.ljust(30)[:30] for n in names) + b"\x1a"
        path = tmp_path / "layer.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("demo.shp", (header + shp)[: len(header + shp) - cut])
            archive.writestr("demo.shx", index + shx)
            archive.writestr("demo.dbf", dbf)
            if cpg:
                archive.writestr("demo.cpg", cpg)
            if prj:
                archive.writestr("demo.prj", prj)
        return path

    return make
