"""The planner's and the commander's acts, one edit each."""

from __future__ import annotations

import json

import pytest
from shapely import to_geojson, wkt

from geo.errors import PlanError
from geo.model.command import Assignment, Operation, Team, Zone
from geo.model.site import Site, StatusDecision
from geo.model.vocabulary import GroupKind, LegalStatus
from geo.project import Project
from geo.store.plans import open_plan

DAY = "Day 1=2022-10-20T06:00/2022-10-20T18:00"
COURT = "Provincial Court of First Instance"
DECISION = {
    "--site": "A",
    "--to": "under_review",
    "--reason": "No papers",
    "--authority": COURT,
    "--document": "DOC-1",
    "--on": "2022-09-02",
}


def options(given):
    return [word for pair in given.items() for word in pair]


@pytest.fixture
def rows(plan):
    """The rows of a kind as the plan now has them."""

    def of(cls):
        project = Project(open_plan(plan, read_only=True))
        try:
            return project.all(cls)
        finally:
            project.close()

    return of


@pytest.fixture
def commanded(run, plan, square):
    """An operation with a zone, and two teams."""
    run("operation", plan, "--name", "Sweep", "--period", DAY)
    run("zone", plan, "--name", "Alpha", "--operation", "Sweep", "--geometry", square)
    for name in ("Red", "Blue"):
        run("team", plan, "--name", name)
    return plan


def test_each_act_is_one_edit_and_says_which(run, plan, square):
    acts = [
        (["operation", plan, "--name", "Sweep", "--period", DAY], "Add operation Sweep"),
        (["zone", plan, "--name", "Alpha", "--operation", "Sweep", "--geometry", square],
         "Draw zone Alpha"),
        (["team", plan, "--name", "Red"], "Add team Red"),
        (["assign", plan, "--zone", "Alpha", "--team", "Red", "--period", "Day 1"],
         "Give zone Alpha to Red"),
        (["decide", plan, *options(DECISION)], "Enter the decision on Site A"),
    ]  # fmt: skip
    for number, (act, sentence) in enumerate(acts, start=5):
        told = run(*act, "--json").json
        assert set(told) == {"id", "edit", "what"}
        assert told["what"] == sentence
        last = run("info", plan, "--json").json
        assert last["last_edits"][0]["what"] == sentence
        assert len(last["last_edits"]) == number


def test_an_operation_keeps_its_periods_in_local_time(run, plan, rows):
    run("operation", plan, "--name", "Sweep", "--period", DAY, "--commander", "Governor")
    (operation,) = rows(Operation)
    assert (operation.commander, operation.province_code) == ("Governor", "18")
    (period,) = operation.periods
    assert (period.name, period.starts.hour, period.ends.hour) == ("Day 1", 6, 18)


def test_a_zone_is_drawn_from_wkt_or_from_a_geojson_file(run, plan, square, rows, tmp_path):
    geometry = json.loads(to_geojson(wkt.loads(square)))
    feature = {"type": "Feature", "properties": {}, "geometry": geometry}
    forms = [geometry, feature, {"type": "FeatureCollection", "features": [feature]}]
    assert run("zone", plan, "--name", "0", "--geometry", square).status == 0
    for number, form in enumerate(forms, start=1):
        file = tmp_path / f"{number}.geojson"
        file.write_text(json.dumps(form), encoding="utf-8")
        assert run("zone", plan, "--name", number, "--geometry", file).status == 0
    zones = rows(Zone)
    assert [z.name for z in zones] == ["0", "1", "2", "3"]
    assert all(z.outline.equals(wkt.loads(square)) for z in zones)


def test_a_team_has_groups_with_chief_and_task_and_vehicles(run, plan, rows):
    group = "minutes:Chief of minutes:Write the minutes:2"
    run("team", plan, "--name", "Red", "--group", group, "--vehicle", "car:Car 1")
    (team,) = rows(Team)
    (minutes,) = team.groups
    assert (minutes.kind, minutes.chief, minutes.members) == (
        GroupKind.MINUTES,
        "Chief of minutes",
        2,
    )
    assert [v.name for v in team.vehicles] == ["Car 1"]


def test_a_team_without_groups_is_offered_those_of_the_order(run, plan, rows):
    run("team", plan, "--name", "Red")
    assert len(rows(Team)[0].groups) == 5


def test_a_zone_has_one_team_at_a_time(run, commanded, rows):
    day = ("--zone", "Alpha", "--period", "Day 1", "--task", "Search", "--task", "Seal")
    assert run("assign", commanded, "--team", "Red", *day).status == 0
    assert run("assign", commanded, "--team", "Red", *day).status == 2
    assert run("assign", commanded, "--team", "Blue", "--zone", "Alpha").status == 2
    assert run("assign", commanded, "--team", "Blue", *day).status == 0
    (assignment,) = rows(Assignment)
    blue = next(t for t in rows(Team) if t.name == "Blue")
    assert (assignment.team_id, assignment.tasks) == (blue.id, ("Search", "Seal"))


