"""Rows of all imports that wait for an answer, by what they ask; each act here is one edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem
from shiboken6 import isValid

from geo.catalogue import text
from geo.edit.verbs import Verb
from geo.errors import CancelledError
from geo.formats.choices import Choice, choices
from geo.formats.summary import field_words
from geo.model.entity import Kind
from geo.model.plan import ImportBatch, ImportRow
from geo.model.vocabulary import WaitingState
from gui import i18n
from gui.i18n import retext, tr
from gui.models.ask_model import Asked, AskModel
from gui.panels.base import Desk, Panel
from gui.rights import why_not
from gui.tips import plain_tip
from gui.widgets.ask_table import AskTable
from gui.widgets.buttons import IconButton
from gui.widgets.layouts import boxed, row
from gui.widgets.no_copy import keep_from_clipboard
from gui.widgets.states import StateView
from gui.widgets.texts import Data, Text

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.edit.answers import Answered
    from geo.edit.edit import Edit
    from geo.errors import PlanError
    from geo.formats.found import Problem
    from geo.formats.repair import Answer
    from geo.progress import Progress
    from geo.project import Project

QUESTIONS_PX, LEAST_PX = 300, 290
Question = tuple[str, str, str]
"""Kind of the rows, code and field of what they ask."""


class WaitingPage(Panel):
    """The questions on the left, their rows on the right.

    Attributes:
        closed: The user closes the page.
    """

    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("drawer")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._ids: NDArray[np.object_] = np.empty(0, dtype=object)
        self._shown: list[str] = []
        self._rows: dict[Question, list[str]] = {}
        self._wrong: dict[str, tuple[Answer, Problem]] = {}
        self._checked_now: dict[str, Answer] = {}
        self._next: dict[str, Answer] = {}
        self.busy = False
        self.questions = QListWidget()
        self.questions.setFixedWidth(QUESTIONS_PX)
        keep_from_clipboard(self.questions)
        self.questions.setSpacing(2)
        self.questions.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(LEAST_PX)
        self.questions.currentRowChanged.connect(lambda _row: self._show_rows())
        self.model = AskModel(self, self._choices_of)
        self.model.answered.connect(self._answered)
        self.asks = AskTable(self.model)
        self._count = Data(role="caption")
        close = IconButton("x", "window.close")
        close.clicked.connect(self.closed)
        head = row(
            Text("action.waiting_rows", role="heading"),
            12,
            Text("panel.waiting.note", role="caption"),
            None,
            self._count,
            close,
        )
        head.setContentsMargins(12, 6, 8, 2)
        inside = row(self.questions, self.asks, gap=12)
        inside.setContentsMargins(12, 0, 12, 8)
        inside.setStretch(1, 1)
        self.states = StateView(boxed(inside))
        self.box.addLayout(head)
        self.box.addWidget(self.states, 1)
        desk.session.closed.connect(self._forget)
        retext(self, self._word)

    def refresh(self, project: Project) -> None:
        table = project.table(Kind.IMPORT_ROW)
        targets = {b.id: b.target for b in project.all(ImportBatch)}
        waiting = np.flatnonzero(table["state"] == WaitingState.WAITING.value)
        self._rows = {}
        for at in waiting.tolist():
            code = str(table["reason"][at]).split('"', 2)[1]
            target = targets[str(table["batch_id"][at])].value
            question = (target, code, str(table["field"][at]))
            self._rows.setdefault(question, []).append(str(table.ids[at]))
        why, params = why_not(project, Verb.ANSWER_ROWS)
        self.asks.forbid(why, **params)
        self._word()
        if self._rows:
            self.states.show_full()
        else:
            self.states.show_empty(
                "panel.waiting.empty", "panel.waiting.empty_next", icon="circle-check"
            )

    def _forget(self) -> None:
        """The plan is closed: its rows are no rows of another."""
        self._rows, self._shown, self._wrong, self.busy = {}, [], {}, False
        self._checked_now, self._next = {}, {}

    # --- what is shown --------------------------------------------------------------------------

    def _word(self) -> None:
        self.questions.setAccessibleName(tr("panel.waiting.questions"))
        n = sum(len(ids) for ids in self._rows.values())
        self._count.setText(tr("panel.waiting.count", n=i18n.number(n)))
        items = self.questions.selectedItems()
        chosen = items[0].data(Qt.ItemDataRole.UserRole) if items else None
        self.questions.blockSignals(True)
        self.questions.clear()
        self._add_question(tr("panel.waiting.all"), n, "")
        for question, ids in sorted(self._rows.items(), key=lambda pair: -len(pair[1])):
            target, code, name = question
            field = field_words(Kind(target), name, i18n.language())
            asked = text(code, i18n.language(), **_blank(field))
            self._add_question(f"{field}: {asked}", len(ids), "|".join(question))
        keys = [
            self.questions.item(i).data(Qt.ItemDataRole.UserRole)
            for i in range(self.questions.count())
        ]
        self.questions.setCurrentRow(keys.index(chosen) if chosen in keys else 0)
        self.questions.blockSignals(False)
        self._show_rows()

    def _add_question(self, words: str, count: int, key: str) -> None:
        item = QListWidgetItem(f"{i18n.number(count)}  {words}")
        item.setData(Qt.ItemDataRole.UserRole, key)
        item.setToolTip(plain_tip(words))
        self.questions.addItem(item)

    def _show_rows(self) -> None:
        project, at = self.project, self.questions.currentRow()
        if project is None or at < 0:
            return
        key = str(self.questions.item(at).data(Qt.ItemDataRole.UserRole))
        self._shown = [i for q, ids in self._rows.items() if key in {"", "|".join(q)} for i in ids]
        several = len({b.id for b in project.all(ImportBatch) if b.waiting}) > 1
        shown = self._shown
        cache: dict[int, Asked] = {}

        def item_at(at: int) -> Asked:
            if at not in cache:
                cache[at] = _asked(project, shown[at], with_file=several)
            return cache[at]

        self.model.show_rows(len(shown), item_at)
        kept = {i: pair for i, pair in self._wrong.items() if i in set(shown)}
        self.model.answers.update({i: answer for i, (answer, _) in kept.items()})
        self.model.show_now({i: problem for i, (_, problem) in kept.items()})

    def _choices_of(self, item: Asked) -> tuple[Choice, ...]:
        from geo.edit.answer_file import values_of_row
        from geo.formats.mapping import Mapping
        from geo.gazetteer import Gazetteer

        project = self.project
        found = project.find(ImportRow, str(item.key)) if project is not None else None
        batch = project.find(ImportBatch, found.batch_id) if project and found else None
        if project is None or found is None or batch is None:
            return ()
        values = values_of_row(found, Mapping.from_json(batch.mapping))
        province = project.info.province_code
        problem = self.model.problem(item)
        return choices(problem, values, item.target, Gazetteer.load(), province)

    # --- answering ------------------------------------------------------------------------------

    def _answered(self) -> None:
        fresh = {
            str(i): a
            for i, a in self.model.answers.items()
            if str(i) not in self._wrong or self._wrong[str(i)][0] != a
        }
        self._wrong = {i: w for i, w in self._wrong.items() if i in self.model.answers}
        if self.busy:
            # Typed while others are checked: they come next, for the rows are shown anew then.
            self._next |= {i: a for i, a in fresh.items() if self._checked_now.get(i) != a}
        elif fresh:
            self._check(fresh)
            return
        self._show_wrong()

    def _check(self, fresh: dict[str, Answer]) -> None:
        project = self.project
        if project is None:
            return
        self.busy, self._checked_now = True, fresh

        def work(_progress: Progress) -> Answered:
            from geo.edit.answers import check_answers

            return check_answers(project, fresh)

        def found(result: Answered) -> None:
            if not isValid(self):
                return
            self._wrong |= {i: (fresh[i], problem) for i, problem in result.still.items()}
            if result.edit is not None:
                self.desk.session.commit(result.edit, self._tell, self._refused)
            else:
                self._show_wrong()
                self._go_on()

        self.desk.runner.run(work, found, self._refused)

    def _show_wrong(self) -> None:
        self.model.show_now({i: problem for i, (_, problem) in self._wrong.items()})

    def _go_on(self) -> None:
        """Check what was answered meanwhile."""
        self.busy, self._checked_now = False, {}
        following, self._next = self._next, {}
        waiting = {i for ids in self._rows.values() for i in ids}
        left = {i: answer for i, answer in following.items() if i in waiting}
        if left:
            self._check(left)

    def _tell(self, edit: Edit) -> None:
        self.desk.toast.tell(
            "panel.waiting.done",
            n=i18n.number(int(edit.params["count"])),
            button="action.undo",
            press=self.desk.session.undo,
        )
        if isValid(self):
            # A row that went on to its next question is shown with that one.
            self._wrong = {i: w for i, w in self._wrong.items() if i not in _touched(edit)}
            self.refresh_now()
            self._go_on()

    def _refused(self, error: PlanError) -> None:
        if isValid(self):
            self._show_rows()
            self._go_on()
        if not isinstance(error, CancelledError):
            self.desk.toast.fail(error)


def _asked(project: Project, row_id: str, *, with_file: bool) -> Asked:
    from geo.edit.answers import problem_of_row

    found = project.get(ImportRow, row_id)
    batch = project.get(ImportBatch, found.batch_id)
    file = batch.file_name if with_file else ""
    return Asked(row_id, problem_of_row(found), batch.target, file)


def _touched(edit: Edit) -> frozenset[str]:
    return frozenset(i for d in edit.deltas if d.kind is Kind.IMPORT_ROW for i in d.ids)


def _blank(field: str) -> dict[str, str]:
    """Return what stands for the values in which the rows of one question differ."""
    return {"field": field, "row": "…", "first": "…", "second": "…", "column": "…", "name": "…"}
