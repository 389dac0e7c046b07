"""Verbs about a plan as a whole."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime

import pytest

from geo.edit.verbs import Verb
from geo.store.versions import SCHEMA_VERSION

GUARD = "ucm_guard_edit_this_plan_in_unity_command_map"


def test_a_new_plan_has_its_first_user_and_his_key(run, tmp_path, fresh_home):
    path = tmp_path / "plan.gpkg"
    made = run("new", path, "--province", "ព្រះសីហនុ", "--actor", "Dara", "--json").json
    assert made == {"path": str(path), "province": "18", "actor": "Dara"}
    users = run("user", path, "--json").json["users"]
    assert users == [{"name": "Dara", "role": "planner", "office": "", "key_here": True}]


def test_a_province_is_known_by_any_of_its_names(run, tmp_path, fresh_home):
    for number, name in enumerate(("18", "Preah Sihanouk", "Sihanoukville")):
        path = tmp_path / f"{number}.gpkg"
        assert run("new", path, "--province", name, "--json").json["province"] == "18"


def test_info_gives_what_was_agreed(run, plan):
    told = run("info", plan, "--json").json
    assert set(told) == {"schema_version", "protected", "counts", "extent", "last_edits"}
    assert told["schema_version"] == SCHEMA_VERSION
    assert told["protected"] is False
    assert (told["counts"]["site"], told["counts"]["border_crossing"]) == (3, 18)
    west, south, east, north = told["extent"]
    assert (102 < west < east < 108, 10 < south < north < 15) == (True, True)
    last = told["last_edits"][0]
    assert set(last) == {"at", "actor", "what", "rows"}
    assert (last["actor"], last["what"], last["rows"]) == ("Planner", "Add site Site C", 1)
    assert datetime.fromisoformat(last["at"]).utcoffset() is not None


def test_info_for_people_names_the_kinds_and_the_last_edits(run, plan):
    told = run("info", plan)
    assert told.status == 0
    assert "Add site Site C" in told.out
    assert "18" in told.out


def test_a_whole_plan_has_no_problem(run, plan):
    assert run("check", plan, "--json").json == {"ok": True, "problems": []}
    assert run("check", plan).status == 0


def test_a_row_changed_behind_the_audit_is_found_and_ends_with_1(run, plan):
    with closing(sqlite3.connect(plan)) as file, file:
        # What stands in the way of other programs, set aside on purpose.
        file.create_function(GUARD, -1, lambda *_: 1)
        file.execute("UPDATE authority SET may_decide = 1")
    found = run("check", plan, "--json")
    assert found.status == 1
    assert '"ok": false' in found.out
    assert '"what"' in found.out
    assert '"where"' in found.out
    assert run("check", plan).status == 1


def test_the_audit_tells_who_when_and_what_and_that_it_is_signed(run, plan):
    rows = run("audit", plan, "--json").json["rows"]
    assert [set(r) for r in rows] == [{"at", "actor", "what", "signed"}] * 4
    assert [r["what"] for r in rows][1:] == [f"Add site Site {code}" for code in "ABC"]
    assert {r["actor"] for r in rows} == {"Planner"}
    assert {r["signed"] for r in rows} == {"✓"}


def test_the_audit_since_a_day_leaves_out_what_was_before(run, plan):
    assert run("audit", plan, "--since", "2999-01-01", "--json").json["rows"] == []
    assert len(run("audit", plan, "--since", "2000-01-01", "--json").json["rows"]) == 4


def test_undo_takes_back_and_redo_puts_back(run, plan, content):
    before = content(plan)["site"]
    told = run("undo", plan, "--json").json
    assert told == {"undone": "Add site Site C", "rows": 1}
    assert [row for row in before if row not in content(plan)["site"]] == before[-1:]
    assert run("redo", plan).out.strip() == "Redone: Add site Site C"
    assert len(content(plan)["site"]) == 3
    assert run("redo", plan).status == 2


def test_undo_goes_back_to_the_beginning_and_says_so_there(run, plan):
    for _ in "ABC":
        assert run("undo", plan).status == 0
    refused = run("undo", plan)
    assert (refused.status, refused.out) == (2, "")
    assert "nothing to undo" in refused.err


def test_a_planner_names_the_first_governor_who_names_the_others(run, plan):
    assert run("user", plan, "--name", "Deputy", "--role", "deputy_governor").status == 2
    assert run("user", plan, "--name", "Governor", "--role", "governor").status == 0
    again = run("user", plan, "--name", "Second", "--role", "governor")
    assert again.status == 2
    assert "Only the governor" in again.err
    deputy = ("--name", "Deputy", "--role", "deputy_governor", "--actor", "Governor", "--json")
    users = run("user", plan, *deputy).json["users"]
    assert [u["name"] for u in users] == ["Planner", "Governor", "Deputy"]


def test_who_only_reads_cannot_undo(run, plan):
    assert run("user", plan, "--name", "Reader", "--role", "auditor").status == 0
    refused = run("undo", plan, "--actor", "reader")
    assert refused.status == 2
    assert Verb.ADD_USER.value in refused.err


def test_a_protected_plan_opens_with_its_passphrase_only(run, tmp_path, fresh_home):
    secret, wrong, empty = (tmp_path / name for name in ("secret", "wrong", "empty"))
    secret.write_text("correct horse\n", encoding="utf-8")
    wrong.write_text("incorrect horse\n", encoding="utf-8")
    empty.write_text("", encoding="utf-8")
    path = tmp_path / "plan.ucmplan"
    new = run("new", path, "--province", "18", "--passphrase-file", secret)
    assert new.status == 0
    assert run("info", path, "--passphrase-file", secret, "--json").json["protected"] is True
    before = path.read_bytes()
    for given in ([], *(["--passphrase-file", f] for f in (wrong, empty, tmp_path / "missing"))):
        refused = run("info", path, *given)
        assert (refused.status, refused.out) == (2, "")
        assert refused.err.count("\n") == 1
    assert path.read_bytes() == before


@pytest.mark.parametrize("language", ["km", "km_KH.UTF-8"])
def test_messages_are_khmer_where_khmer_is_wanted(run, plan, monkeypatch, language):
    monkeypatch.setenv("UCM_LANG", language)
    told = run("undo", plan)
    assert "បានមិនធ្វើវិញ" in told.out
    assert "រកមិនឃើញ" in run("info", "missing.gpkg").err or "គ្មាន" in run("info", "x.gpkg").err
