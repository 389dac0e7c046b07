"""Whatever is wrong with the plan's file: one message, exit status 2, and the file as it was."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from geo.store import connection

ROOT = Path(__file__).parents[3]
SQUARE = "POLYGON((103.5 10.6, 103.55 10.6, 103.55 10.65, 103.5 10.6))"

# One of each verb that opens a plan, with everything else as it should be.
VERBS = {
    "info": [],
    "check": [],
    "audit": [],
    "undo": [],
    "redo": [],
    "user": ["--name", "Somebody"],
    "operation": ["--name", "Sweep"],
    "zone": ["--name", "Alpha", "--geometry", SQUARE],
    "team": ["--name", "Red"],
    "assign": ["--zone", "Alpha", "--team", "Red"],
    "decide": ["--site", "A", "--to", "under_review", "--on", "2022-09-01"],
    "import": ["sites.csv", "--as", "sites"],
    "report": ["--out", "report.pdf"],
    "render": ["--out", "map.png"],
}

LOOKS = {"info", "check", "audit"}
ACTS = [verb for verb in VERBS if verb not in LOOKS]

HOLD = """
import sys
from pathlib import Path
from geo.store.plans import open_plan
store = open_plan(Path(sys.argv[1]), backup=False)
print("held", flush=True)
sys.stdin.read()
"""
LOCK = """
import sqlite3, sys
file = sqlite3.connect(sys.argv[1], isolation_level=None)
file.execute("PRAGMA locking_mode = EXCLUSIVE")
file.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
"""


def missing(plan):
    plan.unlink()


def folder(plan):
    plan.unlink()
    plan.mkdir()


def text_file(plan):
    plan.write_text("code,name\n1,Inn\n", encoding="utf-8")


def empty(plan):
    plan.write_bytes(b"")


def other_geopackage(plan):
    plan.unlink()
    with closing(sqlite3.connect(plan)) as file, file:
        file.execute("PRAGMA application_id = 1196444487")
        file.execute("CREATE TABLE gpkg_contents (table_name TEXT)")


def truncated(plan):
    whole = plan.read_bytes()
    plan.write_bytes(whole[: len(whole) // 2])


def newer(plan):
    with closing(sqlite3.connect(plan)) as file, file:
        # What stands in the way of other programs, set aside on purpose.
        file.create_function("ucm_guard_edit_this_plan_in_unity_command_map", -1, lambda *_: 1)
        file.execute("UPDATE ucm_meta SET value = '99' WHERE key = 'schema_version'")


BAD = {
    missing: "There is no file",
    folder: "is a folder",
    text_file: "not a plan of this program",
    empty: "not a plan of this program",
    other_geopackage: "GeoPackage of another program",
    truncated: "damaged",
    newer: "newer version",
}


def lies_here(place: Path) -> dict[str, bytes | None]:
    """Every file of a folder with its bytes."""
    return {p.name: p.read_bytes() if p.is_file() else None for p in place.rglob("*")}


def refused(run, plan, verb) -> str:
    """Return the message; whatever lies beside the plan must be as it was."""
    (plan.parent / "sites.csv").write_text("code,lat,lon\nX,10.6,103.5\n", encoding="utf-8")
    before = lies_here(plan.parent)
    told = run(verb, plan, *VERBS[verb])
    assert lies_here(plan.parent) == before
    assert (told.status, told.out) == (2, "")
    assert told.err.count("\n") == 1, told.err
    assert "Traceback" not in told.err
    return told.err


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("spoil", BAD, ids=lambda f: f.__name__)
@pytest.mark.parametrize("verb", VERBS)
def test_a_file_that_is_no_plan_for_this_program_is_left_as_it_is(run, plan, verb, spoil):
    spoil(plan)
    message = refused(run, plan, verb)
    assert BAD[spoil] in message
    assert "plan.gpkg" in message


@contextmanager
def held(plan, code):
    with subprocess.Popen(
        [sys.executable, "-c", code, str(plan)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
    ) as other:
        assert other.stdout.readline().strip() == b"held"
        yield other
        other.stdin.close()


def unlocked(place):
    """A folder's files without those that whoever holds the plan keeps beside it."""
    return {n: b for n, b in lies_here(place).items() if n in {"plan.gpkg", "sites.csv"}}


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(
    ("code", "said"), [(HOLD, "another window"), (LOCK, "Another program")], ids=["ours", "others"]
)
def test_a_plan_that_somebody_else_holds_is_left_to_him(run, plan, code, said, monkeypatch):
    monkeypatch.setattr(connection, "BUSY_MS", 50)  # nobody will let go of it meanwhile
    with held(plan, code):
        for verb in ACTS:
            before = unlocked(plan.parent)
            told = run(verb, plan, *VERBS[verb])
            assert (told.status, told.out) == (2, ""), verb
            assert told.err.count("\n") == 1
            assert said in told.err
            assert unlocked(plan.parent) == before
    assert run("info", plan).status == 0


