"""Opening: a bad file is one error, at once, and stays byte for byte what it was."""

from __future__ import annotations

import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from shapely import box

from geo.catalogue import LANGUAGES, text
from geo.edit.edit import inserting
from geo.errors import InputError, NotAllowedError, PlanFileError, StoreError
from geo.model.command import Zone
from geo.model.entity import Kind
from geo.model.plan import User
from geo.model.vocabulary import Role
from geo.store import backup, files, plans
from geo.store.geopackage import GeoPackageStore
from geo.store.lock import lock_path
from geo.store.migrations import migrate
from geo.store.plans import create_plan, open_plan
from geo.store.schema import GUARD

OPEN_AND_WAIT = """
import sys
from pathlib import Path
from geo.store.plans import open_plan
store = open_plan(Path(sys.argv[1]), backup=False)
print("open", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def plan(plan_path, new_plan):
    """A closed plan."""
    new_plan(plan_path).close()
    return plan_path


@pytest.fixture
def protected(tmp_path, new_plan):
    path = tmp_path / "plan.ucmplan"
    new_plan(path, passphrase="correct horse").close()
    return path


def refused(path, **how) -> PlanFileError:
    """The error of a file that is refused: quickly, unchanged, with a text in every language."""
    before = path.read_bytes() if path.is_file() else None
    beside = sorted(path.parent.iterdir()) if path.parent.exists() else []
    start = time.monotonic()
    with pytest.raises(PlanFileError) as caught:
        open_plan(path, **how)
    assert time.monotonic() - start < 2
    if before is not None:
        assert path.read_bytes() == before
        assert sorted(path.parent.iterdir()) == beside
    for language in LANGUAGES:
        assert "{" not in text(caught.value.code, language, **caught.value.params)
    return caught.value


def test_a_missing_file(tmp_path):
    assert refused(tmp_path / "no.gpkg").code == "error.plan.missing"


def test_a_folder(tmp_path):
    assert refused(tmp_path).code == "error.plan.is_folder"


@pytest.mark.parametrize(
    "content", [b"", b"name,lat,lon\n", "ផែនការ".encode() * 3000, b"\x00" * 8192, b"SQLite form"]
)
def test_a_file_that_is_no_plan(tmp_path, content):
    path = tmp_path / "plan.gpkg"
    path.write_bytes(content)
    assert refused(path).code == "error.plan.not_a_plan"
    assert refused(path, passphrase="x").code == "error.plan.not_a_plan"


def test_a_database_of_another_program(tmp_path):
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE site (id TEXT)")
    assert refused(path).code == "error.plan.not_a_plan"


def test_a_geopackage_of_another_program(tmp_path):
    basemap = Path(__file__).parents[3] / "resources" / "basemap" / "basemap.gpkg"
    path = tmp_path / "basemap.gpkg"
    shutil.copy(basemap, path)
    assert refused(path).code == "error.plan.other_geopackage"


def test_a_plan_of_a_newer_program(plan):
    with closing(sqlite3.connect(plan)) as db:
        db.create_function(GUARD, 0, lambda: 1)
        db.execute("UPDATE ucm_meta SET value = '2' WHERE key = 'schema_version'")
        db.commit()
    error = refused(plan)
    assert (error.code, error.params["found"]) == ("error.plan.newer_schema", 2)


def test_a_truncated_plan(plan):
    plan.write_bytes(plan.read_bytes()[: 40 * 4096])
    assert refused(plan).code == "error.plan.damaged"


def test_a_plan_with_scrambled_pages(plan):
    content = bytearray(plan.read_bytes())
    content[20 * 4096 : 60 * 4096] = os.urandom(40 * 4096)
    plan.write_bytes(content)
    assert refused(plan).code == "error.plan.damaged"


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TRIGGER ucm_guard_site_update",
        "CREATE TRIGGER mine AFTER INSERT ON site BEGIN DELETE FROM zone; END",
    ],
)
def test_a_plan_whose_triggers_were_changed_is_for_reading_only(plan, statement):
    with closing(sqlite3.connect(plan)) as db:
        db.execute(statement)
    assert refused(plan).code == "error.plan.schema_changed"
    with closing(open_plan(plan, read_only=True)) as store:
        assert [p.what for p in store.check()] == ["check.schema"]


def test_a_protected_plan_without_or_with_the_wrong_passphrase(protected):
    assert refused(protected).code == "error.plan.needs_passphrase"
    assert refused(protected, passphrase="incorrect horse").code == "error.plan.wrong_passphrase"
    with closing(open_plan(protected, passphrase="correct horse")) as store:
        assert store.protected


def test_a_plan_that_is_open_in_this_window(plan, new_plan):
    with closing(open_plan(plan, backup=False)) as store:
        before = store.log()
        assert refused(plan).code == "error.plan.open_here"
        assert store.log() == before


def test_a_plan_that_is_open_in_another_window(plan):
    with subprocess.Popen(
        [sys.executable, "-c", OPEN_AND_WAIT, str(plan)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[3],
    ) as other:
        assert other.stdout.readline().strip() == b"open"
        error = refused(plan)
        assert (error.code, error.params["pid"]) == ("error.plan.in_use", other.pid)
        with closing(open_plan(plan, read_only=True)) as reader:
            assert len(reader.load(Kind.CROSSING)) == 18
        other.kill()
    # Whoever died holds nothing any more.
    open_plan(plan, backup=False).close()
    assert not lock_path(plan).exists()


def test_a_plan_that_another_computer_left_open_in_a_synchronised_folder(plan):
    lock_path(plan).write_text(json.dumps({"host": "elsewhere", "pid": 1}))
    error = refused(plan)
    assert (error.code, error.params["host"]) == ("error.plan.in_use_elsewhere", "elsewhere")
    lock_path(plan).write_text(json.dumps({"host": socket.gethostname(), "pid": os.getpid()}))
    open_plan(plan, backup=False).close()


def test_a_plan_on_a_network_drive(tmp_path):
    mounts = tmp_path / "mounts"
    share = tmp_path / "the share"
    mounts.write_text(
        "/dev/vda / ext4 rw 0 0\n"
        f"//server/x {str(share).replace(' ', chr(92) + '040')} cifs rw 0 0\n"
    )
    assert files.filesystem_of(share / "plan.gpkg", mounts) in files.NETWORK_FILESYSTEMS
    assert files.filesystem_of(tmp_path / "plan.gpkg", mounts) == "ext4"


def test_a_network_drive_is_refused(plan, monkeypatch):
    monkeypatch.setattr(files, "filesystem_of", lambda _: "nfs4")
    assert refused(plan).code == "error.plan.network"


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


def _edit():
    from geo.edit.edit import Edit
    from geo.edit.verbs import Verb

    zone = Zone(name="A", outline=box(103, 10, 104, 11))
    return Edit(verb=Verb.DRAW_ZONE, deltas=(inserting([zone]),))


def test_a_plan_after_a_crash_shows_a_reader_its_last_edits(plan):
    """What is acknowledged may still lie in the -wal file; a reader must not pass it by."""
    code = OPEN_AND_WAIT.replace(
        'print("open"',
        "import tests_edit; store.commit(tests_edit.edit()); print('open'",
    )
    helper = plan.parent / "tests_edit.py"
    helper.write_text(
        "from shapely import box\n"
        "from geo.edit.edit import Edit, inserting\n"
        "from geo.edit.verbs import Verb\n"
        "from geo.model.command import Zone\n"
        "def edit():\n"
        "    zone = Zone(name='A', outline=box(103, 10, 104, 11))\n"
        "    return Edit(verb=Verb.DRAW_ZONE, deltas=(inserting([zone]),))\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(plan)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[3],
        env={**os.environ, "PYTHONPATH": str(plan.parent)},
    ) as other:
        assert other.stdout.readline().strip() == b"open"
        other.kill()
    with closing(open_plan(plan, read_only=True)) as store:
        assert len(store.load(Kind.ZONE)) == 1


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

    with closing(open_plan(plan, backup=False)) as store:
        connection = store._connection  # noqa: SLF001 - a step gets the connection
        with pytest.raises(RuntimeError):
            migrate(connection, 1, steps={1: good, 2: bad}, target=3)
        assert store.meta()["schema_version"] == "1"
        migrate(connection, 1, steps={1: good}, target=2)
        assert store.meta()["schema_version"] == "2"


def test_a_link_to_a_plan_opens_the_plan_itself(plan, tmp_path):
    link = tmp_path / "link.gpkg"
    link.symlink_to(plan)
    with closing(open_plan(link, backup=False)) as store:
        assert store.path == plan.resolve()
        assert refused(plan).code == "error.plan.open_here"
