"""Plans of older programs: brought up to date with their rows and their history."""

from __future__ import annotations

import gzip
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from geo.errors import PlanFileError
from geo.model.command import Assignment, Limits, Operation, Zone
from geo.model.entity import Kind
from geo.model.network import Link, PersonRef
from geo.model.result import MonthlyReturn
from geo.model.site import Site
from geo.model.vocabulary import PersonRole
from geo.project import Project
from geo.store import backup, lock, migrations
from geo.store.plans import open_plan
from geo.store.schema import GUARD
from geo.store.versions import SCHEMA_VERSION

PLANS = Path(__file__).parents[2] / "data" / "plans"
PASSPHRASE = "correct horse battery"
READ_WITH_GDAL = """
import sys, pyogrio
for name, _ in pyogrio.list_layers(sys.argv[1]):
    print(name, pyogrio.read_info(sys.argv[1], layer=name)["features"])
"""


@pytest.fixture
def old_plan(tmp_path):
    """A plan as the first release wrote it: 61 sites, 30 crossings, a decision taken back."""
    path = tmp_path / "old.gpkg"
    path.write_bytes(gzip.decompress((PLANS / "schema_1.gpkg.gz").read_bytes()))
    return path


@pytest.fixture
def old_protected_plan(old_plan):
    """The same plan as the first release would have protected it."""
    path = old_plan.with_suffix(".ucmplan")
    connection = dbapi2.connect(str(old_plan), isolation_level=None)
    with closing(connection):
        connection.create_function(GUARD, 0, lambda: 1)
        connection.execute("ATTACH DATABASE ? AS target KEY ?", (str(path), PASSPHRASE))
        connection.execute("SELECT sqlcipher_export('target')").fetchone()
        for name in ("application_id", "user_version"):
            (value,) = connection.execute(f"PRAGMA main.{name}").fetchone()
            connection.execute(f"PRAGMA target.{name} = {value}")
        connection.execute("DETACH DATABASE target")
    return path


def version_in(path):
    with closing(sqlite3.connect(path)) as db:
        return db.execute("SELECT value FROM ucm_meta WHERE key = 'schema_version'").fetchone()[0]


def acting(store):
    """The plan with its planner acting, whose key is not on this computer."""
    project = Project(store)
    table = project.table(Kind.USER)
    project.user = next(u for u in table.entities() if u.role == "planner")
    return project


def test_a_plan_of_the_first_schema_opens_with_its_rows_and_history(old_plan):
    with closing(open_plan(old_plan)) as store:
        assert store.meta()["schema_version"] == str(SCHEMA_VERSION)
        sites = store.load(Kind.SITE)
        assert len(sites) == 61
        assert set(sites["merged_into"]) == {""}
        assert len(store.load(Kind.ATTACHMENT)) == 0
        assert store.check() == ()
        project = Project(store)
        assert project.history.undoable
    open_plan(old_plan).close()  # and is a plan of this program from then on


def test_a_plan_of_the_second_schema_opens_with_its_operation_and_can_be_gone_on_with(tmp_path):
    path = tmp_path / "old.gpkg"
    path.write_bytes(gzip.decompress((PLANS / "schema_2.gpkg.gz").read_bytes()))
    with closing(open_plan(path)) as store:
        assert store.meta()["schema_version"] == str(SCHEMA_VERSION)
        assert store.check() == ()
        project = acting(store)
        (operation,) = project.all(Operation)
        assert operation.limits == Limits()
        assert {(z.units, z.locked) for z in project.all(Zone)} == {((), False)}
        (assignment,) = project.all(Assignment)
        assert (assignment.accepted_at, assignment.checklist) == (None, ())
        assert len(project.table(Kind.SUPPORT_UNIT)) == 0
        project.redo()
        assert len(project.all(Assignment)) == 2
        while project.history.undoable:
            project.undo()
        assert not project.all(Zone)
        assert {p.what for p in store.check()} <= {"check.audit_unsigned"}
    open_plan(path).close()