@pytest.mark.parametrize("verb", sorted(LOOKS))
def test_who_only_looks_may_look_beside_the_window_that_has_the_plan_open(run, plan, verb):
    with held(plan, HOLD):
        before = unlocked(plan.parent)
        told = run(verb, plan)
        assert (told.status, told.err) == (0, "")
        assert unlocked(plan.parent) == before


@pytest.fixture
def as_nobody(run, plan):
    """A copy of the plan in a folder of somebody else, and a way to become nobody."""
    if not hasattr(os, "geteuid"):
        pytest.skip("this system has other rights")
    run("info", plan)  # nobody may not even load what is imported late
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / "plan.gpkg"
        shutil.copy(plan, copy)
        copy.chmod(0o444)
        Path(place).chmod(0o755)
        root = os.geteuid() == 0

        def become() -> Path:
            if root:
                os.seteuid(65534)
            return copy

        yield become
        if root:
            os.seteuid(0)


@pytest.mark.parametrize("verb", sorted(LOOKS))
def test_a_plan_that_may_not_be_written_may_be_looked_at(run, as_nobody, verb):
    told = run(verb, as_nobody())
    assert (told.status, told.err) == (0, "")


@pytest.mark.parametrize("verb", ["undo", "zone", "import"])
def test_a_plan_that_may_not_be_written_is_one_message(run, as_nobody, verb):
    told = run(verb, as_nobody(), *VERBS[verb])
    assert (told.status, told.out) == (2, "")
    assert told.err.count("\n") == 1
    assert "cannot be written" in told.err


@pytest.mark.parametrize("verb", ["info", "undo", "zone", "import"])
def test_a_plan_that_may_not_be_read_is_one_message(run, as_nobody, verb):
    path = as_nobody()
    if os.getuid() == 0:
        os.seteuid(0)
    path.chmod(0)
    told = run(verb, as_nobody(), *VERBS[verb])
    assert (told.status, told.out) == (2, "")
    assert told.err.count("\n") == 1
    assert "cannot be read" in told.err


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("verb", ACTS)
def test_an_actor_whom_the_plan_does_not_know_is_told_whom_it_knows(run, plan, content, verb):
    before = content(plan)
    told = run(verb, plan, *VERBS[verb], "--actor", "Nobody")
    assert (told.status, told.out) == (2, "")
    assert told.err == "The plan has no user Nobody. Its users are: Planner.\n"
    assert content(plan) == before


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("verb", ACTS)
def test_without_a_key_on_this_machine_nothing_is_done(
    run, plan, content, verb, tmp_path, monkeypatch
):
    before = content(plan)
    monkeypatch.setenv("UCM_HOME", str(tmp_path / "another machine"))
    told = run(verb, plan, *VERBS[verb])
    assert (told.status, told.out) == (2, "")
    assert told.err.count("\n") == 1
    assert "signing key" in told.err
    assert content(plan) == before


@pytest.mark.parametrize("verb", ["info", "check", "audit"])
def test_without_a_key_the_plan_can_still_be_looked_at(run, plan, verb, tmp_path, monkeypatch):
    monkeypatch.setenv("UCM_HOME", str(tmp_path / "another machine"))
    assert run(verb, plan).status == 0


def test_a_new_plan_is_not_written_over_another_and_not_where_nothing_can_lie(run, plan):
    before = plan.read_bytes()
    for path, said in ((plan, "exists already"), (Path("nowhere") / "p.gpkg", "folder")):
        told = run("new", path, "--province", "18")
        assert (told.status, told.out) == (2, "")
        assert said in told.err
    assert plan.read_bytes() == before


def test_a_province_that_there_is_not_makes_no_plan(run, plan):
    told = run("new", "q.gpkg", "--province", "Atlantis")
    assert told.status == 2
    assert "Atlantis" in told.err
    assert not Path("q.gpkg").exists()
