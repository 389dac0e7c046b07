"""Making and opening plans: rights, crashes, backups, migrations."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from shapely import box

from geo.edit.edit import Edit, inserting
from geo.edit.verbs import Verb
from geo.errors import InputError, NotAllowedError, PlanFileError, StoreError
from geo.model.command import Zone
from geo.model.entity import Kind
from geo.model.plan import User
from geo.model.vocabulary import Role
from geo.store import backup, plans
from geo.store.geopackage import GeoPackageStore
from geo.store.migrations import migrate
from geo.store.plans import create_plan, open_plan
from geo.store.schema import GUARD
from geo.store.versions import SCHEMA_VERSION

EDIT_AND_WAIT = """
import sys
from pathlib import Path
from shapely import box
from geo.edit.edit import Edit, inserting
from geo.edit.verbs import Verb
from geo.model.command import Zone
from geo.store.plans import open_plan
store = open_plan(Path(sys.argv[1]), backup=False)
zone = Zone(name="A", outline=box(103, 10, 104, 11))
store.commit(Edit(verb=Verb.DRAW_ZONE, deltas=(inserting([zone]),)))
print("open", flush=True)
sys.stdin.read()
"""


def _edit():
    zone = Zone(name="A", outline=box(103, 10, 104, 11))
    return Edit(verb=Verb.DRAW_ZONE, deltas=(inserting([zone]),))


def test_a_new_plan_never_overwrites(plan, new_plan):
    before = plan.read_bytes()
    with pytest.raises(PlanFileError) as caught:
        new_plan(plan)
    assert caught.value.code == "error.plan.exists"
    assert plan.read_bytes() == before


def test_a_new_plan_that_cannot_be_made_leaves_nothing(tmp_path, new_plan):
    with pytest.raises(PlanFileError) as caught:
        new_plan(tmp_path / "no folder" / "plan.gpkg")
    assert caught.value.code == "error.plan.no_folder"
    with pytest.raises(PlanFileError) as caught:
        new_plan(tmp_path / "plan.gpkg", passphrase="correct horse")
    assert caught.value.code == "error.plan.protected_suffix"
    with pytest.raises(PlanFileError) as caught:
        new_plan(tmp_path / "plan.ucmplan", passphrase="")
    assert caught.value.code == "error.plan.empty_passphrase"
    assert not list(tmp_path.glob("*plan*"))


def test_only_who_may_makes_a_plan(tmp_path, planner):
    facts = {"name": "x", "province_code": "18", "users": [planner]}
    analyst = User(name="Analyst", role=Role.ANALYST)
    with pytest.raises(NotAllowedError):
        create_plan(tmp_path / "a.gpkg", actor=analyst, **facts)
    with pytest.raises(InputError):
        create_plan(tmp_path / "a.gpkg", actor=User(name="x", role=Role.PLANNER), **facts)


@pytest.fixture
def as_nobody(plan):
    """Run as a person without rights, with a plan in a folder that this person can reach."""
    if not hasattr(os, "geteuid"):
        pytest.skip("this system has other rights")
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)  # noqa: PTH101, S103 - another user shall get in
        copy = Path(folder) / "plan.gpkg"
        shutil.copy(plan, copy)
        root = os.geteuid() == 0

        def become() -> Path:
            if root:
                os.seteuid(65534)
            return copy

        yield become
        if root:
            os.seteuid(0)


def test_a_plan_that_may_not_be_read(as_nobody):
    path = as_nobody()
    os.seteuid(0) if os.getuid() == 0 else None
    path.chmod(0)
    as_nobody()
    with pytest.raises(PlanFileError) as caught:
        open_plan(path)
    assert caught.value.code == "error.plan.unreadable"


def test_a_read_only_plan_is_refused_but_can_be_looked_at(as_nobody):
    path = as_nobody()
    if os.getuid() != 0:
        path.chmod(0o444)
    with pytest.raises(PlanFileError) as caught:
        open_plan(path)
    assert caught.value.code == "error.plan.read_only"
    with closing(open_plan(path, read_only=True)) as store:
        assert len(store.load(Kind.CROSSING)) == 18
        with pytest.raises(StoreError) as refusal:
            store.commit(_edit())
        assert refusal.value.code == "error.store.opened_read_only"


def test_a_plan_after_a_crash_shows_a_reader_its_last_edits(plan):
    """What is acknowledged may still lie in the -wal file; a reader must not pass it by."""
    with subprocess.Popen(
        [sys.executable, "-c", EDIT_AND_WAIT, str(plan)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[3],
    ) as other:
        assert other.stdout.readline().strip() == b"open"
        other.kill()
    with closing(open_plan(plan, read_only=True)) as store:
        assert len(store.load(Kind.ZONE)) == 1


def test_a_backup_is_made_at_opening_and_five_are_kept(plan):
    start = datetime(2022, 9, 17, tzinfo=UTC)
    with closing(open_plan(plan)) as store:
        (first,) = backup.backups(plan)
        assert backup.back_up(store) is None
        first.unlink()
        for hour in range(8):
            store.commit(_edit())
            assert backup.back_up(store, now=start + timedelta(hours=hour)) is not None
        kept = backup.backups(plan)
    assert [p.name.split(".r")[1] for p in kept] == [f"{r}.gpkg" for r in range(5, 10)]
    with closing(open_plan(kept[-1], backup=False)) as copy:
        assert len(copy.load(Kind.ZONE)) == 8


def test_a_damaged_plan_never_pushes_its_last_good_copy_out(plan, monkeypatch):
    monkeypatch.setattr(GeoPackageStore, "is_sound", lambda _: False)
    with closing(open_plan(plan)) as store:
        assert store.warnings == ("error.store.no_backup",)
    assert backup.backups(plan) == ()


def test_a_big_plan_leaves_its_backup_to_the_caller(plan, monkeypatch):
    monkeypatch.setattr(plans, "AT_ONCE_BYTES", 0)
    with closing(open_plan(plan)) as store:
        assert store.backup_due
        assert backup.back_up(store) is not None


def test_a_plan_opens_without_its_backup_when_the_folder_refuses(plan):
    (plan.parent / backup.FOLDER).write_text("a file where the folder should be")
    with closing(open_plan(plan)) as store:
        assert store.warnings == ("error.store.no_backup",)


def test_a_broken_chain_is_said_at_opening(plan):
    with closing(sqlite3.connect(plan)) as db:
        db.create_function(GUARD, 0, lambda: 1)
        db.execute(
            "INSERT INTO audit SELECT 2, at, actor, what, edit_id, details, digest, previous, "
            "hash, signature FROM audit"
        )
        db.commit()
    with closing(open_plan(plan, backup=False)) as store:
        assert store.warnings == ("error.store.audit_broken",)


def test_a_migration_is_all_or_nothing(plan):
    def good(connection):
        connection.execute("ALTER TABLE team ADD COLUMN colour TEXT")

    def bad(connection):
        message = "stop"
        raise RuntimeError(message)

    now = SCHEMA_VERSION
    with closing(open_plan(plan, backup=False)) as store:
        connection = store._connection  # noqa: SLF001 - a step gets the connection
        with pytest.raises(RuntimeError):
            migrate(connection, now, steps={now: good, now + 1: bad}, target=now + 2)
        assert store.meta()["schema_version"] == str(now)
        migrate(connection, now, steps={now: good}, target=now + 1)
        assert store.meta()["schema_version"] == str(now + 1)
