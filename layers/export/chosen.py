"""By what the rows of a table were chosen: that a row was chosen tells it, whatever is copied.

The filter of the map is not asked: it narrows sites and crossings only by fields that leave with
them, and rows of other kinds leave at the grade command alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.errors import InputError
from geo.model.vocabulary import Grade
from layers.export.asked import demand_question
from layers.export.rows import demand_grade, may_leave

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.model.entity import Kind
    from geo.question.chosen import Chosen


def demand_chosen(kind: Kind, chosen: Chosen, grade: Grade, heads: Mapping[str, str]) -> None:
    """Refuse rows whose choice would tell what may not leave at a grade.

    A text may have been found in any of the columns that were looked into, so that all of them must
    be fit to leave; among the command's own people it tells too little to be refused.

    Args:
        kind: Kind of the rows.
        chosen: What they were chosen by.
        grade: Grade of the copy.
        heads: Key of a column → code of its heading.

    Raises:
        InputError: No rows of the kind leave at this grade, or not these.
    """
    demand_grade(kind, grade)
    if chosen.question is not None:
        demand_question(chosen.question, grade)
    if grade is not Grade.COMMAND and chosen.figure:
        raise InputError("export.error.chosen_figure", grade=grade)
    for key in chosen.columns:
        if not may_leave(kind, key, grade):
            raise InputError("export.error.chosen_by", grade=grade, head=heads.get(key, key))
    if grade is Grade.COMMAND:
        return
    for key in chosen.sought:
        if not may_leave(kind, key, grade):
            raise InputError("export.error.chosen_text", grade=grade, head=heads.get(key, key))


def in_order(
    kind: Kind, ids: Sequence[str], sorted_by: str, grade: Grade, place: Mapping[str, int]
) -> tuple[str, ...]:
    """Return rows as they are sorted, or as the plan has them where the order tells too much.

    Args:
        kind: Kind of the rows.
        ids: Of the rows, as they are shown.
        sorted_by: Key of the column by which they are sorted, or empty.
        grade: Grade of the copy.
        place: Id → position in the plan.
    """
    if not sorted_by or may_leave(kind, sorted_by, grade):
        return tuple(ids)
    return tuple(sorted(ids, key=lambda i: place.get(i, len(place))))