def test_a_plan_of_the_third_schema_opens_with_its_network_and_can_be_gone_on_with(tmp_path):
    path = tmp_path / "old.gpkg"
    path.write_bytes(gzip.decompress((PLANS / "schema_3.gpkg.gz").read_bytes()))
    with closing(open_plan(path)) as store:
        assert store.meta()["schema_version"] == str(SCHEMA_VERSION)
        assert store.check() == ()
        project = acting(store)
        assert {k.seen_on for k in project.all(Link)} == {None}
        persons = project.all(PersonRef)
        assert {(p.arrested_on, p.next_question, p.asked_by) for p in persons} == {(None, "", "")}
        # A ringleader of before there was a ledger keeps the document that said so.
        (leader,) = (p for p in persons if p.role is PersonRole.RINGLEADER)
        assert leader.ringleader_decision
        (received,) = project.all(MonthlyReturn)
        assert (received.reported, received.still_open, received.signer_key) == (4, None, "")
        assert len(project.table(Kind.PERSON_DECISION)) == len(project.table(Kind.LIVE_LAYER)) == 0
        project.redo()
        assert len(project.all(Link)) == 4
        while project.history.undoable:
            project.undo()
        assert not project.all(PersonRef)
        assert {p.what for p in store.check()} <= {"check.audit_unsigned"}
    open_plan(path).close()


def test_the_copy_is_made_before_a_plan_is_brought_up_to_date(old_plan):
    open_plan(old_plan).close()
    (copy,) = backup.backups(old_plan)
    assert version_in(copy) == "1"
    assert version_in(old_plan) == str(SCHEMA_VERSION)


def test_however_new_the_last_copy_a_changed_plan_is_copied_first(old_plan):
    folder = old_plan.parent / backup.FOLDER
    folder.mkdir()
    (folder / f"old.{backup.datetime.now(backup.UTC):%Y%m%dT%H%M%SZ}.r1.gpkg").write_bytes(b"")
    open_plan(old_plan).close()
    assert "1" in {version_in(p) for p in backup.backups(old_plan) if p.stat().st_size}


def test_without_that_copy_a_plan_stays_as_it_was(old_plan):
    (old_plan.parent / backup.FOLDER).write_text("a file where the folder should be")
    before = old_plan.read_bytes()
    with pytest.raises(PlanFileError) as caught:
        open_plan(old_plan)
    assert caught.value.code == "error.plan.no_copy_before_update"
    assert version_in(old_plan) == "1"
    assert len(old_plan.read_bytes()) == len(before)


def test_a_plan_is_brought_up_to_date_as_a_whole_or_not_at_all(old_plan, monkeypatch):
    def half(connection):
        migrations._to_2(connection)  # noqa: SLF001 - the step, and a crash after it
        message = "the power went"
        raise RuntimeError(message)

    before = rows_of(old_plan)
    with monkeypatch.context() as patch:
        patch.setitem(migrations.STEPS, 1, half)
        with pytest.raises(RuntimeError):
            open_plan(old_plan)
    assert rows_of(old_plan) == before
    assert not list(old_plan.parent.glob("old.gpkg-*"))
    with closing(open_plan(old_plan)) as store:
        assert store.check() == ()


def rows_of(path):
    with closing(sqlite3.connect(path)) as db:
        tables = db.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
        return tables, version_in(path), db.execute("SELECT * FROM site").fetchall()


def test_a_foreign_trigger_is_not_carried_over(old_plan):
    with closing(sqlite3.connect(old_plan)) as db:
        db.execute("CREATE TRIGGER theirs AFTER INSERT ON site BEGIN DELETE FROM team; END")
    with pytest.raises(PlanFileError) as caught:
        open_plan(old_plan)
    assert caught.value.code == "error.plan.schema_changed"
    assert version_in(old_plan) == "1"


