"""Traps beside and inside of a plan file: remains of others, second names, values nobody stores."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import unicodedata
from contextlib import closing

import pytest

from geo.catalogue import LANGUAGES, text
from geo.edit.edit import inserting
from geo.errors import PlanError, StoreError
from geo.model.entity import Kind, LonLat
from geo.model.site import Site
from geo.store import backup, connection
from geo.store.geopackage import GeoPackageStore
from geo.store.plans import open_plan

EDIT_AND_DIE = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from geo.edit.edit import Edit, inserting, stamped
from geo.edit.verbs import Verb
from geo.model.site import Site
from geo.store.plans import open_plan
store = open_plan(Path(sys.argv[1]), backup=False)
edit = Edit(verb=Verb.IMPORT, deltas=(inserting([Site(name_en="Unfinished")]),))
store.commit(stamped(edit, actor=sys.argv[2], at=datetime.now(UTC)))
os._exit(9)
"""

OPEN_AND_WAIT = """
import sys
from pathlib import Path
from geo.store.plans import open_plan
store = open_plan(Path(sys.argv[1]), backup=False)
print("open", flush=True)
sys.stdin.read()
store.close()
"""


def refusal(action) -> PlanError:
    """The known error of an action, with a text in every language."""
    with pytest.raises(PlanError) as caught:
        action()
    for language in LANGUAGES:
        assert "{" not in text(caught.value.code, language, **caught.value.params)
    return caught.value


@pytest.fixture
def crashed(plan_path, new_plan, planner):
    """A plan whose program died: its last edit lies in the file beside it."""
    new_plan(plan_path).close()
    subprocess.run([sys.executable, "-c", EDIT_AND_DIE, plan_path, planner.id], check=False)
    assert plan_path.with_name(plan_path.name + "-wal").stat().st_size > 0
    return plan_path


def test_a_new_plan_never_takes_over_the_unfinished_edits_of_an_earlier_one(
    crashed, new_plan, tmp_path
):
    moved = crashed.rename(tmp_path / "moved.gpkg")
    error = refusal(lambda: new_plan(crashed))
    assert error.code == "error.plan.left_behind"
    assert not crashed.exists()
    shutil.move(f"{crashed}-wal", f"{moved}-wal")
    with closing(open_plan(moved)) as store:
        assert list(store.load(Kind.SITE)["name_en"]) == ["Unfinished"]


def test_a_copy_never_replaces_a_plan_with_unfinished_edits(crashed, new_plan, tmp_path):
    with closing(new_plan(tmp_path / "other.gpkg")) as store:
        error = refusal(lambda: store.snapshot_to(crashed))
    assert error.code == "error.plan.left_behind"
    with closing(open_plan(crashed)) as store:
        assert [p.what for p in store.check()] == ["check.audit_unsigned"]
        assert list(store.load(Kind.SITE)["name_en"]) == ["Unfinished"]


