"""Answering waiting rows, and reading a file as the last one was, by the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

SITES = """code,name,kind,lat,lon
N1,Inn One,hotel_guesthouse,10.62,103.52
N2,Inn Two,hotel_guesthouse,103.53,10.63
N3,Inn Three,palace,10.64,103.54
N4,Nowhere,hotel_guesthouse,0,0
"""


@pytest.fixture
def register(plan, run):
    Path("sites.csv").write_text(SITES, encoding="utf-8")
    told = run("import", plan, "sites.csv", "--as", "sites", "--json").json
    assert (told["imported"], told["rejected"], told["waiting"]) == (1, 1, 2)
    return "sites.csv"


def rows_of(found):
    """Without the audit chain: that the list was read is logged."""
    return {table: rows for table, rows in found.items() if table != "audit"}


def answered(run, plan, *answers):
    filled = run("answer", plan, "sites.csv", "--json").json
    for row, answer in zip(filled["rows"], answers, strict=True):
        row["answer"] = answer
    Path("a.json").write_text(json.dumps(filled), encoding="utf-8")
    return run("answer", plan, "sites.csv", "--answers", "a.json", "--json")


def test_the_open_questions_are_a_file_to_be_filled_in(run, plan, register, content):
    filled = run("answer", plan, register, "--json").json
    assert [r["row"] for r in filled["rows"]] == [3, 4]
    assert filled["rows"][0]["can_accept"]
    assert {"values": {"kind": "casino"}, "means": "Casino"} in filled["rows"][1]["choices"]
    told = answered(run, plan, {"accept": True}, {"values": {"kind": "casino"}}).json
    assert (told["answered"], told["waiting"]) == (2, 0)
    assert told["rows"] == told["imported"] + told["rejected"] + told["waiting"] == 4
    assert len(content(plan)["site"]) == 6
    assert run("undo", plan).status == 0
    assert len(content(plan)["site"]) == 4


def test_rows_without_an_answer_go_on_waiting(run, plan, register):
    told = answered(run, plan, None, {"skip": True}).json
    assert (told["skipped"], told["waiting"], told["rejected"]) == (1, 1, 2)
    before = [r["what"] for r in run("audit", plan, "--json").json["rows"]]
    assert "1 rows of sites.csv wait" in run("answer", plan).out
    after = [r["what"] for r in run("audit", plan, "--json").json["rows"]]
    assert after == [*before, "export"]


def test_an_answer_that_settles_nothing_is_told_and_changes_nothing(run, plan, register, content):
    before = rows_of(content(plan))
    told = answered(run, plan, None, {"values": {"kind": "castle"}})
    assert told.status == 1
    assert json.loads(told.out)["still_waiting"][0]["row"] == 4
    assert rows_of(content(plan)) == before


@pytest.mark.parametrize(
    "text",
    [
        "no json",
        '{"rows": [{"row": 3, "answer": {"delete": true}}]}',
        '{"rows": [{"row": 77, "answer": {"skip": true}}]}',
        '{"rows": [{"row": 3, "answer": {"values": {"legal_status": "illegal"}}}]}',
        "[1]",
    ],
)
def test_a_file_of_answers_that_makes_no_sense_is_refused(run, plan, register, text):
    Path("a.json").write_text(text, encoding="utf-8")
    told = run("answer", plan, register, "--answers", "a.json")
    assert told.status == 2
    assert len(told.err.strip().splitlines()) == 1


def test_an_import_that_there_is_not_is_refused(run, plan):
    assert run("answer", plan, "other.csv").status == 2


def test_rows_can_be_corrected_while_they_are_imported(run, plan):
    Path("sites.csv").write_text(SITES, encoding="utf-8")
    answers = [
        {"row": 3, "answer": {"accept": True}},
        {"row": 5, "answer": {"values": {"lat": "10.65", "lon": "103.55"}}},
    ]
    Path("a.json").write_text(json.dumps({"rows": answers}), encoding="utf-8")
    told = run("import", plan, "sites.csv", "--as", "sites", "--answers", "a.json", "--json").json
    assert (told["imported"], told["rejected"], told["waiting"]) == (3, 0, 1)
    assert {r["row"] for r in told["repairs"]} >= {3, 5}


def test_next_month_is_read_as_this_month_was(run, plan):
    Path("feb.csv").write_text("a,b,c,d\nN1,10.62,103.52,palace\n", encoding="utf-8")
    mapping = {
        "target": "site",
        "columns": {"name": "a", "lat": "b", "lon": "c", "kind": "d"},
        "words": {"kind": {"palace": "casino"}},
    }
    Path("m.json").write_text(json.dumps(mapping), encoding="utf-8")
    told = run(
        *("import", plan, "feb.csv", "--as", "sites", "--mapping", "m.json", "--json"),
        *("--save-mapping", "saved.json"),
    ).json
    assert told["imported"] == 1
    assert json.loads(Path("saved.json").read_text("utf-8"))["words"] == mapping["words"]
    Path("mar.csv").write_text("A, b,c,d\nN2,10.63,103.53,palace\n", encoding="utf-8")
    again = run("import", plan, "mar.csv", "--as", "sites", "--json")
    assert again.json["imported"] == 1
    assert "Read as feb.csv was" in again.err
    assert run("import", plan, "mar.csv", "--as", "sites", "--afresh").status == 2


def test_a_header_that_a_person_corrected_is_remembered(run, plan):
    lines = "code,name,lat,lon\nx1,x2,x3,x4\nsite no,name of site,n,e\nN{n},Inn,10.6{n},103.5{n}\n"
    Path("feb.csv").write_text(lines.replace("{n}", "1"), encoding="utf-8")
    mapping = {
        "target": "site",
        "columns": {"code": "site no", "name": "name of site", "lat": "n", "lon": "e"},
    }
    Path("m.json").write_text(json.dumps(mapping), encoding="utf-8")
    told = run(
        *("import", plan, "feb.csv", "--as", "sites", "--header-row", "3"),
        *("--mapping", "m.json", "--json"),
    ).json
    assert (told["rows"], told["imported"]) == (1, 1)
    Path("mar.csv").write_text(lines.replace("{n}", "2"), encoding="utf-8")
    told = run("import", plan, "mar.csv", "--as", "sites", "--json").json
    assert (told["rows"], told["imported"]) == (1, 1)
    assert run("import", plan, "mar.csv", "--as", "sites", "--header-row", "x").status == 2


def test_the_order_of_dates_and_the_system_of_coordinates_can_be_said(run, plan):
    Path("s.csv").write_text(
        "code,name,easting,northing,visited_on\nN1,Inn,338000,1174000,02/03/2022\n",
        encoding="utf-8",
    )
    told = run(
        *("import", plan, "s.csv", "--as", "sites", "--crs", "EPSG:32648"),
        *("--dates", "mdy", "--json"),
    ).json
    assert told["imported"] == 1
    assert run("import", plan, "s.csv", "--as", "sites", "--dates", "myd").status == 2
