from __future__ import annotations

import pytest

from geo.model.allegation import Allegation, at_least
from geo.model.vocabulary import Answer, Credibility, Reliability

R, C = Reliability, Credibility


@pytest.mark.parametrize(
    ("grade", "good"),
    [
        ((R.A, C.ONE), True),
        ((R.B, C.TWO), True),
        ((R.B, C.THREE), False),
        ((R.C, C.ONE), False),
        ((R.E, C.FIVE), False),
    ],
)
def test_a_grade_is_good_enough_only_in_both_fields(grade, good):
    assert at_least(*grade) is good


@pytest.mark.parametrize(
    "grade", [(R.F, C.ONE), (R.A, C.SIX), (R.F, C.SIX), (R.F, C.FIVE), (R.E, C.SIX)]
)
def test_what_cannot_be_judged_is_neither_good_nor_bad(grade):
    assert at_least(*grade) is None


def test_an_allegation_starts_without_a_judgement():
    new = Allegation()
    assert (new.reliability, new.credibility, new.held_now) == (R.F, C.SIX, Answer.UNKNOWN)
