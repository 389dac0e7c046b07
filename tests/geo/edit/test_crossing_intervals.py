"""Times in which a gate was open, from files: none overlaps what is known of the gate already."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from geo.edit.answers import answer_rows, check_answers
from geo.edit.edit import stamped
from geo.edit.importing import existing_in, import_edit
from geo.formats.mapping import suggest
from geo.formats.raw import RawTable
from geo.formats.recheck import problem_of, rechecked
from geo.formats.repair import Answer
from geo.formats.rows import check
from geo.model.entity import Kind
from geo.model.place import BorderCrossing, OpenInterval
from geo.model.plan import ImportRow, PlanInfo, User
from geo.model.vocabulary import Role
from geo.project import Project
from geo.store.memory import MemoryStore
from geo.store.seed import first_edit

COLUMNS = ("name_en", "name_km", "country", "class", "lat", "lon", "open from", "open to")
OVERLAPS = "import.reason.overlaps"


@pytest.fixture
def plan():
    """A new plan in memory."""
    planner = User(name="planner", role=Role.PLANNER)
    moment = datetime(2022, 9, 1, tzinfo=UTC)
    info = PlanInfo(name="Demo", province_code="18", created_at=moment)
    store = MemoryStore()
    store.commit(stamped(first_edit(info, [planner]), actor=planner.id, at=moment))
    return Project(store, planner)


def gate(since, until, name="Demo path", name_km="ច្រកគំរូ"):
    return (name, name_km, "TH", "unofficial", 13.66, 102.55, since, until)


def checked(plan, *rows):
    cells = tuple(list(c) for c in zip(*rows, strict=True))
    raw = RawTable(columns=COLUMNS, cells=cells, numbers=list(range(2, len(rows) + 2)))
    existing = existing_in(plan, Kind.CROSSING)
    return check(raw, suggest(raw, Kind.CROSSING), Kind.CROSSING, existing=existing)


def brought(plan, *rows):
    found = checked(plan, *rows)
    plan.commit(import_edit(plan, found, "gates.csv", "ab" * 32))
    return found


def reasons(found):
    return {i: p.code for i, p in problem_of(found).items()}


def intervals(plan, name="Demo path"):
    (crossing,) = [c for c in plan.all(BorderCrossing) if c.name_en == name]
    return crossing.open_intervals


def test_an_answered_row_that_overlaps_another_of_its_gate_still_waits(plan):
    brought(plan, gate("2015-01-01", "2016-02-01"), gate("31/11/2017", "2018-07-19"))
    (row,) = plan.all(ImportRow)
    found = check_answers(plan, {row.id: Answer(values={"open_from": "2016-01-01"})})
    assert found.imported == ()
    assert found.still[row.id].code == OVERLAPS
    plan.commit(answer_rows(plan, {row.id: Answer(values={"open_from": "2017-11-30"})}))
    assert [i.since for i in intervals(plan)] == [date(2015, 1, 1), date(2017, 11, 30)]


def test_two_rows_answered_at_once_do_not_overlap_each_other(plan):
    brought(
        plan,
        gate("2015-01-01", "2016-02-01"),
        gate("31/11/2017", "2018-07-19"),
        gate("31/11/2018", "2019-07-19"),
    )
    first, second = sorted(plan.all(ImportRow), key=lambda r: r.row)
    answers = {
        first.id: Answer(values={"open_from": "2017-11-30"}),
        second.id: Answer(values={"open_from": "2018-07-01"}),
    }
    found = check_answers(plan, answers)
    assert found.imported == (first.id,)
    assert found.still[second.id].code == OVERLAPS


def test_a_row_corrected_before_the_import_is_compared_with_the_good_ones(plan):
    found = checked(plan, gate("2015-01-01", "2016-02-01"), gate("31/11/2017", "2018-07-19"))
    existing = existing_in(plan, Kind.CROSSING)
    wrong = rechecked(found, {1: Answer(values={"open_from": "2016-01-01"})}, existing)
    assert reasons(wrong) == {1: OVERLAPS}
    right = rechecked(found, {1: Answer(values={"open_from": "2017-11-30"})}, existing)
    assert right.imported == 2


def test_a_row_is_compared_with_what_the_plan_knows_of_the_gate_by_either_name(plan):
    brought(plan, gate("2015-01-01", "2016-02-01"))
    assert reasons(checked(plan, gate("2016-01-01", "2017-01-01"))) == {0: OVERLAPS}
    assert reasons(checked(plan, gate("2016-01-01", "2017-01-01", name=""))) == {0: OVERLAPS}
    assert reasons(checked(plan, gate("2017-01-01", "2018-01-01"))) == {}


def test_the_same_file_again_asks_nothing_and_changes_nothing(plan):
    rows = (gate("2015-01-01", "2016-02-01"), gate("2018-01-01", "—"))
    brought(plan, *rows)
    before = intervals(plan)
    assert reasons(brought(plan, *rows)) == {}
    assert intervals(plan) == before


def test_next_months_file_closes_a_gate_that_was_open(plan):
    first = gate("2015-01-01", "2016-02-01")
    brought(plan, first, gate("2018-01-01", "—"))
    rows = (first, gate("2018-01-01", "2020-06-23"), gate("2021-01-01", "—"))
    assert reasons(brought(plan, *rows)) == {}
    assert intervals(plan)[1:] == (
        OpenInterval(date(2018, 1, 1), date(2020, 6, 23)),
        OpenInterval(date(2021, 1, 1), None),
    )


def test_a_gate_that_was_closed_is_not_opened_in_hindsight_without_a_question(plan):
    brought(plan, gate("2018-01-01", "2020-06-23"))
    assert reasons(checked(plan, gate("2018-01-01", "—"))) == {0: OVERLAPS}
    assert reasons(checked(plan, gate("2017-01-01", "—"))) == {0: OVERLAPS}


def test_an_earlier_time_is_no_overlap_with_one_that_has_no_end(plan):
    brought(plan, gate("2018-01-01", "—"))
    assert reasons(checked(plan, gate("2015-01-01", "2016-02-01"))) == {}


def test_a_row_without_days_is_no_time_at_all(plan):
    brought(plan, gate("2018-01-01", "—"))
    assert reasons(checked(plan, gate(None, None))) == {}
