"""Zipped Shapefile by GDAL's Shapefile driver, the only one that is there.

One Khmer character cut in the middle of its bytes makes pyogrio refuse a whole file. So the texts
are fetched as Latin-1,
which keeps every byte, and decoded here cell by cell.
"""

from __future__ import annotations

import glob
import math
import struct
import tempfile
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

import shapely

from geo.errors import InputError
from geo.formats.raw import Cell, HeaderRows, RawTable, RowNote, SheetInfo
from geo.formats.worker.archives import checked, unpacked
from geo.formats.worker.geometry import Places

_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
_CPG = {
    "65001": "utf-8",
    "utf8": "utf-8",
    "utf-8": "utf-8",
    "1252": "cp1252",
    "874": "cp874",
    "936": "gb18030",
}
_HEADER = 100


def look(path: Path, header: HeaderRows) -> dict[str, Any]:
    """Return the columns, the count and the CRS."""
    del header
    infos: list[SheetInfo] = []
    systems: list[str] = []
    for name, stem in _layers(path).items():
        with tempfile.TemporaryDirectory() as folder:
            shp = _extracted(path, stem, Path(folder))
            try:
                table = _table(path, shp, name)
            except InputError as error:
                if error.code != "error.import.no_rows":
                    raise
                continue
            infos.append(SheetInfo(name, len(table), table.columns))
            systems.append(_crs(shp))
    if not infos:
        raise InputError("error.import.no_rows", name=path.name)
    biggest = max(range(len(infos)), key=lambda i: infos[i].rows)
    return {"sheets": tuple(infos), "main": (infos[biggest].name,), "crs": systems[biggest]}


def read(path: Path, sheets: list[str] | None, header: HeaderRows) -> RawTable:
    """Return one row for each record, numbered from 1.

    Raises:
        InputError: A part is missing or damaged, or the CRS is unknown.
    """
    layers = _layers(path)
    wanted = sheets[0] if sheets else next(iter(layers))
    if not sheets and len(layers) > 1:
        wanted = look(path, header)["main"][0]
    if wanted not in layers:
        raise InputError("error.import.no_sheet", sheet=wanted, name=path.name)
    with tempfile.TemporaryDirectory() as folder:
        return _table(path, _extracted(path, layers[wanted], Path(folder)), wanted)


def _layers(path: Path) -> dict[str, str]:
    """Return the layers of a zip: name → entry without its ending."""
    if path.suffix.lower() == ".shp":
        return {path.stem: path.stem}
    with checked(path) as archive:
        # A Mac adds an entry "._name" for each file, which holds no shapes.
        entries = [
            PurePosixPath(n)
            for n in archive.namelist()
            if n.lower().endswith(".shp") and not PurePosixPath(n).name.startswith("._")
        ]
    if not entries:
        raise InputError("error.import.part_missing", name=path.name, part=".shp")
    once = len({e.stem for e in entries}) == len(entries)
    return {e.stem if once else str(e.with_suffix("")): str(e.with_suffix("")) for e in entries}


def _extracted(path: Path, stem: str, folder: Path) -> Path:
    if path.suffix.lower() == ".shp":
        beside = {p.suffix.lower() for p in path.parent.glob(f"{glob.escape(path.stem)}.*")}
        _demand_parts(path, beside)
        return path
    with checked(path) as archive:
        for name in archive.namelist():
            ending = name[len(stem) :].lower()
            # Some programs write NAME.SHP beside name.dbf.
            if name.lower().startswith(stem.lower()) and ending in _PARTS:
                (folder / f"layer{ending}").write_bytes(unpacked(archive, name))
    _demand_parts(path, {p.suffix for p in folder.iterdir()})
    return folder / "layer.shp"


def _demand_parts(path: Path, found: set[str]) -> None:
    for part in (".shx", ".dbf"):
        if part not in found:
            raise InputError("error.import.part_missing", name=path.name, part=part)


