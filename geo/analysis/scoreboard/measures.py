"""The columns of the scoreboard: what each counts, and which date puts it into a period.

Nothing is counted that no row stands for. A figure whose register has no row for a unit in the
period is *none known* and never zero: that nobody entered a visit does not say that there was none.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple

from geo.model.entity import Kind


class Measure(StrEnum):
    """A column of the scoreboard.

    Attributes:
        REPORTED: Allegations, by the day of receipt. Duplicates count once, with the allegation
            that they repeat. All states count, *unsubstantiated* and *insufficient* too: they were
            reported.
        TRIAGED: Of the allegations reported in the period those that are beyond *received* now,
            whenever that happened.
        OPEN: Allegations received up to the period's last day, before its first day too, on which
            something remains to be done now: received, triaged, assessing or corroborated.
        INSPECTED: Visits of sites, by the day of the visit in Cambodia. Two visits of one site are
            two.
        RESCUED: People, by the day that an outcome names.
        SUSPECTS: Suspects arrested, in all roles together, by the same day.
        CASES: Cases sent to court, by the same day.
        FINES_CONFIRMED: Riel, of fines that the labour inspector confirmed, by the day of that
            decision.
        FINES_PROPOSED: Riel, of fines on which nobody has decided yet, by the day of the visit. A
            rejected fine counts in neither.
    """

    REPORTED = "reported"
    TRIAGED = "triaged"
    INSPECTED = "inspected"
    RESCUED = "rescued"
    SUSPECTS = "suspects"
    CASES = "cases"
    FINES_CONFIRMED = "fines_confirmed"
    FINES_PROPOSED = "fines_proposed"
    OPEN = "open"


MEASURES: Final = tuple(Measure)
MONEY: Final = frozenset({Measure.FINES_CONFIRMED, Measure.FINES_PROPOSED})
"""What is riel and not a number of cases or people."""
STOCK: Final = frozenset({Measure.OPEN})
"""What has piled up by the period's last day, and not what came in between its days."""

ROWS: Final = {
    Measure.REPORTED: Kind.ALLEGATION,
    Measure.TRIAGED: Kind.ALLEGATION,
    Measure.OPEN: Kind.ALLEGATION,
    Measure.INSPECTED: Kind.INSPECTION,
    Measure.RESCUED: Kind.OUTCOME,
    Measure.SUSPECTS: Kind.OUTCOME,
    Measure.CASES: Kind.OUTCOME,
    Measure.FINES_CONFIRMED: Kind.FINE,
    Measure.FINES_PROPOSED: Kind.FINE,
}
"""Kind of the rows behind a figure that is counted in the plan's registers."""

FIELDS: Final = {
    Measure.REPORTED: "reported",
    Measure.TRIAGED: "triaged",
    Measure.INSPECTED: "inspected",
    Measure.RESCUED: "rescued",
    Measure.SUSPECTS: "suspects",
    Measure.CASES: "cases",
    Measure.FINES_CONFIRMED: "fines_riel",
    Measure.OPEN: "still_open",
}
"""Field of a monthly return; what is not here no return carries."""


class RowRef(NamedTuple):
    """A row behind a figure."""

    kind: Kind
    id: str
