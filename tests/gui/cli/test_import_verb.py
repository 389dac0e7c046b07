"""Import: every row is accounted for, and a file that cannot be used changes nothing."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import openpyxl
import pytest

from gui.cli.opening import opened

SITES = """code,name,kind,lat,lon
N1,Inn One,hotel_guesthouse,10.62,103.52
N2,Inn Two,hotel_guesthouse,10.63,103.53
N3,Nowhere,hotel_guesthouse,0,0
N4,Abroad,hotel_guesthouse,13.7563,100.5018
"""
KEYS = {"rows", "imported", "rejected", "waiting", "rejects", "repairs", "questions"}


@pytest.fixture
def register(plan):
    """A register beside the plan, named as one names a file in the folder one stands in."""
    Path("sites.csv").write_text(SITES, encoding="utf-8")
    return "sites.csv"


def test_every_row_is_accounted_for(run, plan, register, content):
    told = run("import", "plan.gpkg", register, "--as", "sites", "--json").json
    assert set(told) == KEYS
    assert told["rows"] == 4 == told["imported"] + told["rejected"] + told["waiting"]
    assert (told["imported"], told["rejected"]) == (2, 2)
    # The sheet is told besides what was agreed: in a workbook a row number alone is ambiguous.
    assert [set(r) - {"sheet"} for r in told["rejects"]] == [
        {"row", "field", "value", "reason"}
    ] * 2
    assert [r["row"] for r in told["rejects"]] == [4, 5]
    assert all(r["reason"].endswith(".") for r in told["rejects"])
    assert len(content(plan)["site"]) == 5
    assert run("info", plan, "--json").json["counts"]["site"] == 5
    assert run("undo", plan).status == 0
    assert len(content(plan)["site"]) == 3
    assert content(plan)["import_batch"] == []


def test_rejects_are_written_with_row_field_value_and_reason(run, plan, register):
    assert run("import", plan, register, "--as", "sites", "--rejects", "r.xlsx").status == 0
    cells = [
        str(c.value)
        for row in openpyxl.load_workbook("r.xlsx").active.iter_rows()
        for c in row
        if c.value is not None
    ]
    assert any("13.7563" in c for c in cells)
    assert any("outside Cambodia" in c for c in cells)


def test_people_read_the_sum_and_the_rejects(run, plan, register):
    told = run("import", plan, register, "--as", "sites")
    assert told.status == 0
    assert "sites.csv" in told.out
    assert "outside Cambodia" in told.out


def test_a_mapping_says_which_column_is_which_field(run, plan):
    Path("odd.csv").write_text("a,b,c\nN1,10.62,103.52\n", encoding="utf-8")
    refused = run("import", plan, "odd.csv", "--as", "sites")
    assert refused.status == 2
    mapping = {
        "target": "site",
        "columns": {"name": "a", "lat": "b", "lon": "c"},
        "constants": {"kind": "casino"},
    }
    Path("m.json").write_text(json.dumps(mapping), encoding="utf-8")
    told = run("import", plan, "odd.csv", "--as", "sites", "--mapping", "m.json", "--json").json
    assert (told["rows"], told["imported"]) == (1, 1)


def no_usable_column():
    Path("f.csv").write_text("foo,bar\n1,2\n", encoding="utf-8")
    return ["f.csv"]


def no_row():
    Path("f.csv").write_text("code,name,lat,lon\n", encoding="utf-8")
    return ["f.csv"]


def empty():
    Path("f.csv").write_bytes(b"")
    return ["f.csv"]


def not_what_its_ending_says():
    Path("f.xlsx").write_bytes(b"\x00\x01\x02 no workbook")
    return ["f.xlsx"]


def unknown_ending():
    Path("f.doc").write_bytes(b"words")
    return ["f.doc"]


def missing():
    return ["missing.csv"]


def folder():
    Path("f.csv").mkdir()
    return ["f.csv"]


def mapping_that_is_none():
    Path("f.csv").write_text(SITES, encoding="utf-8")
    Path("m.json").write_text("{", encoding="utf-8")
    return ["f.csv", "--mapping", "m.json"]


def mapping_that_is_missing():
    Path("f.csv").write_text(SITES, encoding="utf-8")
    return ["f.csv", "--mapping", "missing.json"]


def mapping_of_another_kind():
    Path("f.csv").write_text(SITES, encoding="utf-8")
    Path("m.json").write_text(json.dumps({"target": "team", "columns": {"name": "name"}}))
    return ["f.csv", "--mapping", "m.json"]


def mapping_of_another_file():
    Path("f.csv").write_text(SITES, encoding="utf-8")
    Path("m.json").write_text(json.dumps({"target": "site", "columns": {"name": "nom"}}))
    return ["f.csv", "--mapping", "m.json"]


def rejects_that_cannot_be_written():
    Path("f.csv").write_text(SITES, encoding="utf-8")
    return ["f.csv", "--rejects", "nowhere/r.xlsx"]


def unknown_operation():
    Path("f.csv").write_text(SITES, encoding="utf-8")
    return ["f.csv", "--operation", "X"]


@pytest.mark.parametrize(
    "prepare",
    [
        no_usable_column,
        no_row,
        empty,
        not_what_its_ending_says,
        unknown_ending,
        missing,
        folder,
        mapping_that_is_none,
        mapping_that_is_missing,
        mapping_of_another_kind,
        mapping_of_another_file,
        rejects_that_cannot_be_written,
        unknown_operation,
    ],
    ids=lambda f: f.__name__,
)
def test_a_file_that_cannot_be_used_is_one_message_and_changes_nothing(run, plan, content, prepare):
    arguments = prepare()
    before = content(plan)
    told = run("import", plan, *arguments, "--as", "sites")
    assert (told.status, told.out) == (2, "")
    assert told.err.count("\n") == 1, told.err
    assert "Traceback" not in told.err
    assert content(plan) == before


def test_rejects_are_never_written_over_the_register_they_come_from(run, plan, content):
    book = openpyxl.Workbook()
    for row in ("code,lat,lon", "N1,10.62,103.52", "N2,0,0"):
        book.worksheets[0].append(row.split(","))
    book.save("sites.xlsx")
    before, rows = Path("sites.xlsx").read_bytes(), content(plan)
    told = run("import", plan, "sites.xlsx", "--as", "sites", "--rejects", "sites.xlsx")
    assert (told.status, told.out) == (2, "")
    assert "Choose another name" in told.err
    assert Path("sites.xlsx").read_bytes() == before
    assert content(plan) == rows


def test_a_mapping_that_leaves_is_logged_since_it_holds_words_of_the_register(run, plan, register):
    run("import", plan, register, "--as", "sites", "--save-mapping", "m.json")
    with opened(plan) as project:
        (details,) = [e.details for e in project.store.audit() if e.what == "export"]
    assert details["kind"] == "mapping"
    assert details["grade"] == "command"
    assert details["sha256"] == hashlib.sha256(Path("m.json").read_bytes()).hexdigest()


@pytest.mark.parametrize("name", ["plan.gpkg", "missing/m.json"])
def test_a_mapping_that_cannot_be_written_leaves_plan_and_log_as_they_were(
    run, plan, register, content, name
):
    before = content(plan)
    told = run("import", plan, register, "--as", "sites", "--save-mapping", name)
    assert (told.status, told.out) == (2, "")
    assert content(plan) == before


def test_rejects_that_leave_are_logged(run, plan, register):
    run("import", plan, register, "--as", "sites", "--rejects", "rejects.xlsx")
    assert "export" in [row["what"] for row in run("audit", plan, "--json").json["rows"]]
