"""What only a plan file can promise: other programs, side files, tampering, full disks."""

# ruff: noqa: S608 - every name in these statements is one of ours

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing, contextmanager
from dataclasses import replace

import pytest
from shapely import MultiPolygon, box

from geo.edit.edit import inserting, updating
from geo.errors import StoreError
from geo.model.codec import ENTITY_TYPES, geometry_of
from geo.model.command import Zone
from geo.model.entity import Kind, LonLat, new_id
from geo.model.site import Site
from geo.store.plans import open_plan
from geo.store.schema import GUARD, rtree

READ_WITH_GDAL = """
import json, sys
import fiona, pyogrio
path = sys.argv[1]
found = {}
for name, kind in pyogrio.list_layers(path):
    info = pyogrio.read_info(path, layer=name)
    frame = pyogrio.read_dataframe(path, layer=name)
    with fiona.open(path, layer=name) as layer:
        fiona_rows, fiona_crs = len(list(layer)), layer.crs.to_epsg() if layer.crs else None
    found[name] = {
        "geometry": kind, "crs": info["crs"], "rows": len(frame), "fields": list(info["fields"]),
        "fiona_rows": fiona_rows, "fiona_crs": fiona_crs,
        "bounds": list(frame.total_bounds) if kind and len(frame) else None,
    }
assert sorted(fiona.listlayers(path)) == sorted(found)
print(json.dumps(found))
"""

WRITE_WITH_GDAL = """
import sys
import pyogrio
frame = pyogrio.read_dataframe(sys.argv[1], layer="zone")
try:
    pyogrio.write_dataframe(frame, sys.argv[1], layer="zone", append=True)
except Exception as error:
    print(error)
"""

FORGED_CHANGE = """
INSERT INTO change
SELECT 999999, revision, position, kind, id, version, before, after FROM change LIMIT 1
"""

FORGED_AUDIT = """
INSERT INTO audit
SELECT 999, at, actor, what, edit_id, details, digest, previous, hash, signature FROM audit LIMIT 1
"""

HOLD = """
import sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
database.execute("ROLLBACK")
"""


@pytest.fixture
def filled(plan_path, new_plan, signer, edit_of, make):
    """A closed plan with five rows of every kind."""
    with closing(new_plan(plan_path)) as store:
        for cls in ENTITY_TYPES.values():
            rows = [make(cls, seed) for seed in range(5)]
            store.commit(edit_of(inserting(rows)), signer)
    return plan_path


def raw(path, *, like_us=False):
    """A connection as another program has it, or one that pretends to be this program."""
    connection = sqlite3.connect(path, isolation_level=None)
    if like_us:
        connection.create_function(GUARD, 0, lambda: 1)
        for name in ("ST_IsEmpty", "ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY"):
            connection.create_function(name, 1, lambda _: 0)
    return closing(connection)


