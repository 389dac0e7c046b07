"""The ILO's indicators: every look is kept, the newest counts, unknown is not no."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from geo.edit.indicators import answers_now, check_indicators, checks_of
from geo.errors import InputError
from geo.model.vocabulary import Answer, Indicator, LegalStatus

DEBT, WAGES = Indicator.DEBT_BONDAGE, Indicator.WITHHOLDING_OF_WAGES
DAY = date(2022, 9, 2)


def answers(plan):
    return answers_now(checks_of(plan, plan.site().id))


def look(plan, what, day=DAY, source="Labour inspector (demo)"):
    plan.commit(check_indicators(plan, plan.site().id, what, source, day))


def test_an_indicator_that_nobody_looked_for_is_unknown(plan):
    assert set(answers(plan)) == set(Indicator)
    assert set(answers(plan).values()) == {Answer.UNKNOWN}


def test_the_answers_of_one_look_are_one_edit(plan):
    look(plan, {DEBT: Answer.YES, WAGES: Answer.NO})
    assert (answers(plan)[DEBT], answers(plan)[WAGES]) == (Answer.YES, Answer.NO)
    plan.undo()
    assert set(answers(plan).values()) == {Answer.UNKNOWN}


def test_the_newest_look_counts_and_the_earlier_ones_stay(plan):
    look(plan, {DEBT: Answer.YES})
    look(plan, {DEBT: Answer.NO}, DAY + timedelta(days=1))
    look(plan, {DEBT: Answer.UNKNOWN}, DAY - timedelta(days=1))  # entered late
    found = [check.answer for check in checks_of(plan, plan.site().id)[DEBT]]
    assert found == [Answer.NO, Answer.YES, Answer.UNKNOWN]
    assert answers(plan)[DEBT] is Answer.NO


def test_of_two_looks_of_one_day_the_one_entered_last_counts(plan):
    look(plan, {DEBT: Answer.YES})
    look(plan, {DEBT: Answer.UNKNOWN})
    assert answers(plan)[DEBT] is Answer.UNKNOWN


def test_all_indicators_together_decide_nothing(plan):
    look(plan, dict.fromkeys(Indicator, Answer.YES))
    assert plan.site().legal_status is LegalStatus.UNVERIFIED


@pytest.mark.parametrize(
    ("what", "source", "day", "code"),
    [
        ({}, "Demo", DAY, "error.indicators.nothing"),
        ({DEBT: Answer.YES}, " ", DAY, "error.indicators.no_source"),
        ({DEBT: Answer.YES}, "Demo", date(2999, 1, 1), "error.indicators.future"),
    ],
)
def test_a_look_has_answers_a_source_and_a_day(plan, what, source, day, code):
    with pytest.raises(InputError) as refused:
        check_indicators(plan, plan.site().id, what, source, day)
    assert refused.value.code == code
