"""Rows that wait in the plan: answered, left out, asked again; never lost, never counted twice."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from geo.edit.answers import answer_rows, check_answers, with_yes
from geo.edit.edit import stamped
from geo.edit.importing import existing_in, import_edit
from geo.errors import InputError
from geo.formats.mapping import suggest
from geo.formats.raw import RawTable
from geo.formats.reader import FileReader
from geo.formats.repair import Answer
from geo.formats.rows import check
from geo.model.allegation import Allegation, Source
from geo.model.command import Zone
from geo.model.entity import Kind
from geo.model.plan import ImportBatch, ImportRow, PlanInfo, User
from geo.model.site import Site
from geo.model.vocabulary import LegalStatus, Role, SiteKind, WaitingState
from geo.project import Project
from geo.store.memory import MemoryStore
from geo.store.seed import first_edit

REGISTERS = Path(__file__).parents[2] / "data" / "registers"
SITES = ("code", "name_en", "kind", "lat", "lon", "commune")
ROWS = (
    ("S1", "Demo Casino", "casino", 10.61, 103.53, ""),
    ("S2", "Demo Shop", "shop", 103.52, 10.62, ""),
    ("S1", "Demo Hotel", "hotel", 10.63, 103.54, ""),
    ("S4", "Demo Inn", "palace", 10.64, 103.55, ""),
    ("S5", "Demo Office", "shop", 0, 0, ""),
)


@pytest.fixture
def project():
    """A new plan in memory."""
    planner = User(name="planner", role=Role.PLANNER)
    moment = datetime(2022, 9, 1, tzinfo=UTC)
    info = PlanInfo(name="Demo", province_code="18", created_at=moment)
    store = MemoryStore()
    store.commit(stamped(first_edit(info, [planner]), actor=planner.id, at=moment))
    return Project(store, planner)


@pytest.fixture(scope="module")
def reader():
    with FileReader() as made:
        yield made


def table(columns, *rows):
    cells = tuple(list(c) for c in zip(*rows, strict=True))
    return RawTable(columns=tuple(columns), cells=cells, numbers=list(range(2, len(rows) + 2)))


def brought(plan, raw, target):
    checked = check(raw, suggest(raw, target), target, existing=existing_in(plan, target))
    plan.commit(import_edit(plan, checked, "register.csv", "ab" * 32))
    return checked


@pytest.fixture
def plan(project):
    brought(project, table(SITES, *ROWS), Kind.SITE)
    return project


def row_of(plan, number):
    return next(r for r in plan.all(ImportRow) if r.row == number)


def counts(plan):
    (batch,) = plan.all(ImportBatch)
    assert batch.rows == batch.imported + batch.rejected + batch.waiting
    return batch.imported, batch.rejected, batch.waiting


def test_a_yes_to_exchanged_axes_brings_the_site(plan):
    assert counts(plan) == (1, 1, 3)
    row = row_of(plan, 3)
    plan.commit(answer_rows(plan, {row.id: with_yes(Answer(), row)}))
    site = next(s for s in plan.all(Site) if s.code == "S2")
    assert (site.point.lon, site.point.lat) == (103.52, 10.62)
    assert site.legal_status is LegalStatus.UNVERIFIED
    assert site.source == "register.csv"
    assert plan.get(ImportRow, row.id).state is WaitingState.ANSWERED
    assert counts(plan) == (2, 1, 2)


def test_all_answers_are_one_edit_that_undo_takes_back(plan):
    again, strange = row_of(plan, 4), row_of(plan, 5)
    answers = {
        again.id: Answer(values={"code": "S3"}),
        strange.id: Answer(values={"kind": "hotel_guesthouse"}),
    }
    plan.commit(answer_rows(plan, answers))
    assert {s.code for s in plan.all(Site)} == {"S1", "S3", "S4"}
    assert counts(plan) == (3, 1, 1)
    plan.undo()
    assert {s.code for s in plan.all(Site)} == {"S1"}
    assert counts(plan) == (1, 1, 3)
    assert plan.get(ImportRow, again.id).state is WaitingState.WAITING


def test_a_rejected_row_can_be_corrected_later_too(plan):
    row = row_of(plan, 6)
    plan.commit(answer_rows(plan, {row.id: Answer(values={"lat": "10.65", "lon": "103.56"})}))
    assert counts(plan) == (2, 0, 3)


def test_a_row_that_is_left_out_counts_as_rejected(plan):
    row = row_of(plan, 4)
    plan.commit(answer_rows(plan, {row.id: Answer(skip=True)}))
    assert plan.get(ImportRow, row.id).state is WaitingState.SKIPPED
    assert counts(plan) == (1, 2, 2)


def test_two_rows_of_one_code_can_both_stand(plan):
    row = row_of(plan, 4)
    plan.commit(answer_rows(plan, {row.id: with_yes(Answer(), row)}))
    assert sorted(s.name_en for s in plan.all(Site) if s.code == "S1") == [
        "Demo Casino",
        "Demo Hotel",
    ]


def test_of_two_files_with_the_same_code_only_one_row_comes_in(plan):
    # Both wait for a yes to the exchanged axes, and neither knows of the other.
    raw = table(
        SITES,
        ("S7", "Demo Bar", "shop", 10.6, 103.5, ""),
        ("S2", "Demo Stall", "shop", 103.55, 10.61, ""),
    )
    checked = check(raw, suggest(raw, Kind.SITE), Kind.SITE)
    plan.commit(import_edit(plan, checked, "other.csv", "cd" * 32))
    waiting = [r for r in plan.all(ImportRow) if json.loads(r.values).get("code") == "S2"]
    assert len(waiting) == 2
    found = check_answers(plan, {row.id: with_yes(Answer(), row) for row in waiting})
    assert len(found.imported) == 1
    assert [p.field for p in found.still.values()] == ["code"]


def test_what_came_into_the_plan_meanwhile_is_seen(plan):
    from geo.edit.sites import add_site

    plan.commit(add_site(Site(code="S4", name_en="Another")))
    row = row_of(plan, 5)
    found = check_answers(plan, {row.id: Answer(values={"kind": "hotel"})})
    assert found.imported == ()
    assert found.still[row.id].code == "import.reason.in_plan"
    plan.commit(found.edit)  # the next question stands in the plan, with what was answered
    asked = plan.get(ImportRow, row.id)
    assert (asked.field, asked.state) == ("code", WaitingState.WAITING)
    assert counts(plan) == (1, 1, 3)
    plan.commit(answer_rows(plan, {row.id: with_yes(Answer(), asked)}))
    brought_in = [s for s in plan.all(Site) if s.code == "S4"]
    assert {s.kind for s in brought_in} == {SiteKind.HOTEL_GUESTHOUSE, SiteKind.OTHER}


def test_a_wrong_value_changes_nothing_and_says_what_is_wrong(plan):
    row = row_of(plan, 5)
    found = check_answers(plan, {row.id: Answer(values={"kind": "castle"})})
    assert found.edit is None
    assert found.still[row.id].value == "castle"
    with pytest.raises(InputError, match=r"error\.answer\.none_settled"):
        answer_rows(plan, {row.id: Answer(values={"kind": "castle"})})


def test_a_row_is_answered_once(plan):
    row = row_of(plan, 4)
    plan.commit(answer_rows(plan, {row.id: Answer(skip=True)}))
    with pytest.raises(InputError, match=r"error\.answer\.gone"):
        check_answers(plan, {row.id: Answer(skip=True)})
    with pytest.raises(InputError, match=r"error\.answer\.gone"):
        check_answers(plan, {"nobody": Answer(skip=True)})


def test_a_field_that_there_is_not_is_refused(plan):
    row = row_of(plan, 4)
    with pytest.raises(InputError, match=r"error\.answer\.no_field"):
        check_answers(plan, {row.id: Answer(values={"legal_status": "illegal"})})


def test_an_outline_that_crosses_itself_is_taken_as_proposed(project, reader):
    raw = reader.read(REGISTERS / "operation_zones.geojson")
    brought(project, raw, Kind.ZONE)
    (row,) = [r for r in project.all(ImportRow) if r.state is WaitingState.WAITING]
    before = len(project.all(Zone))
    project.commit(answer_rows(project, {row.id: with_yes(Answer(), row)}))
    zones = project.all(Zone)
    assert len(zones) == before + 1
    assert all(z.outline.is_valid for z in zones)


def test_a_line_becomes_a_site_where_a_person_says(project, reader):
    raw = reader.read(REGISTERS / "google_earth_sites.kml")
    brought(project, raw, Kind.SITE)
    row = next(r for r in project.all(ImportRow) if "reason.line" in r.reason)
    project.commit(answer_rows(project, {row.id: Answer(values={"coordinate": "10.62, 103.53"})}))
    site = project.all(Site)[-1]
    assert (round(site.point.lon, 2), round(site.point.lat, 2)) == (103.53, 10.62)


def test_an_outline_without_a_name_keeps_its_place(project, reader):
    raw = reader.read(REGISTERS / "google_earth_sites.kml")
    brought(project, raw, Kind.SITE)
    row = next(r for r in project.all(ImportRow) if "no_name" in r.reason)
    project.commit(answer_rows(project, {row.id: Answer(values={"name": "Demo Gate"})}))
    site = project.all(Site)[-1]
    assert site.name_en == "Demo Gate"
    assert site.point is not None


def test_an_answered_allegation_finds_its_source_again(project, reader):
    raw = table(
        ("reference", "received_on", "kinds", "source", "district"),
        ("A1", "2022-02-01", "torture", "Lotus", "Preah Sihanouk"),
        ("A2", "", "torture", "Lotus", "〃"),
    )
    brought(project, raw, Kind.ALLEGATION)
    (row,) = project.all(ImportRow)
    assert json.loads(row.values)["district"] == "Preah Sihanouk"
    project.commit(answer_rows(project, {row.id: Answer(values={"received_on": "2022-02-02"})}))
    assert len(project.all(Source)) == 1
    first, second = project.all(Allegation)
    assert first.source_id == second.source_id
    assert first.admin_code == second.admin_code