def test_a_decision_enters_the_ledger_and_changes_the_status(run, plan, rows):
    run("decide", plan, *options(DECISION))
    (entry,) = rows(StatusDecision)
    assert (entry.reason, entry.document, entry.decided_on.isoformat()) == (
        "No papers",
        "DOC-1",
        "2022-09-02",
    )
    site = next(s for s in rows(Site) if s.code == "A")
    assert site.legal_status is LegalStatus.UNDER_REVIEW


def test_a_register_of_decisions_is_one_edit_or_none(run, plan, rows, tmp_path):
    file = tmp_path / "decisions.csv"
    head = "code,to,reason,authority,document,decided_on\n"
    good = f"A,under_review,r,{COURT},D1,2022-09-01\nA,illegal,r,{COURT},D2,2022-09-02\n"
    file.write_text(head + good + f"Z,legal,r,{COURT},D3,2022-09-02\n", encoding="utf-8")
    refused = run("decide", plan, "--file", file)
    assert refused.status == 2
    assert "4" in refused.err
    assert rows(StatusDecision) == ()
    file.write_text(head + good, encoding="utf-8-sig")
    assert run("decide", plan, "--file", file).status == 0
    assert len(rows(StatusDecision)) == 2
    assert run("undo", plan).status == 0
    assert rows(StatusDecision) == ()


@pytest.mark.parametrize(
    "change",
    [
        {"--site": "nothing"},
        {"--to": "illegal"},
        {"--to": "legal"},
        {"--reason": " "},
        {"--document": ""},
        {"--authority": "Newspaper"},
        {"--authority": "Provincial Military Police"},
        {"--on": "2999-01-01"},
    ],
    ids=str,
)
def test_a_decision_that_may_not_be_changes_nothing(run, plan, content, change):
    before = content(plan)
    refused = run("decide", plan, *options({**DECISION, **change}))
    assert (refused.status, refused.out) == (2, "")
    assert refused.err.count("\n") == 1
    assert content(plan) == before


def bad_zone(outline):
    return ["zone", "--name", "B", "--geometry", outline]


REFUSED = {
    "a zone that crosses itself": (
        bad_zone("POLYGON((103 10, 104 11, 104 10, 103 11, 103 10))"),
        "crosses itself",
    ),
    "a zone that is a line": (bad_zone("LINESTRING(103 10, 104 11)"), "neither a polygon"),
    "a zone that is no geometry": (bad_zone("POLYGON((a b"), "neither a polygon"),
    "a zone in metres": (bad_zone("POLYGON((380000 1170000, 381000 1170000, 381000 1171000, "
                                  "380000 1170000))"), "outside Cambodia"),
    "a zone from a file that is not there": (bad_zone("missing.geojson"), "neither a polygon"),
    "a zone of an unknown operation": (
        [*bad_zone("POLYGON((103 10, 104 10, 104 11, 103 10))"), "--operation", "X"],
        "X",
    ),
    "a zone whose name is taken": (
        ["zone", "--name", "Alpha", "--geometry", "POLYGON((103 10, 104 10, 104 11, 103 10))"],
        "Alpha",
    ),
    "an operation whose name is taken": (["operation", "--name", "Sweep"], "Sweep"),
    "a period that is none": (["operation", "--name", "X", "--period", "tomorrow"], "tomorrow"),
    "a period that ends before it begins": (
        ["operation", "--name", "X", "--period", "D=2022-10-20T18:00/2022-10-20T06:00"],
        "ends before",
    ),
    "a group that is none": (["team", "--name", "X", "--group", "dancers"], "dancers"),
    "a vehicle that is none": (["team", "--name", "X", "--vehicle", "rocket:1"], "rocket"),
    "a team whose name is taken": (["team", "--name", "Red"], "Red"),
    "an unknown team": (["assign", "--zone", "Alpha", "--team", "X"], "Red, Blue"),
    "an unknown zone": (["assign", "--zone", "X", "--team", "Red"], "Alpha"),
    "an unknown period": (["assign", "--zone", "Alpha", "--team", "Red", "--period", "X"], "Day 1"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_is_one_message_and_changes_nothing(run, commanded, content, case):
    (verb, *rest), said = REFUSED[case]
    before = content(commanded)
    refused = run(verb, commanded, *rest)
    assert (refused.status, refused.out) == (2, "")
    assert refused.err.count("\n") == 1
    assert said in refused.err
    assert content(commanded) == before


def test_no_error_loses_the_parameter_that_is_called_code():
    assert PlanError("error.cli.no_such_site", code="A", count=0).params["code"] == "A"
