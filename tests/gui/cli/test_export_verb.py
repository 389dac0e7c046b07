"""Exporting a table: what it gives, and what it refuses without writing or logging."""

from __future__ import annotations

import hashlib

import pytest


def names(plan):
    return {p.name for p in plan.parent.iterdir() if p.name != ".ucm-backup"}


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".geojson"])
def test_a_table_is_written_and_its_digest_told_and_logged(run, plan, tmp_path, ending):
    out = tmp_path / f"sites{ending}"
    told = run("export", plan, "--layer", "sites", "--out", out, "--json").json
    assert set(told) == {"path", "grade", "rows", "withheld", "sha256"}
    assert (told["path"], told["grade"], told["rows"]) == (str(out), "command", 3)
    assert told["sha256"] == hashlib.sha256(out.read_bytes()).hexdigest()
    last = run("audit", plan, "--json").json["rows"][-1]
    assert last["what"] == "export"
    assert run("check", plan).status == 0


def test_partners_get_what_was_decided_and_the_rest_is_counted(run, plan, tmp_path):
    out = tmp_path / "sites.csv"
    asked = ("--layer", "sites", "--out", out, "--grade", "restricted", "--json")
    told = run("export", plan, *asked).json
    assert (told["rows"], told["withheld"]) == (0, {"undecided": 3})


@pytest.mark.parametrize(
    "asked",
    [
        ["sites", "--out", "sites.kml"],
        ["sites", "--out", "sites"],
        ["teams", "--out", "teams.geojson"],
        ["sites", "--out", "nowhere/sites.csv"],
        ["sites", "--out", "sites.csv", "--grade", "public"],
        ["allegations", "--out", "a.csv", "--grade", "restricted"],
        ["sites", "--out", "sites.csv", "--lang", "fr"],
        ["users", "--out", "users.csv"],
    ],
)
def test_what_cannot_be_exported_is_refused_and_nothing_is_left(run, plan, asked):
    before = names(plan)
    logged = len(run("audit", plan, "--json").json["rows"])
    outcome = run("export", plan, "--layer", *asked)
    assert outcome.status == 2
    assert outcome.err.strip()
    assert "Traceback" not in outcome.err
    assert names(plan) == before
    assert len(run("audit", plan, "--json").json["rows"]) == logged
