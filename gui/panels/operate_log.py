"""The log of the day: what people wrote and every change of state, the newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget
from shiboken6 import isValid

from geo.clock import now
from geo.edit.day_log import StateLine, newest, rows_of, state_lines, whole_log
from geo.edit.inspections import local
from geo.edit.verbs import Verb
from geo.errors import PlanError
from geo.masking import mask
from geo.model.command import Assignment, LogEntry, Operation, Team, Zone
from geo.model.entity import Kind
from geo.model.plan import User
from geo.model.vocabulary import AssignmentState, LogCode, OperationState, ZoneState
from gui import i18n
from gui.i18n import retext, tr
from gui.panels.operate_zone_choice import ZoneChoice
from gui.rights import permit
from gui.widgets.buttons import Button, IconButton, explain
from gui.widgets.layouts import boxed, card, clear, column, row, scrolling
from gui.widgets.spins import MomentField
from gui.widgets.states import StateView
from gui.widgets.texts import Data

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from geo.edit.day_log import LogLine
    from geo.edit.edit import Edit
    from geo.model.table import Table
    from geo.project import Project
    from gui.panels.base import Desk

FIRST: Final = 60
"""So many lines are shown at once."""
STEPPED: Final = (Kind.OPERATION, Kind.ZONE, Kind.ASSIGNMENT)
_STATES: Final = {
    Kind.OPERATION: OperationState,
    Kind.ZONE: ZoneState,
    Kind.ASSIGNMENT: AssignmentState,
}


class LogPage(QWidget):
    """The lines, and the line that is being written.

    Attributes:
        write_asked: A line is to be written: words, code, time (None is now), zone id.
    """

    write_asked = Signal(str, str, object, str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._operation_id = ""
        self._until: date | None = None
        self._steps: tuple[StateLine, ...] = ()
        self._seen: tuple[object, ...] = ()
        self._shown = FIRST
        self._corrected = False
        self.zone = ZoneChoice("operate.whole_operation")
        self.zone.chosen.connect(lambda _id: self._fill())
        self.at = MomentField(now())
        self.at.dateTimeChanged.connect(lambda _at: self._time_touched())
        retext(self.at, lambda: self.at.setAccessibleName(tr("operate.log.time")))
        self.code = QComboBox()
        self.code.addItem("", "")
        for code in LogCode:
            self.code.addItem("", code.value)
        self.code.setMinimumContentsLength(6)
        self.code.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.code.currentIndexChanged.connect(lambda _at: self._allow())
        self.words = QLineEdit()
        self.words.textChanged.connect(lambda _text: self._typed())
        self.words.returnPressed.connect(self._write)
        self.add = IconButton("plus", "operate.log.add")
        self.add.clicked.connect(self._write)
        self.masked = Data(role="warning", wrap=True)
        self.masked.hide()
        self._lines = column(gap=6)
        outer = column(self._lines, None)
        outer.setContentsMargins(12, 4, 8, 8)
        self.states = StateView(scrolling(boxed(outer)))
        first = row(self.at, self.code, gap=6)
        first.setStretch(1, 1)
        second = row(self.words, self.add, gap=4)
        second.setStretch(0, 1)
        top = column(self.zone, first, second, self.masked, gap=6)
        top.setContentsMargins(12, 4, 12, 4)
        whole = column(top, self.states, gap=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        retext(self, self._word)

    def _word(self) -> None:
        self.words.setPlaceholderText(tr("operate.log.what"))
        self.words.setAccessibleName(tr("operate.log.what"))
        self.code.setAccessibleName(tr("operate.log.code"))
        self.code.setItemText(0, tr("operate.log.code"))
        for at in range(1, self.code.count()):
            self.code.setItemText(at, i18n.label(LogCode(self.code.itemData(at))))

    # --- the lines ------------------------------------------------------------------------------

    def show_log(
        self, project: Project, operation: Operation, zones: Sequence[Zone], until: date | None
    ) -> None:
        """Show the log of an operation, up to a day."""
        if operation.id != self._operation_id:
            self._operation_id, self._steps, self._shown, self._seen = operation.id, (), FIRST, ()
        self._until = until
        self.zone.offer([(z.id, z.name) for z in zones])
        self._allow()
        self._read(project)
        self._fill()

    def _read(self, project: Project) -> None:
        """Read the changes of state anew, on the store's thread, if any row of them changed."""
        seen: tuple[Table, ...] = tuple(project.table(kind) for kind in STEPPED)
        if len(seen) == len(self._seen) and all(
            a is b for a, b in zip(seen, self._seen, strict=True)
        ):
            return
        self._seen = seen
        operation_id, rows = self._operation_id, rows_of(project, self._operation_id)

        def show(edits: list[Edit]) -> None:
            if isValid(self) and operation_id == self._operation_id:
                self._steps = state_lines(edits)
                self._fill()

        def failed(error: PlanError) -> None:
            if isValid(self) and operation_id == self._operation_id:
                self.states.show_error(error, "command.look_again", self._again)

        try:
            reading = self._desk.session.on_store_thread(lambda plan: _edits(plan, rows))
        except PlanError as error:
            failed(error)
            return
        self._desk.runner.run(lambda _progress: reading.result(), show, failed)

    def _again(self) -> None:
        self._seen = ()
        project = self._desk.session.project
        if project is not None:
            self._read(project)

    def _fill(self) -> None:
        project = self._desk.session.project
        if project is None or not self._operation_id:
            return
        clear(self._lines)
        entries, n = newest(
            project,
            self._operation_id,
            self._shown,
            zone_id=self.zone.zone_id,
            until=self._until,
        )
        steps = [each for each in self._steps if self._wanted(project, each)]
        lines, count = whole_log(entries, steps)[::-1], n + len(steps)
        names = {u.id: u.name for u in project.all(User)}
        for each in lines[: self._shown]:
            self._lines.addWidget(_shown(project, each, names))
        if count > self._shown:
            more = Button("operate.log.more", look="link")
            more.say("operate.log.more", n=i18n.number(count - self._shown))
            more.clicked.connect(self._show_more)
            self._lines.addWidget(more)
        if lines:
            self.states.show_full()
        else:
            self.states.show_empty("operate.log.empty", "operate.log.empty_next", icon="list")

    def _show_more(self) -> None:
        self._shown += FIRST
        self._fill()

    def _wanted(self, project: Project, each: StateLine) -> bool:
        if self._until is not None and each.at.date() > self._until:
            return False
        chosen = self.zone.zone_id
        return not chosen or _zone_of(project, each) == chosen

    # --- the line that is written ---------------------------------------------------------------

    def _time_touched(self) -> None:
        self._corrected = self.at.hasFocus() or self._corrected

    def _typed(self) -> None:
        words = self.words.text().strip()
        stored = mask(words)
        self.masked.setText(tr("dialog.allegation.masked", text=stored) if stored != words else "")
        self.masked.setVisible(stored != words)
        self._allow()

    def _allow(self) -> None:
        project = self._desk.session.project
        may = permit(self.add, project, Verb.WRITE_LOG)
        self.words.setEnabled(may)
        if may and not self.words.text().strip() and not self.code.currentData():
            explain(self.add, "operate.log.nothing")
        if not self._corrected and not self.words.text():
            self.at.show_moment(now())

    def _write(self) -> None:
        if not self.add.isEnabled():
            return
        at = self.at.moment() if self._corrected else None
        self.write_asked.emit(
            self.words.text().strip(), str(self.code.currentData() or ""), at, self.zone.zone_id
        )

    def written_down(self) -> None:
        """Begin the next line: the last one is in the plan."""
        self._corrected = False
        self.words.clear()
        self.code.setCurrentIndex(0)
        self.at.show_moment(now())
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)


