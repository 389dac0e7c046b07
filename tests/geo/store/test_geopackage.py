"""What only a plan file can promise: geometry, full disks, locks, copies, several threads."""

from __future__ import annotations

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
from geo.model.command import Zone
from geo.model.entity import Kind, LonLat, new_id
from geo.model.site import Site
from geo.store.plans import open_plan
from geo.store.protocol import Bounds

HOLD = """
import sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
database.execute("ROLLBACK")
"""


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


def test_a_moved_row_is_found_at_its_new_place_and_a_lost_point_nowhere(
    plan_path, new_plan, edit_of
):
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
