"""Which returns count when 25 provinces are set side by side."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from geo.analysis.scoreboard.board import Period, no_action
from geo.analysis.scoreboard.from_returns import board_of_returns
from geo.analysis.scoreboard.measures import Measure
from geo.combining import Finding, combine, keys_in
from geo.return_document import to_bytes
from tests.geo.returning import PROVINCES, SEPTEMBER, key_of, told

KEYS = {p: frozenset({key_of(p).public_key}) for p in PROVINCES}


def files(*returns):
    return [(f"{n}.json", to_bytes(one)) for n, one in enumerate(returns)]


def found(made):
    return [(r.finding, r.file) for r in made.remarks]


def test_provinces_stand_side_by_side_and_nothing_is_to_be_said():
    made = combine(files(told("18"), told("01")), PROVINCES, KEYS)
    assert list(made.of(SEPTEMBER)) == ["01", "18"]
    assert made.remarks == ()


def test_an_altered_file_is_refused_and_its_province_has_no_return():
    altered = to_bytes(told("18")).replace(b'"reported": 12', b'"reported": 2')
    made = combine([("a.json", altered), *files(told("01"))], PROVINCES, KEYS)
    assert found(made) == [(Finding.ALTERED, "a.json")]
    assert "18" not in made.of(SEPTEMBER)


def test_the_key_of_another_province_is_refused():
    made = combine(files(told("18", signer=key_of("01"))), PROVINCES, KEYS)
    assert (found(made), made.returns) == ([(Finding.UNKNOWN_KEY, "0.json")], ())
    assert made.remarks[0].refuses


@pytest.mark.parametrize("keys", [None, {}, {"01": KEYS["01"]}])
def test_without_a_known_key_it_counts_and_is_marked(keys):
    made = combine(files(told("18")), PROVINCES, keys)
    assert found(made) == [(Finding.KEY_UNCHECKED, "0.json")]
    assert len(made.returns) == 1


def test_a_key_that_signed_before_is_not_marked_and_another_one_is():
    earlier = told("18", month=date(2022, 8, 1))
    forged = replace(told("18", month=date(2022, 7, 1), signer=key_of("02")), reported=1)
    seen = keys_in([earlier, forged])
    assert seen == {"18": KEYS["18"]}
    assert combine(files(told("18")), PROVINCES, seen=seen).remarks == ()
    other = combine(files(told("18", signer=key_of("02"))), PROVINCES, seen=seen)
    assert [r.finding for r in other.remarks] == [Finding.NEW_KEY]
    assert len(other.returns) == 1


def test_what_is_no_return_and_an_unknown_province_are_refused():
    made = combine([("a.json", b"{}"), *files(told("26"))], PROVINCES, KEYS)
    assert [f for f, _ in found(made)] == [Finding.NOT_A_RETURN, Finding.NO_SUCH_PROVINCE]


def test_the_same_return_twice_counts_once():
    one = told("18")
    made = combine(files(one, one), PROVINCES, KEYS)
    assert (made.returns, found(made)) == ((one,), [(Finding.TWICE, "1.json")])


@pytest.mark.parametrize("order", [1, -1])
def test_the_last_edition_counts_in_whatever_order_they_come(order):
    first, second = told("18"), told("18", edition=2, reported=14)
    made = combine(files(*(first, second)[::order]), PROVINCES, KEYS)
    assert made.returns == (second,)
    assert [r.finding for r in made.remarks] == [Finding.SUPERSEDED]
    assert made.remarks[0].edition == 1


@pytest.mark.parametrize("other", [{"reported": 14}, {"plan_id": "copy", "edition": 2}])
def test_two_returns_that_contradict_each_other_count_for_nothing(other):
    made = combine(files(told("18"), told("18", **other)), PROVINCES, KEYS)
    assert made.returns == ()
    assert [f for f, _ in found(made)] == [Finding.CONTRADICT] * 2


def test_fictional_counts_are_said_to_be_fictional():
    made = combine(files(told("18", fictional=True)), PROVINCES, KEYS)
    assert found(made) == [(Finding.FICTIONAL, "0.json")]


def test_no_return_is_no_number_and_not_reported_neither():
    september = Period(SEPTEMBER, date(2022, 9, 30))
    board = board_of_returns([told("18", inspected=0, last_action_on=None)], PROVINCES, september)
    place = PROVINCES.index("18")
    assert board.figure(Measure.REPORTED, place) == 12
    assert board.figure(Measure.INSPECTED, place) == 0
    assert board.figure(Measure.RESCUED, place) is None
    assert board.figure(Measure.FINES_PROPOSED, place) is None
    assert set(board.no_return) == set(PROVINCES) - {"18"}
    assert board.total(Measure.REPORTED) == 12
    # It reported and did nothing; the others said nothing, which is another list.
    assert [(i.unit, i.days) for i in no_action(board, 1)] == [(place, None)]


def test_months_add_up_and_open_is_what_the_last_one_says():
    august = told("18", month=date(2022, 8, 1), still_open=30, last_action_on=date(2022, 8, 20))
    board = board_of_returns(
        [told("18", still_open=25, inspected=None), august], PROVINCES, Period(None, SEPTEMBER)
    )
    place = PROVINCES.index("18")
    assert board.figure(Measure.REPORTED, place) == 24
    assert board.figure(Measure.OPEN, place) == 25
    # 12 days to the end of the period; the return of September says nothing of the rest of it.
    assert board.days_since(place) == 12
    assert [row.id for row in board.rows(Measure.INSPECTED, place)] == [august.id]
    assert board.months["18"] == (date(2022, 8, 1), SEPTEMBER)


def test_what_a_province_did_after_its_last_return_nobody_knows():
    acted = told("18", last_action_on=date(2022, 9, 20))
    other = told("01", month=date(2022, 10, 1))
    board = board_of_returns([acted, other], PROVINCES, Period(None, date(2022, 12, 31)))
    assert board.days_since(PROVINCES.index("18")) == 10
    assert board.gaps() == {"18": (date(2022, 10, 1),), "01": (SEPTEMBER,)}
