"""By what the rows of a table were chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from geo.question.form import Question


class Chosen(NamedTuple):
    """What rows were chosen by: that they were chosen tells it.

    Attributes:
        columns: Keys of the columns by which they were filtered.
        sought: Keys of the columns in which a text was looked for.
        question: The question that they answer, or None.
        figure: They are the rows behind a figure of an analysis.
    """

    columns: tuple[str, ...] = ()
    sought: tuple[str, ...] = ()
    question: Question | None = None
    figure: bool = False
