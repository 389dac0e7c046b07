"""What can be asked of each kind of row, with which words and in which unit."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from geo.model.vocabulary import (
    Activity,
    AllegationKind,
    AllegationStatus,
    Answer,
    CrossingClass,
    LegalStatus,
    Neighbour,
    Precision,
    SiteKind,
)
from geo.question.form import (
    About,
    AtLeast,
    Condition,
    GradeAtLeast,
    Lately,
    Near,
    OneOf,
    Period,
    Unseen,
)


class YesNo(StrEnum):
    """An answer that is never unknown."""

    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Field:
    """A field that can be asked for.

    Attributes:
        shape: What a condition on it looks like; a day has two, `Period` and `Lately`.
        words: The vocabulary of a choice.
    """

    shape: tuple[type[Condition], ...]
    words: type[StrEnum] | None = None


def _choice(words: type[StrEnum]) -> Field:
    return Field((OneOf,), words)


_DAY: Final = Field((Lately, Period))
_NUMBER: Final = Field((AtLeast,))
_COMMON: Final = {"place": Field((Near,))}

FIELDS: Final[dict[About, dict[str, Field]]] = {
    About.SITES: {
        **_COMMON,
        "grade": Field((GradeAtLeast,)),
        "visited": Field((Unseen,)),
        "kind": _choice(SiteKind),
        "legal_status": _choice(LegalStatus),
        "activity": _choice(Activity),
        "licensed": _choice(YesNo),
        "allegations": _NUMBER,
        "alleged": _choice(AllegationKind),
        "held_now": _choice(Answer),
        "capacity": _NUMBER,
        "precision": _choice(Precision),
    },
    About.ALLEGATIONS: {
        **_COMMON,
        "grade": Field((GradeAtLeast,)),
        "visited": Field((Unseen,)),
        "kinds": _choice(AllegationKind),
        "status": _choice(AllegationStatus),
        "held_now": _choice(Answer),
        "received_on": _DAY,
        "occurred_on": _DAY,
        "people": _NUMBER,
        "linked": _choice(YesNo),
        "precision": _choice(Precision),
    },
    About.CROSSINGS: {
        **_COMMON,
        "crossing_class": _choice(CrossingClass),
        "neighbour": _choice(Neighbour),
        "open": _choice(Answer),
    },
}
"""What is asked for → key of a field → what can be asked of it; the first is offered first."""
