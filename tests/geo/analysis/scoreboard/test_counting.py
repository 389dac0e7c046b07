"""What each column of the scoreboard counts, where and when."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import box

from geo.analysis.scoreboard.board import Period, no_action, year_of
from geo.analysis.scoreboard.counting import count
from geo.analysis.scoreboard.measures import MEASURES, Measure
from geo.analysis.scoreboard.reading import read_registers
from geo.clock import CAMBODIA_TIME
from geo.model.command import Assignment, Operation, Zone
from geo.model.entity import Kind, LonLat
from geo.model.result import Arrests, Fine, Inspection, Outcome
from geo.model.site import Site, StatusDecision
from geo.model.vocabulary import (
    AdminLevel,
    AllegationStatus,
    FineState,
    LegalStatus,
    PersonRole,
    Precision,
)
from tests.geo.analysis.alleged import at, plan_of, within

LAST = date(2022, 9, 30)
ALL = Period(None, LAST)
SEPTEMBER = Period(date(2022, 9, 1), LAST)
COMMUNE, DISTRICT, PROVINCE = AdminLevel.COMMUNE, AdminLevel.DISTRICT, AdminLevel.PROVINCE


def site(site_id: str = "hotel", code: str = "010201") -> Site:
    return Site(id=site_id, code=site_id, admin_code=code)


def visit(day: int = 5, site_id: str = "hotel", **more) -> Inspection:
    at_noon = datetime(2022, 9, day, 12, tzinfo=CAMBODIA_TIME)
    return Inspection(site_id=site_id, inspected_at=at_noon, **more)


def fine(inspection: Inspection, state: FineState, riel: int, on: date | None = None) -> Fine:
    return Fine(
        inspection_id=inspection.id,
        rate_id="rate",
        violation="forced_overtime",
        amount_riel=riel,
        state=state,
        decided_on=on,
    )


def board(allegations=(), others=(), level=DISTRICT, period=ALL, **more):
    return count(read_registers(plan_of(list(allegations), list(others))), level, period, **more)


def figures(made, measure):
    return {unit: made.figure(measure, i) for i, unit in enumerate(made.units)}


def test_what_is_known_by_its_district_is_counted_there_and_in_no_commune():
    alleged = [within("010201"), within("010201"), within("0102")]
    assert figures(board(alleged), Measure.REPORTED) == {"0102": 3}
    by_commune = board(alleged, level=COMMUNE)
    assert figures(by_commune, Measure.REPORTED) == {"010201": 2, "0102": 1}
    assert [by_commune.is_remainder(i) for i in range(2)] == [False, True]


def test_what_is_known_by_its_commune_has_no_village_even_if_its_code_names_one():
    stated = within("010201")
    assert board([stated], level=COMMUNE).units == ("010201",)
    nowhere = board([within("")], level=PROVINCE)
    assert (nowhere.units, nowhere.figure(Measure.REPORTED, 0)) == (("",), 1)


def test_a_duplicate_is_counted_once():
    first = within("0102")
    again = within("0102", status=AllegationStatus.DUPLICATE, duplicate_of=first.id)
    assert board([first, again]).rows(Measure.REPORTED, 0) == ((Kind.ALLEGATION, first.id),)


def test_none_known_is_never_zero():
    made = board([within("0102")], [site()])
    assert made.figure(Measure.REPORTED, 0) == 1
    assert made.figure(Measure.TRIAGED, 0) == 0
    nothing = {m for m in MEASURES if made.figure(m, 0) is None}
    assert nothing == set(MEASURES) - {Measure.REPORTED, Measure.TRIAGED, Measure.OPEN}
    assert made.total(Measure.CASES) is None
    assert made.days_since(0) is None


def test_a_unit_of_which_nothing_is_known_has_a_row_without_any_figure():
    made = board([within("0102")], units=("0101", "0102", "0103"))
    assert made.units == ("0101", "0102", "0103")
    assert figures(made, Measure.REPORTED) == {"0101": None, "0102": 1, "0103": None}


@pytest.mark.parametrize(
    ("status", "triaged", "still"),
    [
        (AllegationStatus.RECEIVED, 0, 1),
        (AllegationStatus.TRIAGED, 1, 1),
        (AllegationStatus.ASSESSING, 1, 1),
        (AllegationStatus.CORROBORATED, 1, 1),
        (AllegationStatus.UNSUBSTANTIATED, 1, 0),
        (AllegationStatus.INSUFFICIENT, 1, 0),
        (AllegationStatus.ACTIONED, 1, 0),
        (AllegationStatus.CLOSED, 1, 0),
    ],
)
def test_what_is_triaged_and_what_is_open(status, triaged, still):
    made = board([within("0102", status=status)])
    assert made.figure(Measure.REPORTED, 0) == 1
    assert (made.figure(Measure.TRIAGED, 0), made.figure(Measure.OPEN, 0)) == (triaged, still)
    assert len(made.rows(Measure.OPEN, 0)) == still


def test_open_is_what_has_piled_up_and_the_rest_is_of_the_period():
    alleged = [within("0102", received_on=d) for d in (date(2021, 5, 1), date(2022, 9, 2), None)]
    made = board(alleged, period=SEPTEMBER)
    assert (made.figure(Measure.REPORTED, 0), made.figure(Measure.OPEN, 0)) == (1, 3)
    assert made.undated == {Measure.REPORTED: 1, Measure.TRIAGED: 1}
    assert board(alleged).figure(Measure.REPORTED, 0) == 3


def test_each_measure_goes_by_its_own_day():
    seen, late = visit(5), visit(7)
    others = [
        site(),
        seen,
        late,
        Outcome(site_id="hotel", recorded_on=date(2022, 9, 6), rescued=4, cases_to_court=1,
                arrested=(Arrests(PersonRole.MANAGER, 2), Arrests(PersonRole.RECRUITER, 1))),
        fine(seen, FineState.CONFIRMED, 2_620_000, date(2022, 10, 1)),
        fine(late, FineState.CONFIRMED, 1_680_000, date(2022, 9, 20)),
        fine(seen, FineState.PROPOSED, 500_000),
        fine(seen, FineState.REJECTED, 900_000, date(2022, 9, 9)),
    ]  # fmt: skip
    made = board(others=others, period=SEPTEMBER)
    assert made.units == ("0102",)
    told = {m: made.figure(m, 0) for m in MEASURES if made.known[m][0]}
    assert told == {
        Measure.INSPECTED: 2,
        Measure.RESCUED: 4,
        Measure.SUSPECTS: 3,
        Measure.CASES: 1,
        Measure.FINES_CONFIRMED: 1_680_000,
        Measure.FINES_PROPOSED: 500_000,
    }
    # The fine that was decided on in October is no act of September, the rejection of the 9th was.
    assert (made.days_since(0), made.acted[0].kind) == (10, Kind.FINE)


def test_an_outcome_of_a_whole_duty_lies_where_its_zone_surely_does():
    zones = {"two": ("010201", "010203"), "far": ("010201", "010301"), "drawn": ()}
    others = [Operation(id="op", name="Op", province_code="01")]
    for name, units in zones.items():
        shape = box(102.5, 13.6, 102.6, 13.7)
        others.append(Zone(id=name, name=name, outline=shape, operation_id="op", units=units))
        others.append(Assignment(id=f"duty {name}", zone_id=name, team_id="t"))
        others.append(
            Outcome(assignment_id=f"duty {name}", recorded_on=date(2022, 9, 6), rescued=1)
        )
    assert figures(board(others=others), Measure.RESCUED) == {"0102": 1, "01": 2}


def test_a_decision_on_a_status_is_an_action():
    decision = StatusDecision(
        site_id="hotel",
        from_status=LegalStatus.UNVERIFIED,
        to_status=LegalStatus.LEGAL,
        reason="r",
        authority_id="court",
        document="d",
        decided_on=date(2022, 9, 29),
        recorded_at=datetime(2022, 9, 29, tzinfo=CAMBODIA_TIME),
        decided_by="u",
    )
    legal = replace(site(), legal_status=LegalStatus.LEGAL)
    made = board(others=[decision, legal])
    assert (made.days_since(0), made.acted[0]) == (1, (Kind.STATUS_DECISION, decision.id))


def test_no_action_lists_units_with_allegations_the_longest_idle_first():
    alleged = [within(code) for code in ("0101", "0102", "0103", "0103", "010401", "01")]
    others = [site(), visit(25), site("kiln", "010301"), visit(3, "kiln")]
    made = board(alleged, others, units=("0105",))
    idle = [(made.units[i.unit], i.days, i.open) for i in no_action(made, 10)]
    assert idle == [("0101", None, 1), ("0104", None, 1), ("0103", 27, 2)]
    assert [made.units[i.unit] for i in no_action(made, 28)] == ["0101", "0104"]


def test_within_a_province_nothing_of_another_counts():
    made = board([within("0102"), within("1801"), within("18")], within="18")
    assert figures(made, Measure.REPORTED) == {"1801": 1, "18": 1}


def test_a_year_ends_with_the_last_day_that_is_known():
    assert year_of(2022, LAST) == Period(date(2022, 1, 1), LAST)
    assert year_of(2021, LAST).last == date(2021, 12, 31)


CODES = st.sampled_from(["", "01", "0102", "0103", "010201", "010302", "01020103"])


@given(codes=st.lists(CODES, max_size=30), level=st.sampled_from([PROVINCE, DISTRICT, COMMUNE]))
def test_the_rows_always_add_up_and_open_what_they_count(codes, level):
    alleged = [within(code, status=AllegationStatus.TRIAGED) for code in codes]
    made = board(alleged, level=level)
    assert (made.total(Measure.REPORTED) or 0) == len(codes)
    opened = [row.id for i in range(len(made.units)) for row in made.rows(Measure.REPORTED, i)]
    assert sorted(opened) == sorted(a.id for a in alleged)
    digits = {PROVINCE: 2, DISTRICT: 4, COMMUNE: 6}[level]
    direct = Counter(code[:digits] for code in codes)
    assert {u: n for u, n in figures(made, Measure.REPORTED).items() if n} == dict(direct)


def test_a_point_counts_in_the_commune_that_its_row_names():
    assert board([at()], level=COMMUNE).units == ("011002",)


def test_what_has_a_point_and_no_unit_counts_in_the_province_around_it():
    somewhere = Site(id="bare", precision=Precision.POINT, point=LonLat(102.565, 13.655))
    made = board([at(admin_code="")], [somewhere, visit(site_id="bare")])
    assert made.units == ("01",)
    assert made.is_remainder(0)
    assert (made.figure(Measure.REPORTED, 0), made.figure(Measure.INSPECTED, 0)) == (1, 1)
