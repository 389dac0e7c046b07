"""What stands between an operation and its release, on the command line."""

from __future__ import annotations

import json

import pytest

DAY = "Day 1=2022-10-20T06:00/2022-10-20T18:00"


@pytest.fixture
def planned(run, plan, square):
    """An operation with a zone around the plan's sites, and one elsewhere."""
    run("operation", plan, "--name", "Sweep", "--period", DAY)
    run("zone", plan, "--name", "Alpha", "--operation", "Sweep", "--geometry", square)
    away = "POLYGON((103.6 10.6, 103.65 10.6, 103.65 10.65, 103.6 10.65, 103.6 10.6))"
    run("zone", plan, "--name", "Beta", "--operation", "Sweep", "--geometry", away)
    return plan


def test_what_is_missing_is_told_zone_by_zone_and_the_verb_ends_with_1(run, planned):
    told = run("readiness", planned, "--operation", "Sweep", "--json")
    assert (told.status, told.err) == (1, "")
    found = json.loads(told.out)
    assert found["ready"] is False
    assert [z["name"] for z in found["zones"]] == ["Alpha", "Beta"]
    alpha, beta = ({g["what"]: g for g in z["missing"]} for z in found["zones"])
    # Nobody said how exactly the plan's sites are known, so that they only may lie there.
    assert set(alpha) == {
        "authorisation_missing", "no_sites", "sites_may_lie", "no_team", "ambulance_far",
        "fire_far",
    }  # fmt: skip
    assert alpha["sites_may_lie"]["examples"] == ["A", "B", "C"]
    assert (alpha["no_team"]["count"], alpha["no_team"]["examples"]) == (1, ["Day 1"])
    assert alpha["authorisation_missing"]["overridable"] is False
    assert "no_sites" in beta
    assert {g["what"] for g in found["missing"]} == {"guidance_missing"}


def test_one_zone_is_told_alone_with_what_concerns_the_whole_operation(run, planned):
    told = run("readiness", planned, "--operation", "Sweep", "--zone", "Beta", "--json")
    found = json.loads(told.out)
    assert [z["name"] for z in found["zones"]] == ["Beta"]
    assert found["missing"]


def test_people_get_a_table_with_a_last_line(run, planned):
    told = run("readiness", planned, "--operation", "Sweep")
    assert told.status == 1
    assert "No site lies in the zone" in told.out
    assert "cannot be overridden" in told.out
    assert "Sweep is not ready" in told.out.splitlines()[-1]


def test_the_table_speaks_khmer(run, planned, monkeypatch):
    monkeypatch.setenv("UCM_LANG", "km")
    assert "មិនអាចរំលងបាន" in run("readiness", planned, "--operation", "Sweep").out


def test_the_plan_is_left_as_it_is(run, planned, content):
    before = content(planned)
    run("readiness", planned, "--operation", "Sweep")
    assert content(planned) == before


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--operation", "Sweeep"], "Sweep"),
        (["--operation", "Sweep", "--zone", "Gamma"], "Alpha"),
        (["--operation", "Other", "--zone", "Alpha"], "not a zone of Other"),
    ],
)
def test_what_is_not_there_is_said_in_one_message(run, planned, options, words):
    run("operation", planned, "--name", "Other")
    told = run("readiness", planned, *options)
    assert (told.status, told.out) == (2, "")
    assert words in told.err
    assert "Traceback" not in told.err
