"""Overrides, and what can be said whatever is missing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.analysis.readiness.gaps import Gap
from geo.analysis.readiness.wording import gap_sentence
from geo.catalogue import LANGUAGES
from geo.model.command import Assignment, Zone
from geo.model.gaps import NEVER_OVERRIDDEN, OF_OPERATION, GapCode
from geo.model.vocabulary import (
    LegalStatus,
    OperationState,
)
from tests.geo.analysis.readiness.ground import (
    REFUSED,
    allegation,
    changed,
    checked,
    gaps,
    nothing_missing,
    override,
    site,
    square,
    with_rows,
    without,
)


def proposed():
    return changed(nothing_missing(), "op", state=OperationState.SUBMITTED)


def test_what_somebody_took_upon_himself_no_longer_stands_but_stays_told():
    rows = with_rows(without(proposed(), "duty a"), override(GapCode.NO_TEAM))
    found = checked(rows)
    assert found.ready
    (gap,) = found.zones[0].gaps
    assert gap.overridden is not None
    assert gap.overridden.decided_by == "governor"


@pytest.mark.parametrize(
    "lacking",
    [
        {"reason": " "},
        {"decided_by": ""},
        {"operation_id": "other"},
        {"zone_id": ""},
        {"zone_id": "b"},
        {"submission": 1},
        {"what": GapCode.NO_SITES.value},
    ],
    ids=str,
)
def test_an_override_counts_for_its_own_gap_and_only_with_person_and_reason(lacking):
    one = replace(override(GapCode.NO_TEAM), **lacking)
    rows = with_rows(without(proposed(), "duty a"), one)
    assert gaps(rows) == {GapCode.NO_TEAM: 2}


def test_while_it_is_a_draft_again_nothing_is_overridden():
    rows = with_rows(without(nothing_missing(), "duty a"), override(GapCode.NO_TEAM))
    assert gaps(rows) == {GapCode.NO_TEAM: 2}


def test_a_gap_of_the_whole_operation_is_overridden_without_a_zone():
    rows = changed(proposed(), "op", ministry_guidance="")
    assert not checked(with_rows(rows, override(GapCode.GUIDANCE_MISSING))).ready
    assert checked(with_rows(rows, override(GapCode.GUIDANCE_MISSING, ""))).ready


# --- whatever is taken away -----------------------------------------------------------------------

BREAKERS = {
    "no team": lambda rows: without(rows, "duty a"),
    "one day": lambda rows: changed(rows, "duty a", period_id="day 1"),
    "no groups": lambda rows: changed(rows, "red", groups=()),
    "no letter": lambda rows: without(rows, "letter"),
    "refused": lambda rows: changed(rows, "letter", result=REFUSED),
    "no ambulance": lambda rows: without(rows, "amb"),
    "no fire truck": lambda rows: without(rows, "fire"),
    "no site": lambda rows: without(rows, "s1"),
    "no guidance": lambda rows: changed(rows, "op", ministry_guidance=""),
    "alleged": lambda rows: with_rows(rows, allegation()),
    "unverified": lambda rows: with_rows(rows, site("u", legal_status=LegalStatus.UNVERIFIED)),
    "twice": lambda rows: with_rows(
        rows,
        Zone(id="b", name="Beta", outline=square(0.1), operation_id="op"),
        Assignment(id="duty b", zone_id="b", team_id="red"),
    ),
}
BROKEN = st.lists(st.sampled_from(sorted(BREAKERS)), max_size=5, unique=True)
OVERRIDES = st.lists(st.sampled_from(sorted(GapCode)), max_size=4, unique=True)
_LAST = {"refused", "one day", "no groups", "no guidance"}


def broken(names):
    """The ready operation with some things taken; what changes a row before what takes it."""
    rows = nothing_missing()
    for name in sorted(names, key=lambda n: n not in _LAST):
        rows = BREAKERS[name](rows)
    return rows


@pytest.mark.parametrize("name", sorted(BREAKERS))
def test_each_of_them_stands_in_the_way(name):
    assert not checked(broken([name])).ready


@given(BROKEN, OVERRIDES, st.sampled_from(sorted(GapCode)), st.sampled_from(["a", ""]))
def test_an_override_never_adds_a_gap(names, before, what, zone_id):
    rows = with_rows(broken(names), *(override(GapCode(w)) for w in before))
    without_it = _standing(rows)
    assert _standing(with_rows(rows, override(GapCode(what), zone_id))) <= without_it


@given(BROKEN, OVERRIDES)
def test_removing_a_team_never_makes_a_zone_ready(names, overridden):
    given_up = (override(GapCode(w)) for w in overridden if w != GapCode.NO_TEAM)
    rows = with_rows(broken(names), *given_up)
    assert not checked(without(rows, "duty a")).zones[0].ready


@given(BROKEN, OVERRIDES)
def test_no_override_replaces_the_prosecutor(names, overridden):
    rows = with_rows(broken([*names, "no letter"]), *(override(GapCode(w)) for w in overridden))
    (zone,) = (z for z in checked(rows).zones if z.zone_id == "a")
    assert NEVER_OVERRIDDEN & {g.what for g in zone.gaps if g.stands}


def _standing(rows):
    found = checked(rows)
    named = [("", g) for g in found.gaps] + [(z.zone_id, g) for z in found.zones for g in z.gaps]
    return {(zone, g.what) for zone, g in named if g.stands}


# --- in words -------------------------------------------------------------------------------------


@given(BROKEN)
def test_every_gap_is_a_sentence_in_both_languages_and_stands_where_it_belongs(names):
    found = checked(broken(names))
    for gap in found.gaps:
        assert gap.what in OF_OPERATION
    for zone in found.zones:
        for gap in zone.gaps:
            assert gap.what not in OF_OPERATION
            assert len(gap.examples) <= 5
            for language in LANGUAGES:
                assert "{" not in gap_sentence(gap, language)


def test_numbers_are_written_in_the_language():
    assert gap_sentence(Gap(what=GapCode.NO_TEAM, count=12), "km").endswith("១២")
