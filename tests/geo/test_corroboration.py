"""Corroboration: independent voices on one event, counted conservatively, with the formula."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.catalogue import LANGUAGES, text
from geo.corroboration import LeftOutReason, corroboration, of_reports
from geo.edit.edit import Edit, inserting
from geo.edit.verbs import Verb
from geo.model.allegation import Allegation, Source
from geo.model.entity import LonLat
from geo.model.vocabulary import (
    AllegationKind,
    AllegationStatus,
    Credibility,
    Precision,
    Reliability,
)
from geo.project import Project
from geo.same_event import NEAR_M, PLACE_DAYS, SITE_DAYS, same_event
from geo.store.memory import MemoryStore
from geo.store.seed import first_edit
from tests.gui.stage import INFO, PLANNER

DAY = date(2022, 9, 1)
FIRST = Allegation(
    id="a",
    received_on=DAY,
    kinds=(AllegationKind.FORCED_LABOUR, AllegationKind.TORTURE),
    site_id="site",
    source_id="1",
)


def sources(n: int, *joined: tuple[str, str]) -> dict[str, Source]:
    """Sources named 1 to n, of which the given pairs are independent."""
    return {
        str(i): Source(
            id=str(i),
            pseudonym=f"S-{i:03d}",
            independent_of=tuple(b for a, b in joined if a == str(i)),
        )
        for i in range(1, n + 1)
    }


def said(report_id: str, source_id: str, **changed) -> Allegation:
    return replace(FIRST, id=report_id, source_id=source_id, **changed)


def project(*allegations: Allegation, known: dict[str, Source] | None = None) -> Project:
    store = MemoryStore()
    store.commit(first_edit(INFO, (PLANNER,), crossings=False))
    rows = [inserting(allegations)]
    if known:
        rows.append(inserting(list(known.values())))
    store.commit(
        Edit(
            verb=Verb.IMPORT,
            params={"file": "a.csv"},
            deltas=tuple(rows),
            actor=PLANNER.id,
            barrier=True,
        )
    )
    return Project(store, PLANNER)


# --- counting -------------------------------------------------------------------------------------


def test_one_report_is_one_source_and_corroborates_nothing():
    found = of_reports([FIRST], sources(1))
    assert (found.independent, found.holds) == (1, False)


def test_two_sources_known_to_be_independent_corroborate():
    found = of_reports([FIRST, said("b", "2")], sources(2, ("1", "2")))
    assert (found.independent, found.holds, found.left_out) == (2, True, ())


def test_what_nobody_entered_is_not_independent():
    found = of_reports([FIRST, said("b", "2")], sources(2))
    assert found.independent == 1
    assert [(o.pseudonym, o.reason, o.of) for o in found.left_out] == [
        ("S-002", LeftOutReason.NOT_INDEPENDENT, "S-001")
    ]


def test_the_same_source_never_counts_twice():
    found = of_reports([FIRST, said("b", "1"), said("c", "1")], sources(1))
    assert found.independent == 1
    assert {o.reason for o in found.left_out} == {LeftOutReason.SAME_SOURCE}


def test_reports_of_unknown_source_count_as_one_at_most():
    alone = of_reports([said("a", ""), said("b", ""), said("c", "")], {})
    assert alone.independent == 1
    beside = of_reports([FIRST, said("b", "")], sources(1))
    assert beside.independent == 1
    assert beside.left_out[0].reason is LeftOutReason.UNKNOWN_SOURCE


def test_the_largest_set_counts_even_if_the_first_source_is_not_in_it():
    known = sources(4, ("2", "3"), ("3", "4"), ("2", "4"), ("1", "2"))
    found = of_reports([said(c, c) for c in "1234"], known)
    assert [v.pseudonym for v in found.counted] == ["S-002", "S-003", "S-004"]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"reliability": Reliability.E}, LeftOutReason.UNRELIABLE),
        ({"credibility": Credibility.FIVE}, LeftOutReason.IMPROBABLE),
        ({"status": AllegationStatus.UNSUBSTANTIATED}, LeftOutReason.UNSUBSTANTIATED),
        ({"status": AllegationStatus.INSUFFICIENT}, LeftOutReason.INSUFFICIENT),
    ],
)
def test_what_does_not_hold_is_left_out_with_its_reason(changed, reason):
    found = of_reports([FIRST, said("b", "2", **changed)], sources(2, ("1", "2")))
    assert found.independent == 1
    assert [o.reason for o in found.left_out] == [reason]


def test_f_and_6_are_neutral():
    neutral = said("b", "2", reliability=Reliability.F, credibility=Credibility.SIX)
    assert of_reports([FIRST, neutral], sources(2, ("1", "2"))).holds


def test_the_best_graded_report_of_a_source_speaks_for_it():
    reports = [said("a", "1", reliability=Reliability.D), said("b", "1", reliability=Reliability.B)]
    found = of_reports(reports, sources(1))
    assert found.counted[0].allegation_id == "b"
    assert found.counted[0].reliability is Reliability.B


def test_beyond_fifteen_sources_the_number_is_a_lower_bound_and_says_so():
    pairs = tuple((str(a), str(b)) for a, b in combinations(range(1, 17), 2))
    found = of_reports([said(str(i), str(i)) for i in range(1, 17)], sources(16, *pairs))
    assert (found.independent, found.exact) == (16, False)
    assert found.formula()[0].code == "corroboration.at_least"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_formula_is_told_in_words(language):
    known = sources(5, ("1", "2"))
    reports = [
        FIRST,
        said("b", "2"),
        said("c", "3"),
        said("d", "1"),
        said("e", ""),
        said("f", "4", reliability=Reliability.E),
        said("g", "5", credibility=Credibility.FIVE),
    ]
    lines = [text(p.code, language, **p.params) for p in of_reports(reports, known).formula()]
    assert "S-001 (F), S-002 (F)" in lines[0]
    assert len(lines) == 6


# --- properties -----------------------------------------------------------------------------------

PAIRS = [(str(a), str(b)) for a, b in combinations(range(1, 7), 2)]


@st.composite
def events(draw) -> tuple[list[Allegation], dict[str, Source]]:
    known = sources(6, *draw(st.lists(st.sampled_from(PAIRS), unique=True)))
    owners = draw(st.lists(st.sampled_from(["", *known]), min_size=1, max_size=9))
    reports = [
        said(
            f"r{i}",
            owner,
            reliability=draw(st.sampled_from(Reliability)),
            credibility=draw(st.sampled_from(Credibility)),
        )
        for i, owner in enumerate(owners)
    ]
    return reports, known


@given(events(), st.randoms())
def test_the_order_of_the_reports_does_not_matter(event, dice):
    reports, known = event
    mixed = list(reports)
    dice.shuffle(mixed)
    assert of_reports(mixed, known) == of_reports(reports, known)


@given(events())
def test_every_two_that_count_are_independent_and_no_larger_set_is(event):
    reports, known = event
    found = of_reports(reports, known)
    fit = {
        r.source_id
        for r in reports
        if r.reliability is not Reliability.E and r.credibility is not Credibility.FIVE
    }

    def joined(group):
        return all(
            a and b and (b in known[a].independent_of or a in known[b].independent_of)
            for a, b in combinations(group, 2)
        )

    assert joined([v.source_id for v in found.counted])
    most = max(n for n in range(len(fit) + 1) for g in combinations(fit, n) if joined(g))
    assert found.independent == most
    assert len(found.counted) + len(found.left_out) == len(reports)


@given(events(), st.sampled_from(Reliability), st.sampled_from(Credibility))
def test_a_source_that_is_independent_of_nobody_never_raises_the_number(event, letter, figure):
    reports, known = event
    before = of_reports(reports, known).independent
    known = {**known, "9": Source(id="9", pseudonym="S-009")}
    more = [*reports, said("more", "9", reliability=letter, credibility=figure)]
    assert of_reports(more, known).independent <= max(before, 1)


@given(events(), st.data())
def test_a_repeat_by_the_same_source_never_counts(event, data):
    reports, known = event
    again = replace(data.draw(st.sampled_from(reports)), id="again")
    assert (
        of_reports([*reports, again], known).independent == of_reports(reports, known).independent
    )


# --- the same event -------------------------------------------------------------------------------

POINT = {"site_id": "", "precision": Precision.POINT, "point": LonLat(103.5, 10.6)}
VILLAGE = {"site_id": "", "precision": Precision.VILLAGE, "admin_code": "18010401"}
COMMUNE = {"site_id": "", "precision": Precision.COMMUNE, "admin_code": "180104"}
NEARBY = LonLat(103.5 + NEAR_M / 2 / 109_000, 10.6)
FAR = LonLat(103.5 + NEAR_M * 2 / 109_000, 10.6)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({}, {}, True),
        ({}, {"received_on": DAY + timedelta(days=SITE_DAYS)}, True),
        ({}, {"received_on": DAY + timedelta(days=SITE_DAYS + 1)}, False),
        ({}, {"received_on": DAY + timedelta(days=999), "occurred_on": DAY}, True),
        ({}, {"received_on": None}, False),
        ({}, {"kinds": (AllegationKind.TORTURE,)}, True),
        ({}, {"kinds": (AllegationKind.ILLEGAL_GAMBLING,)}, False),
        ({}, {"site_id": "elsewhere"}, False),
        (VILLAGE, VILLAGE, True),
        (VILLAGE, {**VILLAGE, "received_on": DAY + timedelta(days=PLACE_DAYS + 1)}, False),
        (COMMUNE, COMMUNE, False),
        (POINT, {**POINT, "point": NEARBY}, True),
        (POINT, {**POINT, "point": FAR}, False),
        (POINT, {**POINT, "accuracy_m": 3000.0}, False),
        ({**POINT, "accuracy_m": 3000.0}, POINT, False),
        ({**POINT, "site_id": "x"}, {**POINT, "site_id": "y"}, False),
        ({**POINT, "site_id": "x"}, POINT, True),
    ],
)
def test_what_is_the_same_event(one, other, same):
    plan = project(said("a", "1", **one), said("b", "2", **other))
    assert same_event(plan, plan.get(Allegation, "a")) == (("b",) if same else ())


def test_a_duplicate_is_the_same_event_wherever_and_whenever_through_any_number():
    far = {"site_id": "", "received_on": None, "kinds": ()}
    plan = project(
        FIRST,
        said("b", "2", duplicate_of="a", status=AllegationStatus.DUPLICATE, **far),
        said("c", "3", duplicate_of="b", status=AllegationStatus.DUPLICATE, **far),
        said("d", "4", **far),
        known=sources(4, ("1", "2"), ("1", "3"), ("2", "3")),
    )
    assert same_event(plan, plan.get(Allegation, "c")) == ("a", "b")
    assert corroboration(plan, "a").independent == 3
    assert corroboration(plan, "d").independent == 1
