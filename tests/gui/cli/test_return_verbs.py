"""A province signs its month, a ministry sets provinces side by side."""

from __future__ import annotations

import csv
import json
from datetime import date
from zipfile import ZipFile

import pytest

from geo.clock import today
from geo.edit.allegations import add_allegation
from geo.model.allegation import Allegation
from geo.model.entity import Kind
from geo.model.vocabulary import AllegationKind, Precision
from geo.return_document import to_bytes
from gui.cli.opening import opened
from tests.geo.returning import key_of, told


@pytest.fixture
def reported(plan):
    """A plan with two allegations of September 2022, of which only the district is known."""
    with opened(plan, acts=True) as project:
        for day in (3, 20):
            one = Allegation(
                received_on=date(2022, 9, day),
                admin_code="1801",
                precision=Precision.DISTRICT,
                kinds=(AllegationKind.FORCED_LABOUR,),
            )
            project.commit(add_allegation(project, one))
    return plan


@pytest.fixture
def came_in(tmp_path):
    """Write returns as they come in from provinces."""

    def write(*returns):
        files = []
        for n, one in enumerate(returns):
            file = tmp_path / f"{n}-{one.province_code}.json"
            file.write_bytes(to_bytes(one))
            files.append(file)
        return files

    return write


def test_a_month_is_signed_logged_and_the_same_again_the_second_time(run, reported, tmp_path):
    out = tmp_path / "september.json"
    first = run("return", reported, "--month", "2022-09", "--out", out, "--json").json
    assert (first["edition"], first["again"], first["grade"]) == (1, False, "restricted")
    assert first["counts"]["reported"] == 2
    assert first["counts"]["inspected"] is None
    assert "reported" in first["small"]
    data = out.read_bytes()
    again = run("return", reported, "--month", "2022-09", "--out", out, "--json").json
    assert again["again"] is True
    assert out.read_bytes() == data
    with opened(reported) as project:
        logged = [a for a in project.store.audit() if a.what == "export"]
        assert [a.details["grade"] for a in logged] == ["restricted"] * 2
        assert all(a.signature for a in logged)
        assert not project.store.check()


def test_it_says_what_it_wrote_and_that_small_counts_lead_to_people(run, reported, tmp_path):
    out = tmp_path / "september.json"
    said = run("return", reported, "--month", "2022-09", "--out", out)
    assert said.status == 0, said.err
    assert "not reported" in said.out
    assert "grade restricted" in said.out
    assert "not for the public" in said.out


def test_a_month_of_which_the_plan_knows_nothing_says_so(run, reported, tmp_path):
    said = run("return", reported, "--month", "2019-01", "--out", tmp_path / "r.json")
    assert said.status == 0, said.err
    assert "No column is reported" in said.out
    assert json.loads((tmp_path / "r.json").read_text())["counts"]["reported"] is None


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--month", "2022-13", "--out", "r.json"), "is no month"),
        (("--month", f"{today():%Y-%m}", "--out", "r.json"), "is not over"),
        (("--month", "2022-09", "--out", "r.txt"), ".json"),
        (("--month", "2022-09", "--out", "r.json", "--not-reported", "x"), "no column x"),
        (("--month", "2022-09", "--out", "no/folder/r.json"), "r.json"),
    ],
)
def test_what_cannot_be_signed_is_said(run, reported, options, words):
    told_off = run("return", reported, *options)
    assert (told_off.status, told_off.out) == (2, "")
    assert words in told_off.err


def test_provinces_stand_side_by_side_with_no_return_shown(run, came_in):
    made = run("combine", *came_in(told("18"), told("01", rescued=3)), "--json").json
    (month,) = made["months"]
    assert month["month"] == "2022-09"
    assert len(month["provinces"]) == 25
    by_code = {p["code"]: p for p in month["provinces"]}
    assert by_code["18"]["reported"] == 12
    assert by_code["18"]["rescued"] is None
    assert (by_code["02"]["state"], by_code["02"]["reported"]) == ("no_return", None)
    assert len(month["no_return"]) == 23
    assert month["total"]["reported"] == {"sum": 24, "provinces": 2}
    assert month["total"]["cases"] is None


