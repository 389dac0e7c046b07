"""What a question finds: which rows answer it, which may, and of which nobody can tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geo.question.form import Question

States = NDArray[np.uint8]
BoolArray = NDArray[np.bool_]
IntArray = NDArray[np.int64]

NO: Final = 0
UNJUDGED: Final = 1
PERHAPS: Final = 2
YES: Final = 3
"""Of conditions that hold together the lowest counts, of alternatives the highest."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Answers:
    """The answers of all rows of a kind.

    Attributes:
        question: What was asked.
        on: The day that it was asked for.
        ids: Of the rows, object array of shape ``(n,)``.
        state: `NO`, `UNJUDGED`, `PERHAPS` or `YES` for each, shape ``(n,)``.
        asked: How many rows were asked; merged sites are none of their own.
        unjudged_by: For each condition, in the order of the question, how many of the rows that
            nobody can judge it is a reason of.
        repeats: Of the allegations that answer, how many repeat another one.
        by_area: Of those that answer, how many are known by a unit only, all of which lies within.
        approximate: A province's approximate outline or an approximate crossing was used.
        grades: Grade → how many of the allegations that answer, in the order of the scale.
    """

    question: Question
    on: date
    ids: NDArray[np.object_]
    state: States
    asked: int
    unjudged_by: tuple[int, ...]
    repeats: int = 0
    by_area: int = 0
    approximate: bool = False
    grades: tuple[tuple[str, int], ...] = ()

    @property
    def mask(self) -> BoolArray:
        """Which rows answer, shape ``(n,)``."""
        found: BoolArray = self.state == YES
        return found

    @property
    def found(self) -> tuple[str, ...]:
        """Ids of the rows that answer, in the order of the table."""
        return tuple(self.ids[self.mask].tolist())

    @property
    def perhaps_ids(self) -> tuple[str, ...]:
        """Ids of the rows that may answer: their place is not known well enough."""
        return tuple(self.ids[self.state == PERHAPS].tolist())

    @property
    def n(self) -> int:
        """How many answer."""
        return int(self.mask.sum())

    @property
    def perhaps(self) -> int:
        """How many may answer."""
        return int((self.state == PERHAPS).sum())

    @property
    def unjudged(self) -> int:
        """How many cannot be judged: what is not known is not no."""
        return int((self.state == UNJUDGED).sum())
