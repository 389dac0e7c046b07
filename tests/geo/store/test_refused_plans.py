"""A plan that cannot be opened is one error, at once, and stays byte for byte what it was."""

from __future__ import annotations

import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from geo.catalogue import LANGUAGES, text
from geo.errors import PlanFileError
from geo.model.entity import Kind
from geo.store import files
from geo.store.lock import lock_path
from geo.store.plans import open_plan
from geo.store.schema import GUARD
from geo.store.versions import SCHEMA_VERSION

OPEN_AND_WAIT = """
import sys
from pathlib import Path
from geo.store.plans import open_plan
store = open_plan(Path(sys.argv[1]), backup=False)
print("open", flush=True)
sys.stdin.read()
"""


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
        newer = (str(SCHEMA_VERSION + 1),)
        db.execute("UPDATE ucm_meta SET value = ? WHERE key = 'schema_version'", newer)
        db.commit()
    error = refused(plan)
    assert (error.code, error.params["found"]) == ("error.plan.newer_schema", SCHEMA_VERSION + 1)


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


def test_a_link_to_a_plan_opens_the_plan_itself(plan, tmp_path):
    link = tmp_path / "link.gpkg"
    link.symlink_to(plan)
    with closing(open_plan(link, backup=False)) as store:
        assert store.path == plan.resolve()
        assert refused(plan).code == "error.plan.open_here"


def test_a_plan_that_lacks_a_column_of_its_version(tmp_path, new_plan):
    path = tmp_path / "plan.gpkg"
    new_plan(path).close()
    with closing(sqlite3.connect(path)) as file:
        for (name,) in file.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'zone'"
        ).fetchall():
            file.execute(f'DROP TRIGGER "{name}"')
        file.execute("ALTER TABLE zone DROP COLUMN kept")
        file.commit()
    assert refused(path).code == "error.plan.damaged"
    assert refused(path).code == "error.plan.damaged", "and it does not stay open"
