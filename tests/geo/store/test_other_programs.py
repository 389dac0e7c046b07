"""What other programs find in a plan file: they read all of it, and leave a trace if they write."""

# ruff: noqa: S608 - every name in these statements is one of ours

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from geo.edit.edit import inserting
from geo.model.codec import ENTITY_TYPES, geometry_of
from geo.model.entity import Kind
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


@pytest.fixture
def filled(plan_path, new_plan, signer, edit_of, make, sample_contents):
    """A closed plan with five rows of every kind."""
    with closing(new_plan(plan_path)) as store:
        for cls in ENTITY_TYPES.values():
            rows = [make(cls, seed) for seed in range(5)]
            store.commit(edit_of(inserting(rows)), signer, sample_contents)
    return plan_path


def raw(path, *, like_us=False):
    """A connection as another program has it, or one that pretends to be this program."""
    connection = sqlite3.connect(path, isolation_level=None)
    if like_us:
        connection.create_function(GUARD, 0, lambda: 1)
        for name in ("ST_IsEmpty", "ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY"):
            connection.create_function(name, 1, lambda _: 0)
    return closing(connection)


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