def test_the_table_for_people_has_no_zero_for_what_is_not_known(run, came_in):
    said = run("combine", *came_in(told("18")))
    lines = {line.split()[0]: line for line in said.out.splitlines() if line.strip()}
    assert lines["Takeo"].count("–") == 8
    assert "no return" in lines["Takeo"]
    assert "0" not in lines["Takeo"]
    assert "1 of 25 provinces" in said.out
    assert "it is no number" in said.out


def test_an_altered_file_is_refused_and_the_verb_ends_with_1(run, came_in):
    (file,) = came_in(told("18"))
    file.write_bytes(file.read_bytes().replace(b'"reported": 12', b'"reported": 2'))
    made = run("combine", file, "--json")
    assert made.status == 1
    found = json.loads(made.out)
    assert [r["what"] for r in found["remarks"]] == ["altered"]
    assert found["months"] == []
    assert "altered after it was signed" in run("combine", file).out


def test_a_list_of_keys_decides_who_may_sign(run, came_in, tmp_path):
    keys = tmp_path / "keys.json"
    keys.write_text(json.dumps({"18": [key_of("18").public_key], "01": ["00" * 32]}))
    made = run("combine", *came_in(told("18"), told("01")), "--keys", keys, "--json")
    assert made.status == 1
    remarks = json.loads(made.out)["remarks"]
    assert [(r["what"], r["province"]) for r in remarks] == [("unknown_key", "01")]
    keys.write_text("[1]")
    assert run("combine", *came_in(told("18")), "--keys", keys).status == 2


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_the_table_is_written_with_no_return_in_words(run, came_in, tmp_path, suffix):
    out = tmp_path / f"provinces{suffix}"
    made = run("combine", *came_in(told("18")), "--out", out, "--json").json
    assert (made["grade"], made["path"]) == ("restricted", str(out))
    if suffix == ".xlsx":
        with ZipFile(out) as book:
            text = book.read("xl/worksheets/sheet1.xml").decode()
        assert "no return" in text
        return
    rows = list(csv.reader(out.read_text(encoding="utf-8-sig").splitlines()))
    by_code = {row[1]: row for row in rows if len(row) > 5}
    assert by_code["18"][3:6] == ["12", "9", "3"]
    assert by_code["18"][6] == "not reported"
    assert set(by_code["02"][3:11]) == {"no return"}


def test_the_public_gets_no_table_of_returns(run, came_in, tmp_path):
    out = tmp_path / "provinces.csv"
    refused = run("combine", *came_in(told("18")), "--out", out, "--grade", "public")
    assert refused.status == 2
    assert "never public" in refused.err
    assert not out.exists()


def test_a_plan_takes_returns_in_once_and_its_scoreboard_has_them(run, plan, came_in, tmp_path):
    files = came_in(told("18"), told("01", edition=2, reported=30), told("01"))
    table = tmp_path / "t.csv"
    made = run("combine", *files, "--into", plan, "--out", table, "--json").json
    assert made["taken_in"] == 3
    assert run("combine", *files, "--into", plan, "--json").json["taken_in"] == 0
    with opened(plan) as project:
        assert len(project.table(Kind.RETURN)) == 3
        assert [a.what for a in project.store.audit()].count("export") == 1
    board = run("scoreboard", plan, "--by", "province", "--until", "2022-09-30", "--json").json
    by_code = {u["code"]: u for u in board["units"]}
    assert (board["from"], len(board["units"])) == ("returns", 25)
    assert (by_code["01"]["reported"], by_code["01"]["returns"]) == (30, ["2022-09"])
    assert by_code["02"]["reported"] is None
    assert len(board["no_return"]) == 23


def test_a_file_that_is_not_there_is_said(run, tmp_path):
    assert run("combine", tmp_path / "nothing.json").status == 2
