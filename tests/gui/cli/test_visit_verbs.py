"""Visits, outcomes, fines, ticks and the log by command: what the window can do on the day."""

from __future__ import annotations

import shutil

import pytest

from geo.clock import today
from geo.model.command import Assignment, LogEntry
from geo.model.result import Fine, Inspection, Outcome
from geo.model.site import IndicatorCheck, Site
from geo.model.vocabulary import Activity, Answer, AssignmentState, FineState, PersonRole
from gui.cli.opening import opened
from tests.gui.cli.the_way import SWEEP, steps


@pytest.fixture(scope="module")
def day(made, tmp_path_factory):
    """The plan whose operation is under way, and the home that holds everybody's keys."""
    folder = tmp_path_factory.mktemp("day")
    home, plan = folder / "home", folder / "plan.gpkg"
    shutil.copytree(made[0], home)
    shutil.copy(made[1], plan)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("UCM_HOME", str(home))
        for step in steps(plan, "Plan").values():
            step()
    return home, plan


@pytest.fixture
def ours(day, tmp_path, monkeypatch):
    shutil.copytree(day[0], tmp_path / "home")
    monkeypatch.setenv("UCM_HOME", str(tmp_path / "home"))
    return shutil.copy(day[1], tmp_path / "plan.gpkg")


@pytest.fixture
def ok(run, ours):
    def act(verb, *rest, actor="Dep"):
        told = run(verb, ours, *rest, "--actor", actor, "--json")
        assert told.status == 0, told.err
        return told.json

    return act


@pytest.fixture
def rows(ours):
    def of(cls):
        with opened(ours) as project:
            return project.all(cls)

    return of


VISIT = (
    "--site", "A", "--at", "2022-10-20T07:30", "--zone", "Alpha", "--people", "8-12",
    "--violation", "forced_overtime", "--violation", "detained_and_forced_to_work",
    "--answer", "debt_bondage=yes", "--findings", "Doors locked, call 012 345 678",
)  # fmt: skip


def test_a_visit_is_recorded_with_its_duty_and_its_words_are_masked(ok, rows):
    told = ok("inspect", *VISIT)
    (visit,) = rows(Inspection)
    assert visit.id == told["id"]
    assert (visit.people_min, visit.people_max) == (8, 12)
    assert visit.assignment_id == rows(Assignment)[0].id
    assert "345 678" not in visit.findings
    assert visit.source == "Red"
    (check,) = rows(IndicatorCheck)
    assert (check.answer, check.inspection_id) == (Answer.YES, visit.id)
    (site,) = (s for s in rows(Site) if s.code == "A")
    assert site.visited_on.isoformat() == "2022-10-20"
    assert site.legal_status == "unverified"


def test_a_visit_is_corrected_by_its_id_and_keeps_what_is_not_said(ok, rows):
    visit = ok("inspect", *VISIT)["id"]
    ok("inspect", "--of", visit, "--people", "9", "--reference", "F-1")
    (seen,) = rows(Inspection)
    assert (seen.people_min, seen.people_max, seen.reference) == (9, 9, "F-1")
    assert len(seen.violations) == 2


def test_what_came_of_it_is_counted_and_corrected(ok, rows):
    told = ok(
        "outcome", "--zone", "Alpha", "--site", "A", "--rescued", "5", "--referred", "4",
        "--arrested", "manager=2", "--cases", "1", "--sealed", "A",
    )  # fmt: skip
    (found,) = rows(Outcome)
    assert (found.id, found.rescued, found.sites_sealed) == (told["id"], 5, 1)
    assert found.recorded_on == today()
    assert next(s for s in rows(Site) if s.code == "A").activity is Activity.SEALED
    ok("outcome", "--of", found.id, "--rescued", "6", "--arrested", "recruiter=1")
    (right,) = rows(Outcome)
    assert (right.rescued, right.referred, right.sites_sealed) == (6, 4, 1)
    assert {a.role: a.count for a in right.arrested} == {
        PersonRole.MANAGER: 2,
        PersonRole.RECRUITER: 1,
    }