def _edits(plan: Project, rows: Iterable[tuple[Kind, str]]) -> list[Edit]:
    return [edit for kind, row_id in rows for edit in plan.store.edits_of(kind, row_id)]


def _zone_of(project: Project, each: LogLine) -> str:
    if isinstance(each, LogEntry):
        return each.zone_id
    if each.kind is Kind.ZONE:
        return each.entity_id
    duty = project.find(Assignment, each.entity_id) if each.kind is Kind.ASSIGNMENT else None
    return duty.zone_id if duty is not None else ""


def _shown(project: Project, each: LogLine, names: dict[str, str]) -> QWidget:
    """Return a line: when, where and who above, what happened below."""
    zone = project.find(Zone, _zone_of(project, each))
    who = names.get(each.written_by if isinstance(each, LogEntry) else each.actor, "–")
    head = " · ".join(p for p in (i18n.moment(local(each.at)), zone and zone.name, who) if p)
    words = _written(each) if isinstance(each, LogEntry) else _stepped(project, each)
    return card(
        column(Data(head, role="caption", wrap=True), Data(words, wrap=True), margin=8, gap=1)
    )


def _written(entry: LogEntry) -> str:
    code = i18n.label(LogCode(entry.code)) if entry.code in set(LogCode) else entry.code
    return ": ".join(part for part in (code, entry.words) if part)


def _stepped(project: Project, step: StateLine) -> str:
    """Return a change of state in words: of whom, from what, to what."""
    states = _STATES[step.kind]
    after = i18n.label(states(step.after))
    if not step.before:
        return tr("operate.log.made", what=_of_whom(project, step), after=after)
    before = i18n.label(states(step.before))
    return tr("operate.log.stepped", what=_of_whom(project, step), before=before, after=after)


def _of_whom(project: Project, step: StateLine) -> str:
    if step.kind is Kind.OPERATION:
        operation = project.find(Operation, step.entity_id)
        return operation.name if operation is not None else "–"
    if step.kind is Kind.ZONE:
        zone = project.find(Zone, step.entity_id)
        return tr("operate.log.zone", name=zone.name if zone is not None else "–")
    duty = project.find(Assignment, step.entity_id)
    team = project.find(Team, duty.team_id) if duty is not None else None
    return team.name if team is not None else "–"
