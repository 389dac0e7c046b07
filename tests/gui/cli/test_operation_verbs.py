"""The way from a draft to its release and acceptance on the command line, each by its own user."""

from __future__ import annotations

import json
import shutil
from datetime import timedelta

import pytest

from app import main
from geo.clock import today
from geo.model.command import Assignment, Coordination, Operation, Override, Team, Zone
from geo.model.support import SupportUnit
from geo.model.vocabulary import (
    AssignmentState,
    CoordinationResult,
    OperationState,
    VehicleKind,
    ZoneState,
)
from geo.project import Project
from geo.store.plans import open_plan

DAY = "Day 1=2022-10-20T06:00/2022-10-20T18:00"
REASON = "The governor goes ahead knowing of this gap"


@pytest.fixture
def rows(plan):
    def of(cls):
        project = Project(open_plan(plan, read_only=True))
        try:
            return project.all(cls)
        finally:
            project.close()

    return of


@pytest.fixture
def ok(run, plan):
    """Run a verb that must succeed."""

    def act(verb, *rest):
        told = run(verb, plan, *rest)
        assert told.status == 0, told.err
        return told

    return act


@pytest.fixture(scope="module")
def draft(made, square, tmp_path_factory):
    """The plan below and the home with the keys of its users; made once, then copied."""
    folder = tmp_path_factory.mktemp("draft")
    home, plan = folder / "home", folder / "plan.gpkg"
    shutil.copytree(made[0], home)
    shutil.copy(made[1], plan)

    def ok(verb, *rest):
        assert main([verb, str(plan), *rest]) == 0

    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("UCM_HOME", str(home))
        ok("user", "--name", "Gov", "--role", "governor")
        for name, role in (("Dep", "deputy_governor"), ("Plan", "planner")):
            ok("user", "--name", name, "--role", role, "--actor", "Gov")
        ok("operation", "--name", "Sweep", "--period", DAY, "--actor", "Plan")
        ok("zone", "--name", "Alpha", "--operation", "Sweep", "--geometry", square)
        ok("team", "--name", "Red", "--leader", "Dep")
        ok("assign", "--zone", "Alpha", "--team", "Red")
    return home, plan


@pytest.fixture
def drafted(draft, plan):
    """A governor, a deputy, planners, an operation with a zone, and the deputy's team."""
    shutil.copytree(draft[0], plan.parents[1] / "home", dirs_exist_ok=True)
    shutil.copy(draft[1], plan)
    return plan


AUTHORISED = (
    "--operation", "Sweep", "--authority", "court_prosecutor",
    "--replied", "2022-09-03", "--result", "agreed", "--reference", "N-1", "--zone", "Alpha",
    "--from", "2022-10-01", "--to", "2022-10-31T18:00", "--hours", "05:00-20:00",
    "--witnesses", "2",
)  # fmt: skip


@pytest.fixture
def coordinated(ok, drafted):
    ok("submit", "--operation", "Sweep", "--actor", "Plan")
    ok("coordinate", *AUTHORISED, "--asked", "2022-09-01", "--actor", "Plan")
    return drafted


def override_all(run, plan, ok):
    told = json.loads(run("readiness", plan, "--operation", "Sweep", "--json").out)
    found = [("", g) for g in told.get("missing", told.get("gaps", []))]
    found += [(z["name"], g) for z in told["zones"] for g in z["missing"]]
    for zone, gap in found:
        more = ("--zone", zone) if zone else ()
        ok(
            "override", "--operation", "Sweep", "--what", gap["what"], "--reason", REASON,
            "--actor", "Gov", *more,
        )  # fmt: skip


def test_the_whole_way_from_a_draft_to_a_team_that_is_under_way(run, ok, coordinated, rows):
    assert rows(Zone)[0].state is ZoneState.COORDINATED
    refused = run("release", coordinated, "--operation", "Sweep", "--actor", "Gov")
    assert refused.status == 2
    assert "gaps stand in the way" in refused.err
    override_all(run, coordinated, ok)
    ok("release", "--operation", "Sweep", "--actor", "Gov")
    (operation,) = rows(Operation)
    assert operation.state is OperationState.RELEASED
    assert operation.released_by not in {operation.proposed_by, operation.made_by}
    assert all(o.decided_by == operation.released_by for o in rows(Override))
    assert run("undo", coordinated, "--actor", "Gov").status == 2
    ok("accept", "--zone", "Alpha", "--actor", "Dep")
    ok("step", "--operation", "Sweep", "--to", "active", "--actor", "Gov")
    ok("step", "--zone", "Alpha", "--to", "active", "--actor", "Plan")
    ok("step", "--zone", "Alpha", "--team", "Red", "--to", "under_way", "--actor", "Dep")
    (duty,) = rows(Assignment)
    assert (duty.state, rows(Zone)[0].state) == (AssignmentState.UNDER_WAY, ZoneState.ACTIVE)
    assert run("check", coordinated).status == 0


