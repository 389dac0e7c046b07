"""The operation that is looked at: how far it is, and the one act that comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QMenu

from geo.edit.states import OVER
from geo.edit.verbs import Verb
from geo.model.command import Coordination
from geo.model.plan import User
from geo.model.vocabulary import OperationState
from gui import i18n
from gui.i18n import tr
from gui.models.operation_words import counted, days_late, every_gap, period_line
from gui.panels.operation_next import acts_of, note_of
from gui.rights import why_not
from gui.tips import plain_tip
from gui.widgets.buttons import Button, IconButton, explain
from gui.widgets.layouts import Flow, boxed, clear, column, restyle, row
from gui.widgets.texts import Chip, Data, Elided

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from geo.analysis.readiness.ready import Readiness
    from geo.model.command import Operation
    from geo.project import Project
    from gui.panels.operation_next import NextAct

TONES: Final = {
    OperationState.DRAFT: "plain",
    OperationState.SUBMITTED: "true",
    OperationState.RELEASED: "true",
    OperationState.ACTIVE: "true",
    OperationState.SUSPENDED: "warning",
}
MOST_PERIODS: Final = 4


class OperationCard(QFrame):
    """One operation.

    Attributes:
        act_asked: The user wants an act done (id, the state it leads to).
        edit_asked: The operation is to be changed (its id).
        page_asked: A page about it is to be shown: ``readiness``, ``coordination``, ``support``.
        turned: Its details were opened or closed.
    """

    act_asked = Signal(str, object)
    edit_asked = Signal(str)
    page_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self.operation_id = ""
        self.is_open = True
        self.main = Button("", look="primary")
        self.readiness = Button("command.readiness", "clipboard-check", look="link")
        self.coordination = Button("command.coordination", "gavel", look="link")
        self.support = Button("command.support", "ambulance", look="link")
        for name in ("readiness", "coordination", "support"):
            getattr(self, name).clicked.connect(
                lambda _checked=False, name=name: self.page_asked.emit(name)
            )
        self.name = Elided(role="heading")
        self.state = Chip()
        self.more = IconButton("dots", "command.more", look="small")
        self.fold = IconButton("chevron-up", "command.details", look="small")
        self.more.clicked.connect(self._open_menu)
        self.fold.clicked.connect(self._turn)
        self.note = Data(role="caption", wrap=True)
        self._lines = column(gap=1)
        self.details = boxed(self._lines)
        self._acts: tuple[NextAct, ...] = ()
        self._menu: QMenu | None = None
        self._why_edit = ""
        self.main.clicked.connect(self._press)
        head = row(self.name, self.state, self.fold, self.more, gap=4)
        head.setStretch(0, 1)
        links = Flow(gap=0)
        for link in (self.readiness, self.coordination, self.support):
            links.addWidget(link)
        self.setLayout(
            column(head, self.main, self.note, boxed(links), self.details, margin=10, gap=4)
        )
        self.hide()

    # --- what it shows --------------------------------------------------------------------------

    def show_operation(self, project: Project, operation: Operation | None) -> None:
        """Show an operation, or nothing."""
        self.setVisible(operation is not None)
        self.operation_id = operation.id if operation is not None else ""
        if operation is None:
            return
        self.setAccessibleName(operation.name)
        self.name.setText(operation.name)
        self.state.setText(i18n.label(operation.state))
        restyle(self.state, "chip", TONES.get(operation.state, "plain"))
        self._fill(project, operation)
        self._acts = acts_of(project, operation)
        self._show_main()
        note = note_of(project, operation)
        self.note.setText(tr(note) if note else "")
        self.note.setVisible(bool(note))
        late = overdue(project, operation.id)
        if late:
            self.coordination.say("command.coordination_late", n=i18n.number(late))
        else:
            self.coordination.say("command.coordination")
        self._why_edit = why_no_edit(project, operation)

    def show_readiness(
        self, operation: Operation | None, found: Readiness | None, *, busy: bool
    ) -> None:
        """Say how many gaps there are, as far as it is known."""
        if operation is None or operation.id != self.operation_id:
            return
        if operation.state in OVER:
            self.readiness.say("command.readiness")
            return
        if found is None:
            self.readiness.say("command.readiness_unknown" if busy else "command.readiness")
            return
        n, waved = counted(operation, every_gap(found))
        words = tr("command.readiness_ready")
        if n:
            words = tr("command.readiness_gaps", n=i18n.number(n))
        elif waved:
            words = tr("command.readiness_overridden", n=i18n.number(waved))
        self.readiness.say("command.old" if busy else "command.as_it_is", what=words)

    def _show_main(self) -> None:
        first = self._acts[0] if self._acts else None
        self.main.setVisible(first is not None)
        if first is None:
            return
        self.main.say(f"command.act.{first.name}")
        if first.why:
            explain(self.main, "command.why.said", why=first.why)
        else:
            explain(self.main)

    def _fill(self, project: Project, operation: Operation) -> None:
        clear(self._lines)
        names = {u.id: u.name for u in project.all(User)}
        lines: list[QWidget] = []
        if operation.commander:
            lines.append(_line(tr("command.card.commander", name=operation.commander)))
        lines += [_line(period_line(p)) for p in operation.periods[:MOST_PERIODS]]
        if not operation.periods:
            lines.append(_line(tr("command.card.no_period")))
        if len(operation.periods) > MOST_PERIODS:
            rest = len(operation.periods) - MOST_PERIODS
            lines.append(_line(tr("command.card.more_periods", n=i18n.number(rest))))
        limits = operation.limits
        lines.append(
            _line(
                tr(
                    "command.card.limits",
                    ambulance=i18n.number(limits.ambulance_minutes),
                    fire=i18n.number(limits.fire_minutes),
                    notice=i18n.number(limits.notice_minutes),
                )
            )
        )
        proposer = names.get(operation.proposed_by)
        if proposer:
            lines.append(_line(tr("command.card.proposed", name=proposer)))
        if operation.released_by:
            lines.append(
                _line(
                    tr(
                        "command.card.released",
                        name=names.get(operation.released_by, "–"),
                        at=i18n.moment(operation.released_at),
                    )
                )
            )
        for line in lines:
            self._lines.addWidget(line)

    # --- its menu -------------------------------------------------------------------------------

    def menu(self) -> QMenu:
        """Return what else can be done with it; what cannot says why."""
        made = QMenu(self.more)
        made.setToolTipsVisible(True)
        edit = made.addAction(tr("command.edit"))
        edit.triggered.connect(lambda: self.edit_asked.emit(self.operation_id))
        edit.setEnabled(not self._why_edit)
        edit.setToolTip(plain_tip(self._why_edit) if self._why_edit else "")
        if len(self._acts) > 1:
            made.addSeparator()
        for act in self._acts[1:]:
            entry = made.addAction(tr(f"command.act.{act.name}"))
            entry.setEnabled(not act.why)
            entry.setToolTip(plain_tip(act.why) if act.why else "")
            entry.triggered.connect(
                lambda _checked=False, to=act.to: self.act_asked.emit(self.operation_id, to)
            )
        return made

    def _open_menu(self) -> None:
        if self._menu is not None:
            self._menu.deleteLater()
        self._menu = self.menu()
        self._menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _press(self) -> None:
        if self._acts:
            self.act_asked.emit(self.operation_id, self._acts[0].to)

    def _turn(self) -> None:
        self.is_open = not self.is_open
        self.details.setVisible(self.is_open)
        self.fold.set_icon("chevron-up" if self.is_open else "chevron-down")


def why_no_edit(project: Project, operation: Operation) -> str:
    """Return why an operation cannot be changed now, in words, or empty."""
    code, params = why_not(project, Verb.EDIT_OPERATION)
    if code:
        return tr(code, **params)
    if operation.state is OperationState.SUBMITTED:
        return tr("error.operation.submitted", name=operation.name)
    if operation.state in OVER:
        return tr("error.operation.over", name=operation.name)
    return ""


def overdue(project: Project, operation_id: str) -> int:
    """Return how many answers are late."""
    return sum(
        c.operation_id == operation_id and days_late(c) > 0 for c in project.all(Coordination)
    )


def _line(words: str) -> QWidget:
    return Elided(words, role="caption")
