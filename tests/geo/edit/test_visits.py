"""Forms that came back: visits to sites, and what was seen there."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from geo.edit.edit import Edit, inserting
from geo.edit.verbs import Verb
from geo.formats.reader import FileReader
from geo.loading import likely_target, load, open_file
from geo.model.entity import Kind
from geo.model.plan import PlanInfo, User
from geo.model.result import Inspection
from geo.model.site import IndicatorCheck, Site
from geo.model.vocabulary import Answer, Indicator, Role
from geo.project import Project
from geo.store.memory import MemoryStore

FOLDER = Path(__file__).parents[2] / "data" / "registers"
ENTRY = next(
    e
    for e in json.loads((FOLDER / "manifest.json").read_text("utf-8"))["files"]
    if e["file"] == "kobo_inspection.xlsx"
)
PLANNER = User(name="Planner", role=Role.PLANNER, public_key="ab" * 32)
HEADS = (
    "start",
    "end",
    "visit/site_code",
    "visit/site_name",
    "visit/people",
    "ilo/indicators/deception",
    "ilo/indicators/isolation",
    "_uuid",
    "_submission_time",
    "_index",
)
START = "2022-11-13T23:30:00.000+07:00"


@pytest.fixture(scope="module")
def reader():
    with FileReader() as warm:
        yield warm


@pytest.fixture
def plan():
    store = MemoryStore()
    info = PlanInfo(name="Demo", province_code="18", created_at=datetime(2022, 9, 1, tzinfo=UTC))
    sites = [
        Site(code="S1", name_en="Demo Lotus Casino"),
        Site(code="", name_en="Demo Kite Guesthouse"),
        Site(code="S3", name_km="សាកល្បង"),
        Site(code="S4", name_km="សាកល្បង"),
    ]
    deltas = (inserting([info]), inserting([PLANNER]), inserting(sites))
    store.commit(Edit(verb=Verb.CREATE_PLAN, deltas=deltas, barrier=True))
    return Project(store, PLANNER)


@pytest.fixture
def forms(tmp_path):
    def write(*rows, repeats=()):
        book = Workbook()
        sheet = book.worksheets[0]
        sheet.title = "forms"
        for row in (HEADS, *rows):
            sheet.append(row)
        for title, lines in repeats:
            other = book.create_sheet(title)
            for line in lines:
                other.append(line)
        path = tmp_path / "forms.xlsx"
        book.save(path)
        return path

    return write


def form(code="S1", name="Demo Lotus Casino", people="3-4", boxes=(1, 0), uuid="u1", index=1):
    return (START, START, code, name, people, *boxes, uuid, "2022-11-13T16:30:00", index)


def test_the_forms_of_the_register_become_sites_with_their_visits(plan, reader):
    plan.commit(load(plan, reader, FOLDER / ENTRY["file"], Kind.SITE).edit(plan))
    site_of = {s.name_en: s for s in plan.all(Site)}
    visits = {i.site_id: i for i in plan.all(Inspection)}
    seen: dict[str, set[str]] = {}
    for check in plan.all(IndicatorCheck):
        assert check.answer is Answer.YES
        assert check.inspection_id == visits[check.site_id].id
        seen.setdefault(check.site_id, set()).add(check.indicator.value)
    assert len(visits) == ENTRY["importable"]
    for item in [*ENTRY["samples"], *ENTRY["may_ask"]]:
        site, values = site_of[item["key"]], item["values"]
        visit = visits[site.id]
        assert visit.inspected_at is not None
        assert visit.inspected_at.date().isoformat() == values["inspected_on"]
        assert site.visited_on is not None
        assert site.visited_on.isoformat() == values["inspected_on"]
        assert (visit.people_min, visit.people_max) == (values["people_min"], values["people_max"])
        assert seen.get(site.id, set()) == set(values["indicators_yes"] or ())
        assert visit.reference
        assert visit.source == ENTRY["file"]


def test_repeat_sheets_are_counted_and_joined_without_names(plan, reader):
    opened = open_file(reader, FOLDER / ENTRY["file"])
    notes = Counter((n.what, n.sheet) for n in opened.raw.skipped)
    assert notes["import.skipped.repeat", "workers"] == ENTRY["repeat_rows"]
    plan.commit(load(plan, reader, FOLDER / ENTRY["file"], Kind.SITE).edit(plan))
    texts = {i.findings for i in plan.all(Inspection)}
    assert "workers: other 10" in texts


def test_a_name_in_a_repeat_sheet_stays_in_the_file(plan, reader, forms):
    lines = [
        ("people/name", "people/nationality", "_index", "_parent_index"),
        ("Sok Demo", "KH", 1, 1),
        ("Chan Demo", "KH", 2, 1),
        ("Nobody", "VN", 3, 77),
    ]
    raw = open_file(reader, forms(form(), repeats=[("people", lines)])).raw
    assert raw.column(raw.joined) == ["people: KH 2"]
    assert [n.what for n in raw.skipped if n.sheet == "people"] == [
        "import.skipped.repeat",
        "import.skipped.repeat",
        "import.skipped.orphan",
    ]


def test_a_form_fills_a_visit_of_a_known_site_by_its_code(plan, reader, forms):
    loaded = load(plan, reader, forms(form()), Kind.INSPECTION)
    plan.commit(loaded.edit(plan))
    site = plan.all(Site)[0]
    (visit,) = plan.all(Inspection)
    assert (visit.site_id, visit.people_min, visit.people_max) == (site.id, 3, 4)
    assert visit.inspected_at == datetime.fromisoformat(START)
    (check,) = plan.all(IndicatorCheck)
    assert (check.indicator, check.answer) == (Indicator.DECEPTION, Answer.YES)
    assert str(check.checked_on) == "2022-11-13"
    assert str(site.visited_on) == "2022-11-13"
    plan.undo()
    assert (plan.all(Inspection), plan.all(IndicatorCheck)) == ((), ())
    assert plan.all(Site)[0].visited_on is None


def test_a_box_that_nobody_ticked_says_nothing_and_a_no_in_words_says_no(plan, reader, forms):
    path = forms(form(boxes=(0, None), uuid="a"), form(boxes=("no", "yes"), uuid="b", index=2))
    plan.commit(load(plan, reader, path, Kind.INSPECTION).edit(plan))
    found = {(c.indicator, c.answer) for c in plan.all(IndicatorCheck)}
    assert found == {(Indicator.DECEPTION, Answer.NO), (Indicator.ISOLATION, Answer.YES)}


def test_a_form_that_the_plan_holds_waits_as_the_same_form_again(plan, reader, forms):
    path = forms(form())
    plan.commit(load(plan, reader, path, Kind.INSPECTION).edit(plan))
    for target in (Kind.INSPECTION, Kind.SITE):
        checked = load(plan, reader, path, target).checked
        codes = {p.code for p in (*checked.waiting, *checked.also)}
        assert (checked.imported, "import.reason.form_in_plan" in codes) == (0, True)


def test_a_name_alone_is_a_question_with_the_likeliest_site(plan, reader, forms):
    path = forms(
        form(code=None, name="DEMO LOTUS  CASINO", uuid="a"),
        form(code=None, name="Demo Kite Guest house", uuid="b", index=2),
        form(code=None, name="Somewhere else", uuid="c", index=3),
        form(code="S9", uuid="d", index=4),
        form(code=None, name="សាកល្បង", uuid="e", index=5),
    )
    waiting = load(plan, reader, path, Kind.INSPECTION).checked.waiting
    guesthouse = plan.all(Site)[1]
    assert [(p.code.rpartition(".")[2], p.proposal) for p in waiting] == [
        ("which_site", "S1"),
        ("which_site", guesthouse.id),
        ("no_site", ""),
        ("unknown_site", "S1"),
        ("no_site", ""),
    ]


def test_the_site_itself_may_stand_in_place_of_its_code(plan, reader, forms):
    site = plan.all(Site)[1]
    plan.commit(load(plan, reader, forms(form(code=site.id)), Kind.INSPECTION).edit(plan))
    assert plan.all(Inspection)[0].site_id == site.id


def test_an_older_form_does_not_turn_back_the_day_of_the_last_visit(plan, reader, forms):
    plan.commit(load(plan, reader, forms(form(uuid="a")), Kind.INSPECTION).edit(plan))
    older = list(form(uuid="b"))
    older[0] = "2021-01-02T08:00:00+07:00"
    plan.commit(load(plan, reader, forms(tuple(older)), Kind.INSPECTION).edit(plan))
    assert len(plan.all(Inspection)) == 2
    assert str(plan.all(Site)[0].visited_on) == "2022-11-13"


def test_a_multiple_choice_in_one_text(plan, reader, tmp_path):
    path = tmp_path / "visits.csv"
    path.write_text(
        "site code,visited on,indicators\n"
        "S1,2022-10-01,isolation debt_bondage\n"
        "S3,2022-10-02,Debt bondage; Isolation\n"
        "S4,2022-10-03,none\n"
        "S1,2022-10-04,isolation moonlight\n",
        encoding="utf-8",
    )
    loaded = load(plan, reader, path, Kind.INSPECTION)
    assert [(p.row, p.code) for p in loaded.checked.waiting] == [(5, "import.reason.unknown_word")]
    plan.commit(loaded.edit(plan))
    assert len(plan.all(Inspection)) == 3
    assert Counter(c.indicator for c in plan.all(IndicatorCheck)) == {
        Indicator.ISOLATION: 2,
        Indicator.DEBT_BONDAGE: 2,
    }


def test_what_the_rows_of_a_form_most_likely_are(reader, forms):
    assert likely_target(open_file(reader, forms(form())).raw) is Kind.INSPECTION
    assert likely_target(open_file(reader, FOLDER / ENTRY["file"]).raw) is Kind.SITE


def test_a_register_without_forms_makes_no_visits(plan, reader, tmp_path):
    path = tmp_path / "sites.csv"
    path.write_text("code,name,lat,lon,visited on\nX1,Demo,11.5,104.9,2022-10-01\n", "utf-8")
    plan.commit(load(plan, reader, path, Kind.SITE).edit(plan))
    assert plan.all(Inspection) == ()