ROLES = {"Gov", "Dep", "Plan"}


@pytest.mark.parametrize("actor", sorted(ROLES))
def test_nobody_but_the_governor_overrides_or_releases(run, coordinated, content, actor):
    before = content(coordinated)
    override = ("--operation", "Sweep", "--what", "no_sites", "--zone", "Alpha")
    told = run("override", coordinated, *override, "--reason", REASON, "--actor", actor)
    assert told.status == (0 if actor == "Gov" else 2)
    assert run("release", coordinated, "--operation", "Sweep", "--actor", actor).status == 2
    if actor != "Gov":
        assert content(coordinated) == before


def test_nobody_accepts_before_the_release(run, coordinated):
    for actor in sorted(ROLES):
        assert run("accept", coordinated, "--zone", "Alpha", "--actor", actor).status == 2


def test_only_who_proposed_withdraws(run, ok, coordinated, rows):
    assert run("withdraw", coordinated, "--operation", "Sweep", "--actor", "Gov").status == 2
    ok("withdraw", "--operation", "Sweep", "--actor", "Plan")
    assert rows(Operation)[0].state is OperationState.DRAFT


def test_the_governor_who_made_an_operation_does_not_release_it(run, ok, drafted):
    ok("submit", "--operation", "Sweep", "--actor", "Gov")
    ok("coordinate", *AUTHORISED, "--asked", "2022-09-01", "--actor", "Plan")
    refused = run("release", drafted, "--operation", "Sweep", "--actor", "Gov")
    assert refused.status == 2
    assert "nobody releases his own proposal" in refused.err


def test_an_authorisation_is_overridden_by_nobody(run, ok, drafted):
    ok("submit", "--operation", "Sweep", "--actor", "Plan")
    refused = run(
        "override", drafted, "--operation", "Sweep", "--zone", "Alpha",
        "--what", "authorisation_missing", "--reason", REASON, "--actor", "Gov",
    )  # fmt: skip
    assert refused.status == 2
    assert "prosecutor" in refused.err


def test_a_question_is_answered_by_the_same_verb_and_corrected_by_its_id(ok, drafted, rows):
    asked = ("--operation", "Sweep", "--authority", "court_prosecutor", "--zone", "Alpha")
    told = ok("coordinate", *asked, "--asked", "2022-09-01", "--due", "2022-09-09", "--json").json
    ok("coordinate", *AUTHORISED)
    (answered,) = rows(Coordination)
    assert (answered.id, answered.result) == (told["id"], CoordinationResult.AGREED)
    assert answered.due_on.isoformat() == "2022-09-09"
    assert answered.authorisation.witnesses == 2
    ok("coordinate", "--of", answered.id, "--reference", "N-2")
    assert rows(Coordination)[0].reference == "N-2"


def test_an_authorisation_of_sites_names_each_by_its_code(ok, drafted, rows):
    options = [o for o in AUTHORISED if o not in {"--zone", "Alpha"}]
    ok("coordinate", *options, "--asked", "2022-09-01", "--sites", "A, B")
    assert len(rows(Coordination)[0].authorisation.site_ids) == 2


def test_an_operation_is_changed_by_one_edit(run, ok, drafted, rows):
    ok(
        "operation", "--of", "Sweep", "--name", "Storm", "--guidance", "MOI 7",
        "--limit", "ambulance_minutes=20", "--period", "Day 2=2022-10-21T06:00/2022-10-21T18:00",
    )  # fmt: skip
    (storm,) = rows(Operation)
    assert (storm.name, storm.ministry_guidance, len(storm.periods)) == ("Storm", "MOI 7", 2)
    assert storm.limits.ambulance_minutes == 20
    ok("operation", "--of", "Storm", "--drop-period", "Day 2")
    assert [p.name for p in rows(Operation)[0].periods] == ["Day 1"]


def test_a_zone_is_renamed_divided_merged_and_deleted_one_edit_each(ok, drafted, rows):
    ok("zone", "--of", "Alpha", "--name", "Harbour")
    ok("zone", "--of", "Harbour", "--priority", "3")
    ok("zone", "--of", "Harbour", "--divide", "LINESTRING(103.52 10.5, 103.52 10.7)")
    names = [z.name for z in rows(Zone)]
    assert len(names) == 2
    other = next(n for n in names if n != "Harbour")
    ok("zone", "--of", "Harbour", "--merge", other, "--name", "Whole")
    assert [z.name for z in rows(Zone)] == ["Whole"]
    ok("zone", "--of", "Whole", "--delete")
    assert rows(Zone) == ()


def test_an_overlap_is_refused_or_cut_away(run, ok, drafted, square, rows):
    wider = "POLYGON((103.54 10.6, 103.6 10.6, 103.6 10.65, 103.54 10.65, 103.54 10.6))"
    options = ("--name", "Bravo", "--operation", "Sweep", "--geometry", wider)
    assert run("zone", drafted, *options).status == 2
    ok("zone", *options, "--cut")
    alpha, bravo = rows(Zone)
    assert alpha.outline.intersection(bravo.outline).area < 1e-12


