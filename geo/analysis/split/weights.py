"""What the work in a zone is made of, and how much each part weighs: the visible formula.

    workload = Σ sites × weight of their legal status
             + Σ allegations still open × weight of their Admiralty grade
             + allegations of people held now × a weight on top
             + area in km² × weight of a square kilometre

One point is about what a team spends on visiting one unclassified site. Reliability F and
credibility 6 mean that nobody could judge: such an allegation weighs as much as one of middling
grade, neither more nor less.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Final

from geo.errors import InputError
from geo.model.vocabulary import AllegationStatus, Credibility, LegalStatus, Reliability


class Part(StrEnum):
    """A part of the workload, in the order of the columns of every matrix of it."""

    SITES = "sites"
    ALLEGATIONS = "allegations"
    HELD = "held"
    AREA = "area"


class Measure(StrEnum):
    """What a split balances; the value is what ``--weight`` takes."""

    WORKLOAD = "workload"
    SITES = "sites"
    ALLEGATIONS = "allegations"
    AREA = "area"


# An allegation that turned out to be another, empty, or that has been dealt with is no work left.
DONE: Final = frozenset(
    {
        AllegationStatus.DUPLICATE,
        AllegationStatus.INSUFFICIENT,
        AllegationStatus.UNSUBSTANTIATED,
        AllegationStatus.ACTIONED,
        AllegationStatus.CLOSED,
    }
)
_STRONG: Final = frozenset({Reliability.A, Reliability.B})
_SURE: Final = frozenset({Credibility.ONE, Credibility.TWO})


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How much each thing weighs, in points; none may be negative.

    Attributes:
        unclassified: A site whose legal status is unverified or under review: it must be visited.
        illegal: A site decided illegal, or whose licence was revoked.
        mixed: A site decided mixed, or suspended.
        legal: A site decided legal or regularised: passed by, seldom entered.
        strong: An allegation of grade A or B with 1 or 2.
        fair: An allegation of any grade between, and one that nobody could judge (F or 6).
        weak: An allegation of reliability E or credibility 5.
        held: On top, when people are said to be held there now: the rescue goes first.
        square_km: A square kilometre, for the roads in it.
    """

    unclassified: float = 1.0
    illegal: float = 3.0
    mixed: float = 2.0
    legal: float = 0.25
    strong: float = 4.0
    fair: float = 2.0
    weak: float = 1.0
    held: float = 6.0
    square_km: float = 0.01

    def check(self) -> None:
        """Refuse weights by which nothing can be balanced.

        Raises:
            InputError: One is negative or no number, or all are zero.
        """
        values = [float(getattr(self, f.name)) for f in fields(self)]
        # Also false for what is no number.
        if not all(0.0 <= v < float("inf") for v in values) or not any(values):
            raise InputError("error.split.weights")

    def of_site(self, status: LegalStatus) -> float:
        """Return what a site of a legal status weighs."""
        if status in {LegalStatus.UNVERIFIED, LegalStatus.UNDER_REVIEW}:
            return self.unclassified
        if status in {LegalStatus.ILLEGAL, LegalStatus.REVOKED}:
            return self.illegal
        if status in {LegalStatus.MIXED, LegalStatus.SUSPENDED}:
            return self.mixed
        return self.legal

    def of_grade(self, reliability: Reliability, credibility: Credibility) -> float:
        """Return what an open allegation of a grade weighs, without who is held."""
        if reliability is Reliability.F or credibility is Credibility.SIX:
            return self.fair
        if reliability is Reliability.E or credibility is Credibility.FIVE:
            return self.weak
        if reliability in _STRONG and credibility in _SURE:
            return self.strong
        return self.fair


def weights_for(measure: Measure, weights: Weights | None = None) -> Weights:
    """Return the weights that balance by one measure alone, or by all of the workload."""
    weights = weights or Weights()
    sites = {"unclassified": 0.0, "illegal": 0.0, "mixed": 0.0, "legal": 0.0}
    allegations = {"strong": 0.0, "fair": 0.0, "weak": 0.0, "held": 0.0}
    if measure is Measure.SITES:
        ones = {"unclassified": 1.0, "illegal": 1.0, "mixed": 1.0, "legal": 1.0}
        return replace(weights, **ones, **allegations, square_km=0.0)
    if measure is Measure.ALLEGATIONS:
        return replace(weights, **sites, square_km=0.0)
    if measure is Measure.AREA:
        return replace(weights, **sites, **allegations, square_km=1.0)
    return weights
