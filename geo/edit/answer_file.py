"""Waiting rows as a text to be filled in, and back: for `app.py answer` and `import --answers`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypedDict

from geo.catalogue import Language, text
from geo.edit.answers import OPEN, problem_of_row
from geo.errors import InputError
from geo.formats.choices import choices
from geo.formats.mapping import Mapping
from geo.formats.repair import Answer, accepting, can_accept
from geo.formats.summary import field_words, is_guarded
from geo.model.plan import ImportBatch, ImportRow
from geo.model.vocabulary import WaitingState

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.edit.reading import PlanRows
    from geo.formats.found import Problem
    from geo.gazetteer import Gazetteer
    from geo.model.entity import Kind

Place = tuple[str, int]
"""Sheet and row, as a person counts in the file."""


class OpenRow(TypedDict):
    """A row that waits, with room for its answer.

    ``answer`` is ``{"values": {field: text}}``, ``{"accept": true}`` where ``can_accept`` says so,
    ``{"skip": true}``, or null, which leaves the row waiting.
    """

    sheet: str
    row: int
    field: str
    value: str
    question: str
    can_accept: bool
    proposal: str
    choices: list[dict[str, object]]
    answer: dict[str, object] | None


def open_rows(
    plan: PlanRows, batch: ImportBatch, language: Language, gazetteer: Gazetteer
) -> list[OpenRow]:
    """Return the rows of an import that wait, in the order of the file."""
    mapping = Mapping.from_json(batch.mapping)
    rows = [r for r in plan.all(ImportRow) if r.batch_id == batch.id]
    found: list[OpenRow] = []
    for row in sorted(rows, key=lambda r: (r.sheet, r.row)):
        if row.state is not WaitingState.WAITING:
            continue
        problem = problem_of_row(row)
        may_be = choices(
            problem, values_of_row(row, mapping), batch.target, gazetteer, plan.info.province_code
        )
        found.append(
            {
                "sheet": row.sheet,
                "row": row.row,
                "field": row.field,
                # What no list of rejects shows is not printed either; the row says where to look.
                "value": "" if is_guarded(batch.target, row.field) else row.value,
                "question": question_words(problem, batch.target, language),
                "can_accept": can_accept(problem, batch.target),
                "proposal": problem.proposal,
                "choices": [
                    {"values": dict(c.values), "means": c.words(language, gazetteer)}
                    for c in may_be
                ],
                "answer": None,
            }
        )
    return found


def question_words(problem: Problem, target: Kind, language: Language) -> str:
    """Return what a problem says or asks, in words."""
    params = {**problem.params, "field": field_words(target, problem.field, language)}
    return text(problem.code, language, **params)


def values_of_row(row: ImportRow, mapping: Mapping) -> dict[str, str]:
    """Return a row that is kept in the plan by field."""
    values = json.loads(row.values)
    return {name: str(values.get(column) or "") for name, column in mapping.columns.items()}


def answers_for(plan: PlanRows, batch: ImportBatch, content: str) -> dict[str, Answer]:
    """Return the answers of a text by the ids of the rows that they are for.

    Raises:
        InputError: The text holds no answers, or is for a row that does not wait.
    """
    rows = {
        (r.sheet, r.row): r
        for r in plan.all(ImportRow)
        if r.batch_id == batch.id and r.state in OPEN
    }
    found = read_answers(content, lambda p: problem_of_row(rows[p]) if p in rows else None)
    return {rows[place].id: answer for place, answer in found.items()}


def read_answers(
    content: str, problem_at: Callable[[Place], Problem | None]
) -> dict[Place, Answer]:
    """Return the answers that were filled in by the place of their rows.

    Args:
        content: JSON text.
        problem_at: Tells what a row asks; None if it asks nothing.

    Raises:
        InputError: The text holds no answers, or is for a row that does not wait.
    """
    try:
        items = json.loads(content)
        items = items["rows"] if isinstance(items, dict) else items
        given = [(str(i.get("sheet") or ""), int(i["row"]), i["answer"]) for i in items]
        filled = [((sheet, row), answer) for sheet, row, answer in given if answer]
        read = {place: _answer(answer, place[1], problem_at(place)) for place, answer in filled}
    except (ValueError, TypeError, KeyError, AttributeError):
        raise InputError("error.answer.bad_file") from None
    return read


def _answer(given: dict[str, object], row: int, problem: Problem | None) -> Answer:
    if problem is None:
        raise InputError("error.answer.not_waiting", row=row)
    if not given.keys() <= {"values", "accept", "skip"}:
        raise InputError("error.answer.bad_file")
    values = given.get("values") or {}
    if not isinstance(values, dict):
        raise InputError("error.answer.bad_file")
    if given.get("skip") is True:
        return Answer(skip=True)
    answer = Answer()
    if given.get("accept") is True:
        answer = accepting(answer, problem)
    for name, value in values.items():
        answer = answer.typing(str(name), "" if value is None else str(value))
    return answer
