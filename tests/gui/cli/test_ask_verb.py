"""``ask``: rows by what is known of them and where they are."""

from __future__ import annotations

import csv
import json

import pytest

from geo.question.form import About, AtLeast, GradeAtLeast, Near, OneOf, Place, Question, Unseen
from geo.question.wire import to_json

INSIDE = Near(near=Place.UNIT, which="1801", metres=0.0)


@pytest.fixture
def asked(tmp_path):
    def write(*conditions, about=About.SITES):
        file = tmp_path / "question.json"
        file.write_text(to_json(Question(about=about, any_of=(conditions,))), "utf-8")
        return file

    return write


def test_sites_of_a_district_are_listed_with_what_cannot_be_judged(run, plan, asked):
    file = asked(INSIDE, Unseen(), AtLeast(field="capacity", value=5, negated=True))
    told = run("ask", plan, "--question", file, "--json").json
    assert (told["asked"], told["n"], told["unjudged"]) == (3, 0, 3)
    assert told["unjudged_by"] == [0, 0, 3]
    assert "not known is not no" in told["note"]
    said = run("ask", plan, "--question", asked(INSIDE, Unseen()))
    assert "Site B" in said.out
    assert "3 of 3 answer" in said.out
    assert "not inspected for 90 days" in said.out


def test_a_question_is_kept_and_asked_again_by_its_name(run, plan, asked):
    first = run("ask", plan, "--question", asked(INSIDE), "--save", "Coast", "--json").json
    again = run("ask", plan, "--live", "coast", "--json").json
    assert again["ids"] == first["ids"]
    assert len(again["ids"]) == 3
    last = run("info", plan, "--json").json["last_edits"][0]
    assert last["what"] == "Save the question Coast as a live layer"
    run("undo", plan)
    assert run("ask", plan, "--live", "Coast").status == 2


def test_the_rows_leave_at_a_grade_and_are_logged(run, plan, asked, tmp_path):
    out = tmp_path / "rows.csv"
    told = run("ask", plan, "--question", asked(INSIDE), "--out", out, "--json").json
    assert told["export"]["rows"] == 3
    rows = list(csv.reader(out.read_text("utf-8-sig").splitlines()))
    assert sum("Site " in " ".join(row) for row in rows) == 3
    assert any(r["what"] == "export" for r in run("audit", plan, "--json").json["rows"])


def test_why_rows_were_chosen_does_not_leave_either(run, plan, asked, tmp_path):
    out = tmp_path / "rows.csv"
    told = run("ask", plan, "--question", asked(GradeAtLeast()), "--out", out, "--grade",
               "restricted")  # fmt: skip
    assert told.status == 2
    assert "grade" in told.err
    assert not out.exists()
    public = run("ask", plan, "--question", asked(INSIDE), "--out", out, "--grade", "public")
    assert (public.status, out.exists()) == (2, False)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ([], "one question"),
        (["--live", "Nothing"], "Nothing"),
        (["--live", "A", "--question", "b.json"], "one question"),
        (["--question", "missing.json"], "missing.json"),
    ],
)
def test_what_cannot_be_asked_is_said_once(run, plan, options, words):
    told = run("ask", plan, *options)
    assert told.status == 2
    assert words in told.err


def test_a_form_that_is_not_understood_is_refused_by_the_name_of_what_is_not(run, plan, tmp_path):
    file = tmp_path / "q.json"
    file.write_text(json.dumps({"version": 1, "about": "sites", "any_of": [[{"field": "owner"}]]}))
    told = run("ask", plan, "--question", file)
    assert (told.status, "owner" in told.err) == (2, True)


def test_a_past_day_is_shown_and_not_written(run, plan, asked):
    file = asked(OneOf(field="legal_status", values=("unverified",)))
    past = run("ask", plan, "--question", file, "--as-of", "2020-01-01", "--json").json
    assert past["on"] == "2020-01-01"
    told = run("ask", plan, "--question", file, "--as-of", "2020-01-01", "--save", "X")
    assert told.status == 2