@contextmanager
def locked_by_another_program(path):
    """In another process: a second SQLite library in this one would drop the locks of the first."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        assert other.stdout.readline().strip() == b"held"
        yield
        other.stdin.close()


def test_every_layer_opens_in_gdal_with_the_right_reference_system(filled):
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", READ_WITH_GDAL, str(filled)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    layers = json.loads(done.stdout)
    assert set(layers) == {kind.value for kind in Kind}
    for kind in Kind:
        layer = layers[kind.value]
        assert layer["rows"] == layer["fiona_rows"] >= 5, kind
        geometry = {"point": "Point", "area": "Unknown", None: None}[geometry_of(kind)]
        assert layer["geometry"] == geometry, kind
        if geometry:
            assert (layer["crs"], layer["fiona_crs"]) == ("EPSG:4326", 4326)
            west, south, east, north = layer["bounds"]
            assert 101 < west <= east < 109
            assert 9 < south <= north < 16
    assert not list(filled.parent.glob("*-wal"))


def test_it_is_a_sound_geopackage_by_its_own_words(filled):
    with raw(filled) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert db.execute("PRAGMA application_id").fetchone() == (0x47504B47,)
        assert db.execute("PRAGMA user_version").fetchone() == (10300,)
        assert db.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        for kind in Kind:
            if geometry_of(kind):
                (rows,) = db.execute(
                    f"SELECT count(*) FROM {kind.value} WHERE geom NOTNULL"
                ).fetchone()
                (found,) = db.execute(f"SELECT count(*) FROM {rtree(kind)}").fetchone()
                assert found == rows > 0, kind


def test_a_moved_row_is_found_at_its_new_place_and_a_lost_point_nowhere(
    plan_path, new_plan, edit_of
):
    from geo.store.protocol import Bounds

    with closing(new_plan(plan_path)) as store:
        site = Site(point=LonLat(103, 10))
        store.commit(edit_of(inserting([site])))
        old = replace(site, version=1)
        moved = replace(old, point=LonLat(106, 13))
        store.commit(edit_of(updating(old, moved)))
        assert len(store.load(Kind.SITE, Bounds(102, 9, 104, 11))) == 0
        assert len(store.load(Kind.SITE, Bounds(105, 12, 107, 14))) == 1
        store.commit(edit_of(updating(replace(moved, version=2), replace(moved, point=None))))
        assert len(store.load(Kind.SITE, Bounds(-180, -90, 180, 90))) == 0
        assert "check.spatial_index" not in {p.what for p in store.check()}


def test_a_polygon_stays_a_polygon_and_a_multipolygon_one(plan_path, new_plan, edit_of):
    single, several = box(103, 10, 104, 11), MultiPolygon([box(103, 10, 104, 11)])
    with closing(new_plan(plan_path)) as store:
        zones = [Zone(name="A", outline=single), Zone(name="B", outline=several)]
        store.commit(edit_of(inserting(zones)))
        outlines = [z.outline for z in store.load(Kind.ZONE).entities()]
        assert [o.geom_type for o in outlines] == ["Polygon", "MultiPolygon"]
        assert outlines == [single, several]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE site SET owner = 'x'",
        "INSERT INTO zone (id, version, revision, name) VALUES ('1', 1, 1, 'x')",
        "DELETE FROM team",
        "UPDATE change SET after = '[]'",
        "INSERT INTO edit SELECT 99, 'x', verb, params, actor, at, action, 'of', 0, 0 FROM edit",
        "DELETE FROM audit",
        "UPDATE ucm_meta SET value = '9'",
    ],
)
def test_another_program_cannot_write(filled, statement):
    with raw(filled) as db, pytest.raises(sqlite3.Error):
        db.execute(statement)


def test_another_program_reads_where_to_edit_instead(filled):
    with raw(filled) as db, pytest.raises(sqlite3.Error, match="in_unity_command_map"):
        db.execute("DELETE FROM site")


def test_gdal_cannot_write(filled):
    before = filled.read_bytes()
    done = subprocess.run(
        [sys.executable, "-c", WRITE_WITH_GDAL, str(filled)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert GUARD in done.stdout + done.stderr
    with raw(filled) as db:
        assert db.execute("SELECT count(*) FROM zone").fetchone() == (5,)
    with closing(open_plan(filled)) as store:
        assert "check.unaudited" not in {p.what for p in store.check()}
    assert before[:16] == filled.read_bytes()[:16]


@pytest.mark.parametrize("table", ["edit", "delta", "change", "audit"])
def test_not_even_this_program_rewrites_history(filled, table):
    with raw(filled, like_us=True) as db, pytest.raises(sqlite3.IntegrityError, match="only grows"):
        db.execute(f"DELETE FROM {table}")


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE licence SET holder = 'tampered'", "check.unaudited"),
        ("DELETE FROM team WHERE fid = 2", "check.unaudited"),
        ("UPDATE team SET version = 7 WHERE fid = 2", "check.unaudited"),
        ("INSERT INTO source SELECT 77, 'x', 1, 1, 'y', 'A', '[]'", "check.unaudited"),
        ("UPDATE border_crossing SET geom = NULL WHERE fid = 3", "check.unaudited"),
        ("DELETE FROM rtree_site_geom", "check.spatial_index"),
        (FORGED_CHANGE, "check.edit_changed"),
        (FORGED_AUDIT, "check.audit_gap"),
    ],
)  # fmt: skip
def test_what_was_changed_past_the_audit_is_found(filled, statement, found):
    with closing(open_plan(filled, backup=False)) as store:
        assert found not in {p.what for p in store.check()}
    with raw(filled, like_us=True) as db:
        db.execute(statement)
    with closing(open_plan(filled, backup=False)) as store:
        assert found in {p.what for p in store.check()}


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE audit SET actor = 'somebody else' WHERE seq = 3", "check.audit_row"),
        ("UPDATE audit SET signature = '' WHERE seq = 3", "check.audit_unsigned"),
        ("UPDATE audit SET signature = replace(signature, '0', '1')", "check.audit_signature"),
        ("DELETE FROM audit WHERE seq = 3", "check.audit_gap"),
        ("UPDATE change SET after = replace(after, '1', '2') WHERE seq > 40", "check.edit_changed"),
        ("DELETE FROM edit WHERE revision = 4", "check.edit_missing"),
        ("UPDATE edit SET actor = 'somebody else' WHERE revision = 4", "check.edit_changed"),
    ],
)
def test_history_rewritten_without_its_triggers_is_found_by_a_reader(filled, statement, found):
    with raw(filled) as db:
        for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type='trigger'").fetchall():
            if name.startswith("ucm_"):
                db.execute(f"DROP TRIGGER {name}")
        db.execute(statement)
    with closing(open_plan(filled, read_only=True)) as store:
        problems = {p.what for p in store.check()}
    assert {found, "check.schema"} <= problems


def test_nothing_lies_beside_a_closed_plan(filled):
    open_plan(filled, backup=False).close()
    assert [p.name for p in filled.parent.iterdir()] == [filled.name]


def test_a_protected_plan_shows_nothing_of_itself(tmp_path, new_plan, edit_of):
    folder = tmp_path / "plan"
    folder.mkdir()
    path = folder / "plan.ucmplan"
    words = ["Fictional Lucky Star", "ខេត្តព្រះសីហនុ"]
    with closing(new_plan(path, passphrase="correct horse")) as store:
        store.commit(edit_of(inserting([Site(name_en=words[0], name_km=words[1])])))
        side = b"".join(p.read_bytes() for p in folder.iterdir() if p != path)
    for word in ["SQLite format", "gpkg_contents", *words]:
        assert word.encode() not in path.read_bytes() + side


def test_the_connection_writes_through_and_wipes_what_it_deletes(plan_path, new_plan):
    with closing(new_plan(plan_path)) as store:
        assert store._connection.execute("PRAGMA secure_delete").fetchone() == (1,)  # noqa: SLF001
        assert store._connection.execute("PRAGMA synchronous").fetchone() == (2,)  # noqa: SLF001
        assert store._connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)  # noqa: SLF001


def test_a_full_disk_refuses_the_edit_and_the_plan_lives_on(plan_path, new_plan, edit_of):
    with closing(new_plan(plan_path)) as store:
        database = store._connection  # noqa: SLF001 - the test plays the full disk
        (pages,) = database.execute("PRAGMA page_count").fetchone()
        database.execute(f"PRAGMA max_page_count = {pages}")
        many = [Site(name_en="Fictional", address="x" * 200) for _ in range(500)]
        with pytest.raises(StoreError) as caught:
            store.commit(edit_of(inserting(many)))
        assert caught.value.code == "error.store.disk_full"
        assert len(store.load(Kind.SITE)) == 0
        assert len(store.log()) == 1
        database.execute("PRAGMA max_page_count = 1000000")
        store.commit(edit_of(inserting(many)))
        assert len(store.load(Kind.SITE)) == 500


def test_a_plan_that_another_program_locks_is_refused_within_two_seconds(
    plan_path, new_plan, edit_of
):
    with closing(new_plan(plan_path)) as store, locked_by_another_program(plan_path):
        start = time.monotonic()
        with pytest.raises(StoreError) as caught:
            store.commit(edit_of(inserting([Site(name_en="A")])))
        assert time.monotonic() - start < 2
        assert caught.value.code == "error.store.busy"
        assert len(store.log()) == 1


@pytest.mark.parametrize("how", ["gone", "replaced"])
def test_a_plan_that_was_moved_away_takes_no_more_edits(plan_path, new_plan, edit_of, how):
    with closing(new_plan(plan_path)) as store:
        moved = plan_path.rename(plan_path.with_name("moved.gpkg"))
        if how == "replaced":
            plan_path.write_bytes(b"another file")
        with pytest.raises(StoreError) as caught:
            store.commit(edit_of(inserting([Site(name_en="A")])))
        assert caught.value.code == f"error.store.file_{how}"
        assert len(store.log()) == 1
    assert moved.exists()


def test_a_copy_is_the_whole_plan(plan_path, new_plan, edit_of, tmp_path):
    copy = tmp_path / "copy.gpkg"
    copy.write_bytes(b"old")
    with closing(new_plan(plan_path)) as store:
        store.commit(edit_of(inserting([Site(name_en="A")])))
        store.snapshot_to(copy)
        with pytest.raises(StoreError):
            store.snapshot_to(plan_path)
        with closing(open_plan(copy)) as other:
            assert other.log() == store.log()
            assert other.audit() == store.audit()
    assert not list(tmp_path.glob(".*.tmp*"))


def test_a_copy_of_a_protected_plan_is_protected(tmp_path, new_plan):
    copy = tmp_path / "copy.ucmplan"
    with closing(new_plan(tmp_path / "plan.ucmplan", passphrase="correct horse")) as store:
        store.snapshot_to(copy)
    assert not copy.read_bytes().startswith(b"SQLite")
    open_plan(copy, passphrase="correct horse").close()


def test_several_threads_may_call_at_once(plan_path, new_plan, edit_of):
    with closing(new_plan(plan_path)) as store:
        failed = []

        def work():
            try:
                for _ in range(10):
                    store.commit(edit_of(inserting([Site(id=new_id(), name_en="A")])))
                    store.load(Kind.SITE)
            except Exception as error:  # noqa: BLE001 - any failure of the thread
                failed.append(error)

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failed == []
        assert len(store.load(Kind.SITE)) == 40
        assert [h.revision for h in store.log()] == list(range(1, 42))
