"""How much an allegation weighs in a statistic: a choice of the user, with a table to be seen.

An Admiralty grade is two letters of an order and no measurement; any weight is a convention. This
one is stated wherever it was used, and what nobody could judge (F, 6) weighs exactly as much as
every allegation does when nothing is weighted: neutral, not bad.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.model.vocabulary import Credibility, Reliability

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Weighting(StrEnum):
    """Whether allegations weigh by their grade; the value is what ``--weight`` takes."""

    NONE = "none"
    GRADE = "grade"


BY_RELIABILITY: Final[dict[Reliability, float]] = {
    Reliability.A: 1.5,
    Reliability.B: 1.25,
    Reliability.C: 1.0,
    Reliability.D: 0.75,
    Reliability.E: 0.5,
    Reliability.F: 1.0,
}
BY_CREDIBILITY: Final[dict[Credibility, float]] = {
    Credibility.ONE: 1.5,
    Credibility.TWO: 1.25,
    Credibility.THREE: 1.0,
    Credibility.FOUR: 0.75,
    Credibility.FIVE: 0.5,
    Credibility.SIX: 1.0,
}
"""The weight of a grade is the product of both: A1 2.25, C3 1, F6 1, E5 0.25."""


def table_of(weighting: Weighting) -> NDArray[np.float64]:
    """Return the weight of each grade, shape ``(6, 6)``: reliability A–F by credibility 1–6."""
    if weighting is Weighting.NONE:
        return np.ones((len(Reliability), len(Credibility)))
    reliability = np.array([BY_RELIABILITY[r] for r in Reliability])
    credibility = np.array([BY_CREDIBILITY[c] for c in Credibility])
    return np.outer(reliability, credibility)
