"""The papers of the day by command: the field form and the assignment sheet."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from geo.edit.sites import edit_site
from geo.model.entity import Kind
from geo.model.site import Site
from geo.model.vocabulary import Precision
from gui.cli.opening import opened

pytestmark = pytest.mark.usefixtures("qapp")


SHEET = ("report", "--kind", "assignment", "--out", "f.pdf")


@pytest.fixture
def day(run, plan, square):
    """The plan with an operation, a zone around its sites, and a team for two periods."""
    with opened(plan, acts=True) as project:
        for site in project.all(Site):
            exact = replace(site, precision=Precision.POINT)
            project.commit(edit_site(project, exact))
    times = ("Early=2022-09-17T05:00/2022-09-17T11:00", "Late=2022-09-17T11:00/2022-09-17T18:00")
    run("operation", plan, "--name", "Raid", "--period", times[0], "--period", times[1], "--json")
    run("zone", plan, "--name", "North", "--geometry", square, "--operation", "Raid", "--json")
    run("team", plan, "--name", "Gold", "--lead", "Deputy", "--json")
    for period in ("Early", "Late"):
        told = run("assign", plan, "--zone", "North", "--team", "Gold", "--period", period)
        assert told.status == 0, told.err
    return plan


def copies(plan):
    with opened(plan) as project:
        return [row for row in project.store.audit() if row.what in {"print", "export"}]


def test_the_sheet_of_a_team_and_period_is_written_numbered_and_logged(run, day, tmp_path):
    asked = ("report", day, "--kind", "assignment", "--team", "Gold", "--period", "Early")
    for n in (1, 2):
        out = tmp_path / f"sheet{n}.pdf"
        told = run(*asked, "--out", out, "--json").json
        assert set(told) == {"path", "grade", "pages", "withheld", "sha256"}
        assert out.read_bytes().startswith(b"%PDF-")
        row = copies(day)[-1]
        assert (row.what, row.details["report"]) == ("print", "assignment")
        assert row.details["sha256"] == told["sha256"]
        assert row.details["sha256"] == hashlib.sha256(out.read_bytes()).hexdigest()
    assert len(copies(day)) == 2
    assert run("check", day).status == 0


def test_a_form_for_paper_and_one_for_a_telephone(run, day, tmp_path):
    asked = ("form", day, "--zone", "North", "--period", "Late")
    paper = run(*asked, "--out", tmp_path / "form.pdf", "--lang", "km", "--json").json
    assert paper["pages"] == 3
    told = run(*asked, "--out", tmp_path / "form.xlsx", "--json").json
    assert told["pages"] == 1
    book = load_workbook(tmp_path / "form.xlsx")
    assert book.sheetnames == ["survey", "choices", "settings"]
    assert [row.what for row in copies(day)] == ["print", "export"]


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (("form", "--out", "f.pdf"), "Several assignments fit"),
        (("form", "--out", "f.docx", "--zone", "North"), "not .docx"),
        (("form", "--out", "f.pdf", "--assignment", "gone"), "There is no assignment gone"),
        (("form", "--out", "f.pdf", "--team", "Blue"), "Blue"),
        (
            ("form", "--out", "f.pdf", "--period", "Early", "--grade", "restricted"),
            "for the command alone",
        ),
        (SHEET, "Several assignments fit"),
        (("report", "--kind", "assignment", "--out", "f.html"), ".pdf"),
        (
            (*SHEET, "--period", "Late", "--grade", "public"),
            "for the command alone",
        ),
        (
            (*SHEET, "--period", "Late", "--as-of", "2022-09-17"),
            "--as-of",
        ),
    ],
)
def test_what_is_not_clear_or_not_allowed_leaves_no_file_and_no_trace(run, day, asked, says):
    verb, *rest = asked
    told = run(verb, day, *rest)
    assert told.status == 2
    assert says in told.err
    assert "Traceback" not in told.err
    assert copies(day) == []
    assert not list(day.parent.glob("f.*"))


def test_a_filled_form_comes_back_by_command(run, day, tmp_path):
    out = tmp_path / "form.xlsx"
    run("form", day, "--out", out, "--period", "Late", "--json").json  # noqa: B018 - its status
    book = load_workbook(out)
    heads = ["site_code", "inspected_at", "people_min", "people_max", "deception", "violations"]
    survey = [row[1].value for row in book["survey"].iter_rows()]
    assert set(heads) <= set(survey)
    for name in ("survey", "choices", "settings"):
        del book[name]
    sheet = book.create_sheet("forms")
    sheet.append([*heads, "_uuid", "_submission_time"])
    sheet.append(["B", "2022-09-17T06:00:00.000+07:00", 2, 4, "yes", "forced_overtime other", "u1"])
    back = tmp_path / "back.xlsx"
    book.save(back)
    told = run("import", day, back, "--as", "inspections", "--json").json
    assert (told["rows"], told["imported"]) == (1, 1)
    with opened(day) as project:
        (row,) = (project.table(Kind.INSPECTION).row(i) for i in project.table(Kind.INSPECTION).ids)
    assert row["violations"] == '["forced_overtime", "other"]'
    assert (row["people_min"], row["people_max"]) == (2, 4)
