"""The form of an assignment: made, filled as a telephone would, exported, and read back."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from openpyxl import Workbook, load_workbook

from geo.clock import CAMBODIA_TIME
from geo.edit.sites import add_site, edit_site
from geo.formats.reader import FileReader
from geo.formats.xlsform import LANGUAGE_NAMES, FormSite, InspectionForm, xlsform_bytes
from geo.loading import likely_target, load, open_file
from geo.model.command import Assignment
from geo.model.entity import Kind, LonLat
from geo.model.result import Inspection
from geo.model.site import IndicatorCheck, Site
from geo.model.vocabulary import Answer, Indicator, Precision, Violation
from layers.export.field_form import field_form, telephone_form
from tests.geo.edit.conftest import plan  # noqa: F401 - a fixture
from tests.geo.edit.day_plan import on_the_day

AT = datetime(2022, 9, 17, 6, 30, tzinfo=CAMBODIA_TIME)
ANSWERED = {Indicator.DECEPTION: Answer.YES, Indicator.ISOLATION: Answer.NO}


@pytest.fixture(scope="module")
def reader():
    with FileReader() as warm:
        yield warm


@pytest.fixture
def day(plan):  # noqa: F811 - the fixture
    on_the_day(plan)
    for n, code in enumerate("AB"):
        point = LonLat(103.51 + n / 100, 10.61)
        plan.commit(
            edit_site(plan, replace(plan.site(code), point=point, precision=Precision.POINT))
        )
    here = {"point": LonLat(103.52, 10.63), "precision": Precision.POINT}
    plan.commit(add_site(Site(code="00855", name_en="=Lotus", name_km="ឈូក", **here)))
    plan.commit(add_site(Site(code="two words", name_en="No word", **here)))
    return plan


def sheets_of(data):
    book = load_workbook(io.BytesIO(data))
    found = {}
    for sheet in book.worksheets:
        head, *rows = [[c.value for c in row] for row in sheet.iter_rows()]
        found[sheet.title] = [
            {k: v for k, v in zip(head, row, strict=True) if v is not None} for row in rows
        ]
    return found


def form_of(project, language="en"):
    return sheets_of(xlsform_bytes(telephone_form(field_form(project, "duty", language))))


def test_the_workbook_has_the_sheets_of_an_xlsform_in_both_languages(day):
    form = form_of(day, "km")
    assert set(form) == {"survey", "choices", "settings"}
    (settings,) = form["settings"]
    assert settings["default_language"] == LANGUAGE_NAMES["km"]
    assert re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", settings["form_id"])
    hidden = {"start", "end", "calculate", "end_group"}
    for row in (*form["survey"], *form["choices"]):
        if row.get("type") not in hidden:
            assert {f"label::{name}" for name in LANGUAGE_NAMES.values()} <= set(row)


def test_every_question_has_a_name_of_its_own_and_every_list_its_choices(day):
    form = form_of(day)
    names = [row["name"] for row in form["survey"] if "name" in row]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z_]+", name) for name in names)
    lists = {row["list_name"] for row in form["choices"]}
    asked = {r["type"].split()[1] for r in form["survey"] if r["type"].startswith("select_")}
    assert asked == lists
    opened = [r["type"] for r in form["survey"] if r["type"] in {"begin_group", "end_group"}]
    assert opened == ["begin_group", "end_group"]
    for row in form["choices"]:
        assert " " not in row["name"]
    for row in form["survey"]:
        for asked_for in re.findall(r"\$\{(\w+)\}", row.get("constraint", "")):
            assert asked_for in names


def test_the_choices_are_the_sites_of_the_zone_by_code_and_the_closed_lists(day):
    choices = {}
    for row in form_of(day)["choices"]:
        choices.setdefault(row["list_name"], []).append(row["name"])
    no_word = next(s for s in day.all(Site) if s.code == "two words")
    assert sorted(choices["site"]) == sorted(["00855", "A", "B", no_word.id])
    assert choices["violation"] == [v.value for v in Violation]
    assert choices["answer"] == [a.value for a in Answer]
    survey = [row.get("name") for row in form_of(day)["survey"]]
    assert {i.value for i in Indicator} <= set(survey)


def test_neither_the_telephone_nor_who_holds_it_is_asked_for(day):
    kinds = {row["type"].split()[0] for row in form_of(day)["survey"]}
    known = {"start", "end", "calculate", "note", "select_one", "select_multiple", "dateTime"}
    assert kinds <= known | {"integer", "text", "begin_group", "end_group"}


def test_no_cell_is_a_formula(day):
    data = xlsform_bytes(telephone_form(field_form(day, "duty", "en")))
    for sheet in load_workbook(io.BytesIO(data)).worksheets:
        assert {c.data_type for row in sheet.iter_rows() for c in row} <= {"s", "n"}


# How KoboToolbox may write a multiple choice: in one column, in one for each choice, in both.
EXPORTS = ("single", "separate", "both")


def exported(form, answers, path, how="both"):
    """Write what KoboToolbox exports of filled forms: groups before names, its own columns last."""
    choices = {}
    for row in form["choices"]:
        choices.setdefault(row["list_name"], []).append(row["name"])
    heads, group = [], ""
    for row in form["survey"]:
        kind, _, listed = row["type"].partition(" ")
        if kind == "begin_group":
            group = f"{row['name']}/"
        elif kind == "end_group":
            group = ""
        elif kind != "note":
            name = f"{group}{row['name']}"
            if kind != "select_multiple" or how != "separate":
                heads.append((name, row["name"], ""))
            if kind == "select_multiple" and how != "single":
                heads += [(f"{name}/{choice}", row["name"], choice) for choice in choices[listed]]
    book = Workbook()
    sheet = book.worksheets[0]
    own = ("_id", "_uuid", "_submission_time", "_validation_status", "_index")
    sheet.append([*(head for head, _, _ in heads), *own])
    for number, filled in enumerate(answers, 1):
        cells = []
        for _, name, choice in heads:
            value = filled.get(name)
            cells.append((1 if choice in (value or "").split() else 0) if choice else value)
        moment = "2022-09-17T09:00:00"
        sheet.append([*cells, 4000 + number, f"uuid-{number}", moment, None, number])
    book.save(path)
    return path


def filled(form, code, **more):
    assignment = next(r for r in form["survey"] if r["type"] == "calculate")
    return {
        "start": (AT + timedelta(minutes=50)).isoformat(timespec="milliseconds"),
        "end": (AT + timedelta(minutes=70)).isoformat(timespec="milliseconds"),
        "assignment": assignment["calculation"].strip("'"),
        "site_code": code,
        "inspected_at": AT.isoformat(timespec="milliseconds"),
        **more,
    }


@pytest.mark.parametrize("how", EXPORTS)
def test_a_filled_form_comes_back_exactly(day, reader, tmp_path, how):
    form = form_of(day)
    first = filled(
        form,
        "00855",
        people_min=3,
        people_max=12,
        violations="detained_and_forced_to_work forced_overtime",
        findings="Doors locked from outside, call 012 345 678",
        evidence="Bag 7, seal 22",
        **{i.value: a.value for i, a in ANSWERED.items()},
    )
    second = filled(form, "B")
    path = exported(form, [first, second], tmp_path / "kobo.xlsx", how)
    loaded = load(day, reader, path, Kind.INSPECTION)
    assert (loaded.checked.rows, loaded.checked.imported) == (2, 2)
    day.commit(loaded.edit(day))
    visits = {day.get(Site, i.site_id).code: i for i in day.all(Inspection)}
    visit = visits["00855"]
    assert visit.inspected_at == AT
    assert visit.assignment_id == day.get(Assignment, "duty").id
    assert visit.violations == ("detained_and_forced_to_work", "forced_overtime")
    assert (visit.people_min, visit.people_max) == (3, 12)
    assert (visit.reference, visit.evidence) == ("uuid-1", "Bag 7, seal 22")
    assert visit.findings.startswith("Doors locked from outside")
    assert "345" not in visit.findings
    seen = {c.indicator: c.answer for c in day.all(IndicatorCheck) if c.inspection_id == visit.id}
    assert seen == ANSWERED
    bare = visits["B"]
    assert (bare.violations, bare.people_min, bare.people_max) == ((), None, None)
    assert len(day.all(IndicatorCheck)) == len(ANSWERED)


def test_a_site_without_a_code_of_one_word_comes_back_too(day, reader, tmp_path):
    form = form_of(day)
    site = next(s for s in day.all(Site) if s.code == "two words")
    path = exported(form, [filled(form, site.id)], tmp_path / "kobo.xlsx")
    day.commit(load(day, reader, path, Kind.INSPECTION).edit(day))
    assert [i.site_id for i in day.all(Inspection)] == [site.id]


def test_the_same_forms_do_not_come_in_twice(day, reader, tmp_path):
    form = form_of(day)
    path = exported(form, [filled(form, "A")], tmp_path / "kobo.xlsx")
    day.commit(load(day, reader, path, Kind.INSPECTION).edit(day))
    again = load(day, reader, path, Kind.INSPECTION).checked
    assert (again.imported, len(again.waiting)) == (0, 1)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"assignment": "another"}, "assignment"),
        ({"site_code": "nowhere"}, "site_code"),
        ({"people_min": 9, "people_max": 3}, "people_min"),
        ({"violations": "forced_overtime murder"}, "violations"),
    ],
)
def test_what_does_not_fit_the_plan_waits_for_a_person(day, reader, tmp_path, more, field):
    form = form_of(day)
    path = exported(form, [filled(form, "A") | more], tmp_path / "kobo.xlsx", "single")
    checked = load(day, reader, path, Kind.INSPECTION).checked
    assert [p.field for p in checked.waiting] == [field]


def test_the_file_is_known_for_forms(day, reader, tmp_path):
    form = form_of(day)
    path = exported(form, [filled(form, "A")], tmp_path / "kobo.xlsx")
    assert likely_target(open_file(reader, path).raw) is Kind.INSPECTION


def test_a_name_of_a_site_may_begin_with_an_equals_sign():
    site = FormSite(key="X", name={"en": "=1+1", "km": "=1+1"})
    form = InspectionForm(assignment_id="a", title="T", language="en", sites=(site,), version="1")
    choice = sheets_of(xlsform_bytes(form))["choices"][0]
    assert choice["label::English (en)"] == "=1+1"


def test_a_name_of_a_site_is_no_answer_of_the_form():
    site = FormSite(key="X", name={"en": "Bar ${x}", "km": "Bar ${x}"})
    form = InspectionForm(assignment_id="a", title="T", language="en", sites=(site,), version="1")
    choice = sheets_of(xlsform_bytes(form))["choices"][0]
    assert "${" not in choice["label::English (en)"]