def _table(path: Path, shp: Path, layer: str) -> RawTable:
    import pyogrio
    from pyogrio.errors import DataLayerError, DataSourceError

    try:
        meta, _, blobs, values = pyogrio.raw.read(
            str(shp), encoding="ISO-8859-1", datetime_as_string=True
        )
    except (DataSourceError, DataLayerError):
        raise InputError("error.import.file_broken", name=path.name, what="shp") from None
    if not len(blobs):
        raise InputError("error.import.no_rows", name=path.name)
    places = Places()
    cut = _truncated_from(shp)
    for number, blob in enumerate(blobs, 1):
        shape = None if blob is None else shapely.from_wkb(blob, on_invalid="ignore")
        lost = (blob is None and cut is not None and number >= cut) or (
            blob is not None and shape is None
        )
        places.add(shape, number, "import.reason.broken_geometry" if lost else "")
    places.to_degrees(_crs(shp))
    encoding = _encoding(shp, [v for v in values if v.dtype == object])
    repairs: list[RowNote] = []
    columns = [_decoded(name, encoding)[0] for name in meta["fields"]]
    cells: list[list[Cell]] = []
    for name, array in zip(columns, values, strict=True):
        column: list[Cell] = []
        for number, value in enumerate(array.tolist(), 1):
            cell, was_cut = _cell(value, encoding)
            if was_cut:
                repairs.append(RowNote(number, "import.repair.cut_text", field=name))
            column.append(cell)
        cells.append(column)
    return RawTable(
        columns=tuple(columns),
        cells=tuple(cells),
        numbers=list(range(1, len(blobs) + 1)),
        sheets=[layer] * len(blobs),
        repairs=tuple(replace(note, sheet=layer) for note in repairs),
        damaged=tuple(replace(note, sheet=layer) for note in places.damaged),
        **places.columns(),
    )


def _crs(shp: Path) -> str:
    prj = shp.with_suffix(".prj")
    if not prj.exists():
        return ""
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    text = prj.read_text("utf-8", "replace")
    try:
        crs = CRS.from_wkt(text)
        epsg = crs.to_epsg(min_confidence=60)
    except CRSError:
        raise InputError("error.import.unknown_crs", crs=text[:40]) from None
    return f"EPSG:{epsg}" if epsg else str(crs.to_wkt())


def _truncated_from(shp: Path) -> int | None:
    """Return the first record that a cut-off .shp no longer holds.

    GDAL calls it an empty geometry without a word.
    """
    header = shp.open("rb").read(_HEADER)
    stated = struct.unpack(">i", header[24:28])[0] * 2
    size = shp.stat().st_size
    shx = shp.with_suffix(".shx")
    if size >= stated or not shx.exists():
        return None
    index = shx.read_bytes()[_HEADER:]
    for n in range(len(index) // 8):
        offset, length = struct.unpack(">ii", index[n * 8 : n * 8 + 8])
        if offset * 2 + 8 + length * 2 > size:
            return n + 1
    return None


def _encoding(shp: Path, texts: list[Any]) -> str:
    """Return the encoding of the .dbf.

    As the .cpg says, else UTF-8 if it reads so, else as charset-normalizer guesses.
    """
    cpg = shp.with_suffix(".cpg")
    if cpg.exists():
        named = (
            cpg.read_text("ascii", "ignore")
            .strip()
            .lower()
            .removeprefix("cp")
            .removeprefix("ansi ")
        )
        if named in _CPG:
            return _CPG[named]
    sample = b"\n".join(
        v.encode("latin-1", "ignore") for array in texts for v in array[:2000] if isinstance(v, str)
    )
    text = sample.decode("utf-8", "replace")
    if text.count("\ufffd") * 10 <= sum(not c.isascii() for c in text) or text.isascii():
        return "utf-8"
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=["cp1252", "cp874", "gb18030"]).best()
    return best.encoding if best else "cp1252"


def _cell(value: object, encoding: str) -> tuple[Cell, bool]:
    if isinstance(value, str):
        text, cut = _decoded(value, encoding)
        return text.strip("\x00 ") or None, cut
    if isinstance(value, float):
        if math.isnan(value):
            return None, False
        return (int(value) if value.is_integer() else value), False
    if value is None or isinstance(value, bool | int):
        return value, False
    return str(value), False


def _decoded(text: str, encoding: str) -> tuple[str, bool]:
    """Return a text that was fetched byte for byte, and whether its last character was cut."""
    data = text.encode("latin-1", "replace")
    try:
        return data.decode(encoding), False
    except UnicodeDecodeError:
        return data.decode(encoding, "ignore"), True