def test_a_copy_never_replaces_a_plan_that_another_window_has_open(plan_path, new_plan, tmp_path):
    new_plan(plan_path).close()
    with (
        closing(new_plan(tmp_path / "other.gpkg")) as store,
        subprocess.Popen(
            [sys.executable, "-c", OPEN_AND_WAIT, plan_path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        ) as other,
    ):
        assert other.stdout is not None
        assert other.stdout.readline().strip() == b"open"
        assert refusal(lambda: store.snapshot_to(plan_path)).code == "error.plan.in_use"
        other.communicate(b"")


def test_a_plan_with_two_names_is_for_reading_only(plan_path, new_plan):
    new_plan(plan_path).close()
    second = plan_path.with_name("second.gpkg")
    os.link(plan_path, second)
    for name in (plan_path, second):
        assert refusal(lambda n=name: open_plan(n)).code == "error.plan.two_names"
    open_plan(second, read_only=True).close()
    second.unlink()
    open_plan(plan_path).close()


def test_a_plan_whose_making_was_cut_short_after_it_got_its_name_opens(plan_path, new_plan):
    new_plan(plan_path).close()
    os.link(plan_path, plan_path.with_name(f".{plan_path.name}.0123abcd.tmp"))
    open_plan(plan_path, backup=False).close()
    assert [p.name for p in plan_path.parent.iterdir()] == [plan_path.name]


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes in folders")
def test_a_pipe_is_no_plan(tmp_path):
    os.mkfifo(tmp_path / "plan.gpkg")
    assert refusal(lambda: open_plan(tmp_path / "plan.gpkg")).code == "error.plan.not_a_plan"


@pytest.mark.parametrize("name", ["x" * 300 + ".gpkg", "a\0b.gpkg"])
def test_a_name_that_no_file_can_have(tmp_path, new_plan, name):
    assert refusal(lambda: open_plan(tmp_path / name)).code == "error.plan.bad_name"
    assert refusal(lambda: new_plan(tmp_path / name)).code == "error.plan.bad_name"
    assert not list(tmp_path.glob("*.gpkg"))


@pytest.mark.parametrize("passphrase", ["a\0b", "\ud800"])
def test_a_passphrase_that_no_keyboard_writes_is_refused(tmp_path, new_plan, passphrase):
    path = tmp_path / "plan.ucmplan"
    error = refusal(lambda: new_plan(path, passphrase=passphrase))
    assert error.code == "error.plan.bad_passphrase"
    assert not path.exists()


def test_a_passphrase_opens_however_its_accents_are_written(tmp_path, new_plan):
    path = tmp_path / "plan.ucmplan"
    new_plan(path, passphrase="caf\u00e9").close()
    open_plan(path, passphrase=unicodedata.normalize("NFD", "caf\u00e9")).close()


def test_a_wrong_passphrase_says_nothing_beside_its_error(tmp_path, new_plan, capfd):
    path = tmp_path / "plan.ucmplan"
    new_plan(path, passphrase="right").close()
    refusal(lambda: open_plan(path, passphrase="wrong"))
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "values",
    [
        {"name_en": "half \ud800 a character"},
        {"capacity": 10**30},
        {"point": LonLat(float("nan"), 11.0)},
        {"point": LonLat(float("inf"), 11.0)},
    ],
)
def test_a_value_that_cannot_be_kept_is_refused_by_every_store(store, edit_of, values):
    before = len(store.log())
    error = refusal(lambda: store.commit(edit_of(inserting([Site(**{"name_km": "ក", **values})]))))
    assert isinstance(error, StoreError)
    assert error.code == "error.store.unstorable"
    assert len(store.log()) == before
    assert len(store.load(Kind.SITE)) == 0


def test_what_cannot_be_kept_in_an_edit_s_words_is_refused(store, edit_of):
    edit = edit_of(inserting([Site(name_en="A")]), params={"file": "\udcff.csv"})
    assert refusal(lambda: store.commit(edit)).code == "error.store.unstorable"


def test_a_disk_too_full_for_a_copy_keeps_nobody_from_the_plan(plan_path, new_plan, monkeypatch):
    new_plan(plan_path).close()

    def full(path, *rest, **more):
        opened = connection.connect(path, *rest, **more)
        opened.execute("PRAGMA max_page_count = 2")
        return opened

    monkeypatch.setattr("geo.store.geopackage.connect", full)
    with closing(open_plan(plan_path)) as store:
        assert isinstance(store, GeoPackageStore)
        assert store.warnings == ("error.store.no_backup",)
        assert refusal(lambda: backup.back_up(store)).code == "error.store.disk_full"


def test_a_copy_that_was_cut_short_does_not_lie_about_for_ever(plan_path, new_plan):
    new_plan(plan_path).close()
    folder = plan_path.parent / backup.FOLDER
    folder.mkdir()
    left = folder / f".{plan_path.stem}.20220917T080000Z.r1.gpkg.0123abcd.tmp"
    for suffix in ("", "-journal"):
        left.with_name(left.name + suffix).write_bytes(b"rest")
    open_plan(plan_path).close()
    assert [p.name for p in folder.iterdir()] == [p.name for p in backup.backups(plan_path)]