def test_fines_are_proposed_by_the_table_and_decided_by_the_inspector(run, ours, ok, rows):
    visit = ok("inspect", *VISIT)["id"]
    ok("fine", "--inspection", visit)
    proposed = rows(Fine)
    assert {f.state for f in proposed} == {FineState.PROPOSED}
    (overtime,) = (f for f in proposed if f.violation == "forced_overtime")
    decision = ("--of", overtime.id, "--state", "confirmed", "--inspector", "Labour (demo)")
    assert run("fine", ours, *decision, "--actor", "Plan").status == 2
    ok("fine", *decision)
    decided = next(f for f in rows(Fine) if f.id == overtime.id)
    assert (decided.state, decided.decided_on) == (FineState.CONFIRMED, today())


def test_only_the_violations_that_are_named_are_fined(ok, rows):
    visit = ok("inspect", *VISIT)["id"]
    ok("fine", "--inspection", visit, "--violation", "detained_and_forced_to_work=1")
    (fine,) = rows(Fine)
    assert (fine.violation, fine.amount_riel) == ("detained_and_forced_to_work", 2_620_000)


def test_an_item_is_ticked_off_and_the_tick_taken_back(ok, rows):
    item = ("--zone", "Alpha", "--group", "victim_support", "--item", "people_safe")
    ok("tick", *item)
    (done,) = rows(Assignment)[0].checklist
    assert (done.code, done.done_at is not None) == ("people_safe", True)
    ok("tick", *item, "--back")
    assert rows(Assignment)[0].checklist == ()


def test_a_line_of_the_log_is_written_in_ones_own_name(ok, rows):
    told = ok("log", *SWEEP, "--code", "site_entered", "--zone", "Alpha", "--site", "A")
    (line,) = rows(LogEntry)
    assert (line.id, line.code) == (told["id"], "site_entered")
    ok("log", *SWEEP, "--words", "The gate was open", "--at", "2022-10-20T06:10", actor="Plan")
    assert {entry.words for entry in rows(LogEntry)} == {"", "The gate was open"}


def test_a_team_that_turns_back_says_why_in_the_log(ok, rows):
    ok("step", "--zone", "Alpha", "--team", "Red", "--to", "aborted", "--reason", "Flood (demo)")
    assert rows(Assignment)[0].state is AssignmentState.ABORTED
    assert rows(LogEntry)[0].words == "Flood (demo)"


REFUSED = {
    "a visit of nothing": (["inspect"], "--site"),
    "a visit to come": (["inspect", "--site", "A", "--at", "2100-01-01T06:00"], "future"),
    "people that are none": (["inspect", "--site", "A", "--people", "many"], "many"),
    "an answer that is none": (["inspect", "--site", "A", "--answer", "isolation=maybe"], "maybe"),
    "a violation that is none": (["inspect", "--site", "A", "--violation", "noise"], "noise"),
    "a visit that is gone": (["inspect", "--of", "gone"], "no longer in the plan"),
    "an outcome of nothing": (["outcome", "--rescued", "1"], "site"),
    "an outcome that is gone": (["outcome", "--of", "gone", "--rescued", "1"], "no longer"),
    "a role that is none": (["outcome", "--zone", "Alpha", "--arrested", "x=1"], "manager"),
    "a ringleader whom nobody decided": (
        ["outcome", "--zone", "Alpha", "--arrested", "ringleader=1"], "ringleader"),
    "a fine of nothing": (["fine"], "exactly one"),
    "a decision that is none": (["fine", "--of", "gone"], "--state"),
    "an item that is none": (
        ["tick", "--zone", "Alpha", "--group", "minutes", "--item", "x"], "times_kept"),
    "a line that says nothing": (["log", *SWEEP], "what happened"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_is_one_message_and_changes_nothing(run, ours, content, case):
    (verb, *rest), said = REFUSED[case]
    before = content(ours)
    refused = run(verb, ours, *rest, "--actor", "Dep")
    assert (refused.status, refused.out) == (2, "")
    assert said in refused.err
    assert "Traceback" not in refused.err
    assert content(ours) == before


@pytest.mark.parametrize(
    "asked",
    [
        ("inspect", "--site", "A"),
        ("outcome", "--zone", "Alpha", "--rescued", "1"),
        ("tick", "--zone", "Alpha", "--group", "victim_support", "--item", "people_safe"),
        ("log", *SWEEP, "--code", "incident"),
    ],
    ids=lambda asked: asked[0],
)
@pytest.mark.parametrize("actor", ["Ana", "Aud"])
def test_who_only_reads_records_nothing(run, ours, content, asked, actor):
    before = content(ours)
    verb, *rest = asked
    assert run(verb, ours, *rest, "--actor", actor).status == 2
    assert content(ours) == before
