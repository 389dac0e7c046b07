"""Answering rows that an import left waiting: checked again against the plan as it is now."""

from __future__ import annotations

import json
from collections.abc import Mapping as Dict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geo.edit.edit import Delta, Edit, updating
from geo.edit.importing import existing_in, good_rows, reason_json
from geo.edit.reading import PlanAfter
from geo.edit.verbs import Verb
from geo.errors import InputError
from geo.formats.found import Problem
from geo.formats.kept import SETTLED, kept_row, rows_again, settled_of
from geo.formats.mapping import Mapping
from geo.formats.recheck import check_part, problem_of, usual_province
from geo.formats.repair import Answer, accepting, corrected, demand_answer
from geo.model.entity import Kind
from geo.model.plan import ImportBatch, ImportRow
from geo.model.vocabulary import WaitingState

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.edit.reading import PlanRows
    from geo.formats.rows import Checked
    from geo.gazetteer import Gazetteer
    from geo.model.codec import Scalar

OPEN = frozenset((WaitingState.WAITING, WaitingState.REJECTED))
_COLUMNS = ("field", "value", "reason", "values", "state")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What answers would do.

    Attributes:
        edit: The one edit, or None if no row gets on.
        imported: Ids of the rows that become rows of the plan.
        skipped: Ids of those that are left out.
        still: Id of a row that is not settled → what is asked now.
    """

    edit: Edit | None
    imported: tuple[str, ...]
    skipped: tuple[str, ...]
    still: Dict[str, Problem]


def answer_rows(
    plan: PlanRows, answers: Dict[str, Answer], gazetteer: Gazetteer | None = None
) -> Edit:
    """Return the one edit that answers waiting rows; see `check_answers`.

    Raises:
        InputError: A row is gone or answered already, or no answer settles its row.
    """
    found = check_answers(plan, answers, gazetteer)
    if found.edit is None:
        raise InputError("error.answer.none_settled", n=len(answers))
    return found.edit


def check_answers(
    plan: PlanRows, answers: Dict[str, Answer], gazetteer: Gazetteer | None = None
) -> Answered:
    """Check waiting rows again with their answers; the plan is not changed.

    Args:
        plan: The plan as it is now: what a row repeats, or refers to, may be new in it.
        answers: Id of an `ImportRow` → what a person says about it.
        gazetteer: Names and territory; None takes the one that is shipped.

    Raises:
        InputError: A row is gone or answered already, or cannot take such an answer.
    """
    deltas: list[Delta] = []
    rows: list[tuple[ImportRow, ImportRow]] = []
    still: dict[str, Problem] = {}
    for batch, asked in _by_batch(plan, answers):
        # What one file brings, the next must not bring again.
        seen = PlanAfter(plan, deltas) if deltas else plan
        work = _Batch(seen, batch, asked, answers, gazetteer)
        deltas += work.deltas
        rows += work.rows
        still |= work.still
    new = {row.id: row.state for _, row in rows}
    imported = tuple(i for i, state in new.items() if state is WaitingState.ANSWERED)
    skipped = tuple(i for i, state in new.items() if state is WaitingState.SKIPPED)
    edit = None
    if rows:
        edit = Edit(
            verb=Verb.ANSWER_ROWS,
            params={"count": len(imported) + len(skipped)},
            deltas=(*deltas, _updated(rows)),
        )
    return Answered(edit=edit, imported=imported, skipped=skipped, still=still)


def problem_of_row(row: ImportRow, position: int = 0) -> Problem:
    """Return why a row was not imported, as it is kept in the plan."""
    code, params = json.loads(row.reason)
    return Problem(
        position=position,
        row=row.row,
        sheet=row.sheet,
        field=row.field,
        value=row.value,
        code=str(code),
        params={k: str(v) for k, v in params.items() if k != "proposal"},
        ask=row.state is WaitingState.WAITING,
        proposal=str(params.get("proposal", "")),
    )


def with_yes(answer: Answer, row: ImportRow) -> Answer:
    """Return an answer that says yes to the question about a row."""
    return accepting(answer, problem_of_row(row))


def _by_batch(
    plan: PlanRows, answers: Dict[str, Answer]
) -> list[tuple[ImportBatch, list[ImportRow]]]:
    groups: dict[str, list[ImportRow]] = {}
    for row_id, answer in answers.items():
        row = plan.find(ImportRow, row_id)
        if row is None or row.state not in OPEN:
            raise InputError("error.answer.gone")
        if not answer.empty:
            groups.setdefault(row.batch_id, []).append(row)
    found = []
    for batch_id, rows in groups.items():
        batch = plan.find(ImportBatch, batch_id)
        if batch is None:
            raise InputError("error.answer.gone")
        found.append((batch, sorted(rows, key=lambda r: (r.sheet, r.row))))
    return found


class _Batch:
    """The answers to the rows of one import."""

    def __init__(
        self,
        plan: PlanRows,
        batch: ImportBatch,
        rows: list[ImportRow],
        answers: Dict[str, Answer],
        gazetteer: Gazetteer | None,
    ) -> None:
        self._plan, self._batch = plan, batch
        self._answers, self._gazetteer = answers, gazetteer
        self.rows: list[tuple[ImportRow, ImportRow]] = []
        self.deltas: list[Delta] = []
        self.still: dict[str, Problem] = {}
        for row in rows:
            if answers[row.id].skip:
                self.rows.append((row, replace(row, state=WaitingState.SKIPPED)))
        self._check([row for row in rows if not answers[row.id].skip])
        self._count()

    def _check(self, rows: list[ImportRow]) -> None:
        if not rows:
            return
        mapping = Mapping.from_json(self._batch.mapping)
        own: dict[int, Answer] = {}
        for i, row in enumerate(rows):
            answer = self._answers[row.id]
            demand_answer(answer, problem_of_row(row), mapping.target)
            own[i] = replace(answer, accepted=answer.accepted | settled_of(row))
        raw = rows_again(rows, mapping)
        existing = existing_in(self._plan, mapping.target)
        usual = usual_province(self._codes(mapping.target))
        existing = replace(existing, province_code=usual or existing.province_code)
        checked = check_part(raw, mapping, own, existing, self._gazetteer)
        self.deltas += good_rows(self._plan, checked, self._batch.file_name, "")
        for i in checked.good:
            self.rows.append((rows[i], replace(rows[i], state=WaitingState.ANSWERED)))
        for i, problem in problem_of(checked).items():
            self._ask_again(rows[i], problem, own[i], i, checked)

    def _codes(self, target: Kind) -> Iterable[object]:
        """Return the units of what the same file brought."""
        table = self._plan.table(target)
        if "admin_code" not in table.columns or "source" not in table.columns:
            return ()
        return list(table["admin_code"][table["source"] == self._batch.file_name])

    def _ask_again(
        self, row: ImportRow, problem: Problem, answer: Answer, i: int, checked: Checked
    ) -> None:
        """Keep what was answered where it led to another question; a wrong value is not kept."""
        self.still[row.id] = problem
        if (problem.field, problem.code) == (row.field, json.loads(row.reason)[0]):
            return
        if not problem.ask:
            return
        table, mapping = corrected(checked.raw, checked.mapping, {i: answer.values})
        if mapping.columns != checked.mapping.columns:
            return  # A field that this file has no column for has no place to be kept in.
        values: dict[str, str | None] = kept_row(table, mapping, i)
        values[SETTLED] = " ".join(sorted(answer.accepted))
        self.rows.append(
            (
                row,
                replace(
                    row,
                    field=problem.field,
                    value=problem.value,
                    reason=reason_json(problem),
                    values=json.dumps(values, ensure_ascii=False),
                ),
            )
        )

    def _count(self) -> None:
        """Keep rows = imported + rejected + waiting."""
        batch = self._batch
        imported, rejected, waiting = batch.imported, batch.rejected, batch.waiting
        for old, new in self.rows:
            if old.state is new.state:
                continue
            waiting -= old.state is WaitingState.WAITING
            rejected -= old.state is WaitingState.REJECTED
            imported += new.state is WaitingState.ANSWERED
            rejected += new.state is WaitingState.SKIPPED
        now = replace(batch, imported=imported, rejected=rejected, waiting=waiting)
        if now != batch:
            self.deltas.append(updating(batch, now))


def _updated(rows: list[tuple[ImportRow, ImportRow]]) -> Delta:
    """Return one change of many rows."""

    def columns(which: int) -> dict[str, list[Scalar]]:
        return {name: [_scalar(pair[which], name) for pair in rows] for name in _COLUMNS}

    return Delta(
        Kind.IMPORT_ROW,
        tuple(old.id for old, _ in rows),
        tuple(old.version for old, _ in rows),
        columns(0),
        columns(1),
    )


def _scalar(row: ImportRow, name: str) -> Scalar:
    value = getattr(row, name)
    return value.value if isinstance(value, WaitingState) else value
