"""Traps of real files: locked, in parts, half written, pointing elsewhere."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import subprocess
import sys
import time
import zipfile
from datetime import date
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely

from geo.errors import InputError
from geo.formats import rows
from geo.formats.found import Existing
from geo.formats.mapping import suggest
from geo.formats.raw import RawTable
from geo.formats.reader import FileReader
from geo.model.entity import Kind

TODAY = Existing(province_code="18", today=date(2026, 1, 1))


def table(columns: dict[str, list], **rest) -> RawTable:
    n = len(next(iter(columns.values())))
    return RawTable(
        columns=tuple(columns), cells=tuple(columns.values()), numbers=list(range(2, n + 2)), **rest
    )


def checked(raw: RawTable, target: Kind = Kind.SITE) -> rows.Checked:
    return rows.check(raw, suggest(raw, target), target, existing=TODAY)


READ_UNTIL_KILLED = """
import sys
from pathlib import Path
from geo.formats.reader import FileReader
reader = FileReader()
reader.warm()
print(reader.worker_pid, flush=True)
reader.read(Path(sys.argv[1]))
"""


def alive(pid: int):
    """Tells, each time it is asked, whether a process runs; one that is only unburied does not."""

    def ask() -> bool:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except OSError:
            return False
        return state != "Z"

    return ask


@pytest.fixture(scope="module")
def reader():
    with FileReader() as one:
        yield one


def test_half_a_character_costs_nothing_but_itself(tmp_path, reader):
    path = tmp_path / "a.geojson"
    place = {"type": "Point", "coordinates": [103.52, 10.62]}
    names = ["bad \ud800 half", "good"]
    features = [{"type": "Feature", "properties": {"name": n}, "geometry": place} for n in names]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    raw = reader.read(path)
    assert raw.column("name") == ["bad  half", "good"]
    assert [(n.row, n.what) for n in raw.repairs] == [(1, "import.repair.cut_text")]


def zipped(folder, *names: str):
    for i, name in enumerate(names):
        pyogrio.raw.write(
            str(folder / f"{name}.shp"),
            geometry=shapely.to_wkb([shapely.Point(103.5 + i / 100, 10.6)] * (i + 1)),
            field_data=[np.array([name] * (i + 1), dtype=object)],
            fields=["name"],
            geometry_type="Point",
            crs="EPSG:4326",
            driver="ESRI Shapefile",
        )
    path = folder / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for part in sorted(folder.iterdir()):
            if part.suffix != ".zip":
                archive.write(part, f"data/{part.name}")
        archive.writestr("__MACOSX/data/._aaa.shp", b"\x00\x05\x16\x07")
    return path


def test_every_layer_of_a_zip_is_named_and_can_be_read(tmp_path, reader):
    path = zipped(tmp_path, "sites", "sites2")
    info = reader.inspect(path)
    assert {(s.name, s.rows) for s in info.sheets} == {("sites", 1), ("sites2", 2)}
    assert info.main == ("sites2",)
    assert len(reader.read(path)) == 2
    assert reader.read(path, sheets=["sites"]).column("name") == ["sites"]
    with pytest.raises(InputError) as caught:
        reader.read(path, sheets=["other"])
    assert caught.value.code == "error.import.no_sheet"


def test_a_broken_outline_of_a_geopackage_is_named_and_not_imported(tmp_path, reader):
    path = tmp_path / "a.gpkg"
    pyogrio.raw.write(
        str(path),
        geometry=shapely.to_wkb([shapely.Point(103.52, 10.62)] * 2),
        field_data=[
            np.array(["A", "B"], dtype=object),
            np.array(["Preah Sihanouk"] * 2, dtype=object),
        ],
        fields=["name", "district"],
        geometry_type="Point",
        crs="EPSG:4326",
        driver="GPKG",
        layer="sites",
    )
    with contextlib.closing(sqlite3.connect(path)) as database:
        database.executescript(
            "DROP TRIGGER IF EXISTS rtree_sites_geom_update6;"
            "DROP TRIGGER IF EXISTS rtree_sites_geom_update7;"
            "DROP TRIGGER IF EXISTS rtree_sites_geom_update2;"
            "DROP TRIGGER IF EXISTS rtree_sites_geom_update4;"
            "DROP TRIGGER IF EXISTS rtree_sites_geom_update5;"
            "UPDATE sites SET geom = x'47500001E61000000101' WHERE fid = 2"
        )
    result = checked(reader.read(path))
    assert [(p.row, p.code) for p in result.rejected] == [(2, "import.reason.broken_geometry")]
    assert result.imported == 1


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes in folders")
def test_a_pipe_is_no_file(tmp_path, reader):
    os.mkfifo(tmp_path / "a.csv")
    with pytest.raises(InputError) as caught:
        reader.inspect(tmp_path / "a.csv", timeout=10)
    assert caught.value.code == "error.import.unreadable_file"


def test_a_workbook_or_zip_with_a_password_is_told_from_a_damaged_one(tmp_path, reader):
    (tmp_path / "a.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000))
    locked = bytearray(zipped(tmp_path, "sites").read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = locked.find(mark)
        while at >= 0:
            locked[at + offset] |= 1
            at = locked.find(mark, at + 1)
    (tmp_path / "b.zip").write_bytes(locked)
    for name in ("a.xlsx", "b.zip"):
        with pytest.raises(InputError) as caught:
            reader.inspect(tmp_path / name)
        assert caught.value.code == "error.import.locked"


@pytest.mark.parametrize("part", [".shx", ".dbf"])
def test_a_shapefile_without_one_of_its_parts_names_the_part(tmp_path, reader, part):
    zipped(tmp_path, "sites")
    (tmp_path / f"sites{part}").unlink()
    with pytest.raises(InputError) as caught:
        reader.inspect(tmp_path / "sites.shp")
    assert (caught.value.code, caught.value.params["part"]) == ("error.import.part_missing", part)


def test_rows_that_another_program_has_just_written_into_a_geopackage_are_seen(tmp_path, reader):
    path = tmp_path / "a.gpkg"
    pyogrio.raw.write(
        str(path),
        geometry=shapely.to_wkb([shapely.Point(103.52, 10.62)]),
        field_data=[np.array(["A"], dtype=object)],
        fields=["name"],
        geometry_type="Point",
        crs="EPSG:4326",
        driver="GPKG",
        layer="sites",
        layer_options={"SPATIAL_INDEX": "NO"},
    )
    with contextlib.closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("INSERT INTO sites (geom, name) SELECT geom, 'B' FROM sites")
        database.commit()
        assert reader.read(path).column("name") == ["A", "B"]


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc")
def test_a_reader_in_the_middle_of_a_file_ends_with_its_application(tmp_path):
    path = tmp_path / "long.csv"
    line = "Fictional,hotel,10.6,103.5\n"
    path.write_text("Name,Type,Latitude,Longitude\n" + line * 600_000)
    parent = subprocess.Popen(
        [sys.executable, "-c", READ_UNTIL_KILLED, path], stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    worker = alive(int(parent.stdout.readline()))
    parent.kill()
    parent.communicate()
    deadline = time.monotonic() + 6
    while worker() and time.monotonic() < deadline:
        os.sched_yield()
    assert not worker()


@pytest.mark.parametrize(
    "crs", ["+init=/etc/other:1", "+proj=longlat +nadgrids=/etc/other", "/etc/other", "EPSG:999999"]
)
def test_a_coordinate_system_that_names_another_file_is_not_followed(tmp_path, reader, crs):
    path = tmp_path / "a.geojson"
    feature = {
        "type": "Feature",
        "properties": {"name": "A"},
        "geometry": {"type": "Point", "coordinates": [103.5, 10.6]},
    }
    system = {"type": "name", "properties": {"name": crs}}
    path.write_text(json.dumps({"type": "FeatureCollection", "crs": system, "features": [feature]}))
    with pytest.raises(InputError) as caught:
        reader.read(path)
    assert caught.value.code == "error.import.unknown_crs"