def test_everything_that_was_done_before_can_be_taken_back_and_put_back(old_plan):
    with closing(open_plan(old_plan)) as store:
        project = acting(store)
        start = {kind: project.table(kind) for kind in Kind}
        count = len(project.history.undoable)
        for _ in range(count):
            project.undo()
        assert len(project.table(Kind.SITE)) < 61 or count == 0
        for _ in range(count):
            project.redo()
        for kind in Kind:
            now = store.load(kind)
            assert set(now.ids) == set(start[kind].ids)
            assert all(now.row(i) == start[kind].row(i) for i in now.ids), kind
        assert {p.what for p in store.check()} <= {"check.audit_unsigned"}
        sites = project.all(Site)
        assert {s.merged_into for s in sites} == {""}


def test_what_was_changed_since_stands_in_the_way_of_an_old_undo(old_plan):
    """Undo compares values; a column that did not exist then counts as empty."""
    with closing(open_plan(old_plan)) as store:
        heads = [h for h in store.log() if not h.barrier]
        for head in heads:
            for delta in store.edit(head.id).deltas:
                whole = delta.after if delta.before is None else delta.before
                if delta.before is None or delta.after is None:
                    assert set(whole) == set(store.load(delta.kind).columns)


def test_a_protected_plan_of_the_first_schema_opens_too(old_protected_plan):
    with pytest.raises(PlanFileError) as caught:
        open_plan(old_protected_plan, passphrase="wrong horse")
    assert caught.value.code == "error.plan.wrong_passphrase"
    with closing(open_plan(old_protected_plan, passphrase=PASSPHRASE)) as store:
        assert store.protected
        assert store.meta()["schema_version"] == str(SCHEMA_VERSION)
        assert len(store.load(Kind.SITE)) == 61
        assert store.check() == ()
    (copy,) = backup.backups(old_protected_plan)
    assert b"SQLite format" not in copy.read_bytes()[:16]


def test_reading_an_old_plan_brings_it_up_to_date_first(old_plan):
    with closing(open_plan(old_plan, read_only=True)) as store:
        assert store.read_only
        assert len(store.load(Kind.ATTACHMENT)) == 0
        assert store.check() == ()
    assert version_in(backup.backups(old_plan)[0]) == "1"


def test_reading_a_protected_old_plan_too(old_protected_plan):
    with closing(open_plan(old_protected_plan, passphrase=PASSPHRASE, read_only=True)) as store:
        assert store.check() == ()


def test_an_old_plan_that_is_in_use_says_what_to_do(old_plan):
    held = lock.acquire(old_plan)
    try:
        held.path.write_text('{"host": "elsewhere", "pid": 1}')
        with pytest.raises(PlanFileError) as caught:
            open_plan(old_plan, read_only=True)
    finally:
        held.release()
    assert caught.value.code == "error.plan.older_schema"
    assert version_in(old_plan) == "1"


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="this system has other rights")
def test_an_old_plan_that_cannot_be_written_says_what_to_do(old_plan, monkeypatch):
    real = os.open

    def refuse(path, flags, *rest, **named):
        if Path(path) == old_plan and flags & os.O_RDWR:
            raise PermissionError
        return real(path, flags, *rest, **named)

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(PlanFileError) as caught:
        open_plan(old_plan, read_only=True)
    assert caught.value.code == "error.plan.older_schema"
    assert version_in(old_plan) == "1"


def test_other_programs_read_a_plan_that_was_brought_up_to_date(old_plan):
    open_plan(old_plan, backup=False).close()
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", READ_WITH_GDAL, str(old_plan)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    layers = dict(line.rsplit(" ", 1) for line in done.stdout.splitlines())
    assert set(layers) == {kind.value for kind in Kind}
    assert layers["site"] == "61"
    with closing(sqlite3.connect(old_plan)) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        with pytest.raises(sqlite3.Error, match="in_unity_command_map"):
            db.execute("INSERT INTO content VALUES ('a', x'00')")


def test_a_new_plan_has_the_same_columns_as_one_brought_up_to_date(old_plan, plan):
    open_plan(old_plan, backup=False).close()
    columns = []
    for path in (old_plan, plan):
        with closing(sqlite3.connect(path)) as db:
            columns.append(
                {
                    kind: sorted(row[1:5] for row in db.execute(f"PRAGMA table_info({kind.value})"))
                    for kind in Kind
                }
            )
    assert columns[0] == columns[1]