def test_a_team_is_changed_and_its_zone_taken_back(ok, drafted, rows):
    ok("team", "--of", "Red", "--contact", "channel 3", "--group", "minutes:Chief::2")
    (red,) = rows(Team)
    assert red.contact == "channel 3"
    assert next(g for g in red.groups if g.kind == "minutes").members == 2
    ok("unassign", "--zone", "Alpha")
    assert rows(Assignment) == ()
    ok("team", "--of", "Red", "--delete")
    assert rows(Team) == ()


def test_support_is_added_moved_and_deleted(ok, drafted, rows):
    ok("support", "--name", "Fire 1", "--kind", "fire_truck", "--at", "103.52,10.62")
    ok("support", "--of", "Fire 1", "--at", "103.53,10.63")
    (unit,) = rows(SupportUnit)
    assert (unit.kind, tuple(unit.point)) == (VehicleKind.FIRE_TRUCK, (103.53, 10.63))
    ok("support", "--of", "Fire 1", "--delete")
    assert rows(SupportUnit) == ()


TOMORROW = (today() + timedelta(days=2)).isoformat()
REFUSED = {
    "two acts on one zone": (["zone", "--of", "Alpha", "--name", "B", "--delete"], "exactly one"),
    "a line that is none": (["zone", "--of", "Alpha", "--divide", "here"], "LINESTRING"),
    "a state that is none": (["step", "--zone", "Alpha", "--to", "asleep"], "draft"),
    "a step of two": (["step", "--zone", "Alpha", "--operation", "Sweep", "--to", "active"],
                      "exactly one"),
    "a limit that is none": (["operation", "--of", "Sweep", "--limit", "x=1"], "speed_kmh"),
    "a limit without end": (["operation", "--of", "Sweep", "--limit", "notice_minutes=inf"],
                            "not a limit"),
    "a limit that is no number": (["operation", "--of", "Sweep", "--limit", "speed_kmh=nan"],
                                  "not a limit"),
    "a speed that nobody drives": (["operation", "--of", "Sweep", "--limit", "speed_kmh=900"],
                                   "120"),
    "a time with a zone": (
        ["operation", "--of", "Sweep", "--period", "B=2022-10-21T06:00Z/2022-10-21T18:00"],
        "time zone"),
    "two times with a zone": (
        ["operation", "--of", "Sweep", "--period", "B=2022-10-21T06:00Z/2022-10-21T18:00Z"],
        "time zone"),
    "a period without a name": (
        ["operation", "--of", "Sweep", "--period", "=2022-10-21T06:00/2022-10-21T18:00"],
        "has no name"),
    "one period twice": (
        ["operation", "--of", "Sweep", "--period", "B=2022-10-21T06:00/2022-10-21T18:00",
         "--period", "B=2022-10-22T06:00/2022-10-22T18:00"],
        "Two periods"),
    "hours with a zone": (
        ["coordinate", *AUTHORISED, "--asked", "2022-09-01", "--hours", "06:00Z-18:00Z"],
        "time zone"),
    "a point that is none": (["support", "--name", "X", "--at", "port"], "port"),
    "a car as support": (["support", "--name", "X", "--kind", "car"], "fire trucks"),
    "hours that are none": (["coordinate", *AUTHORISED[:4], "--hours", "noon"], "noon"),
    "an answer before the question": (
        ["coordinate", *AUTHORISED, "--asked", "2022-09-04"], "before the question"),
    "an answer of tomorrow": (
        ["coordinate", *AUTHORISED[:4], "--asked", "2022-09-01", "--replied", TOMORROW,
         "--result", "refused"], "future"),
    "a coordination with nobody": (["coordinate", "--operation", "Sweep"], "--authority"),
    "no assignment": (["accept", "--zone", "Alpha", "--period", "Day 1"], "0 assignments"),
    "a leader who is nobody": (["team", "--of", "Red", "--leader", "X"], "Dep"),
}  # fmt: skip


@pytest.mark.parametrize(
    "written",
    ['{"type": "FeatureCollection", "features": 5}', "[" * 100_000, '{"type": "Feature"}', "null"],
)
def test_a_file_that_holds_no_polygon_is_one_message(run, drafted, tmp_path, written):
    file = tmp_path / "odd.geojson"
    file.write_text(written)
    refused = run("zone", drafted, "--name", "Odd", "--geometry", file)
    assert (refused.status, refused.err.count("\n")) == (2, 1)
    assert "GeoJSON" in refused.err


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_is_one_message_and_changes_nothing(run, drafted, content, case):
    (verb, *rest), said = REFUSED[case]
    before = content(drafted)
    refused = run(verb, drafted, *rest)
    assert (refused.status, refused.out) == (2, "")
    assert refused.err.count("\n") == 1
    assert said in refused.err
    assert content(drafted) == before
