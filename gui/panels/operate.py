"""Operate: the day itself — teams and their steps, sites and visits, the log, what it brought."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from geo.errors import CancelledError
from geo.model.command import Operation, Zone
from geo.model.entity import Kind
from geo.model.vocabulary import AssignmentState, OperationState
from gui import i18n
from gui.panels.base import Desk, Panel
from gui.panels.operate_card import PAPERS, DutyCard
from gui.panels.operate_log import LogPage
from gui.panels.operate_result import ResultPage
from gui.panels.operate_sites import SitesPage
from gui.panels.operate_watch import DayWatch
from gui.panels.operation_next import acts_of, looked_at
from gui.widgets.buttons import Button, Segments, explain
from gui.widgets.layouts import boxed, column, row, scrolling
from gui.widgets.states import StateView
from gui.widgets.texts import Chip, Data, Elided, Text
from layers.duty import Duty

if TYPE_CHECKING:
    from geo.model.command import Assignment
    from geo.project import Project

# What needs somebody's attention comes first; what is over comes last.
ORDER = (
    AssignmentState.UNDER_WAY,
    AssignmentState.DRAFT,
    AssignmentState.PREPARED,
    AssignmentState.ACCEPTED,
    AssignmentState.COMPLETED,
    AssignmentState.DEBRIEFED,
    AssignmentState.ABORTED,
)
_O = OperationState
NEAREST: Final = (_O.ACTIVE, _O.SUSPENDED, _O.RELEASED, _O.SUBMITTED, _O.DRAFT, _O.COMPLETED)
"""Which operation is meant where none is chosen: the one that is nearest to its day."""
PAGES: Final = ("teams", "sites", "log", "result")


class OperatePanel(Panel):
    """The day of one operation and period.

    Attributes:
        plan_asked: The user wants to give a zone a team.
        accept_asked: The deputy governor accepts an assignment (its id).
        asked: Something of the day is to be done: the name of the act, and what it is about.
        counted: How far the day is was counted anew.
        cards: By the id of the assignment.
    """

    plan_asked = Signal()
    accept_asked = Signal(str)
    asked = Signal(str, object)
    counted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.cards: dict[str, DutyCard] = {}
        self.duty = Duty()
        self.watch = DayWatch(desk, self)
        self.watch.changed.connect(self._counted)
        desk.moment.changed.connect(self.mark_stale)
        desk.selection.changed.connect(self._selected)
        self.name, self.state = Elided(role="caption"), Chip(tone="plain")
        self.next = Button("")
        self.next.clicked.connect(self._step)
        self._summary = Data(role="caption", wrap=True)
        self.past = Text("operate.past", role="warning", wrap=True)
        self.pages = Segments([(p, f"operate.page.{p}") for p in PAGES], "action.operate")
        self.pages.choose("teams")
        self.pages.chosen.connect(self.show_page)
        self._list = column(gap=8)
        outer = column(self._summary, self._list, None)
        outer.setContentsMargins(12, 4, 8, 8)
        self.sites, self.log, self.result = SitesPage(), LogPage(desk), ResultPage()
        self.day_states = StateView(self.sites)
        self.result_states = StateView(self.result)
        self.stack = QStackedWidget()
        for page in (scrolling(boxed(outer)), self.day_states, self.log, self.result_states):
            self.stack.addWidget(page)
        self.states = StateView(self._full())
        self.box.addLayout(column(Text("action.operate", role="title"), margin=12))
        self.box.addWidget(self.states, 1)
        self._connect()

    def _full(self) -> QWidget:
        title = row(self.name, self.state, gap=6)
        title.setStretch(0, 1)
        head = column(title, self.next, self.past, self.pages, gap=6)
        head.setContentsMargins(12, 0, 12, 6)
        whole = column(head, self.stack, gap=0)
        whole.setStretch(1, 1)
        return boxed(whole)

    def _connect(self) -> None:
        select = self.desk.selection.select
        self.sites.picked.connect(lambda i: select(Kind.SITE, [i]))
        self.sites.visit_asked.connect(lambda i: self.asked.emit("visit", i))
        self.log.write_asked.connect(lambda *what: self.asked.emit("log", what))
        self.result.asked.connect(self.asked)

    # --- what it shows --------------------------------------------------------------------------

    def refresh(self, project: Project) -> None:
        operation = operation_of_day(project, self.desk.moment.duty)
        if operation is None:
            self._show_nothing()
            return
        period = self.desk.moment.duty.period_id
        self.duty = Duty(operation.id, period)
        duties = self._duties(project)
        if not duties and operation.state in {_O.DRAFT, _O.SUBMITTED}:
            self._show_nothing()
            return
        self.watch.look(project, self.duty)
        self._show_head(project, operation, duties)
        self._show_cards(project, duties)
        self._show_log(project, operation)
        self._show_found(project)
        self.states.show_full()

    def _show_nothing(self) -> None:
        self.duty = Duty()
        self.states.show_empty(
            "panel.operate.empty",
            "panel.operate.empty_next",
            icon="checklist",
            button="panel.operate.to_plan",
            press=self.plan_asked.emit,
        )
        self.counted.emit()

    def _duties(self, project: Project) -> tuple[Assignment, ...]:
        from layers.day_progress import duties_of

        zones = {z.id: z.name for z in project.all(Zone)}
        return tuple(
            sorted(
                duties_of(project, self.duty),
                key=lambda a: (ORDER.index(a.state), zones.get(a.zone_id, ""), a.period_id),
            )
        )

    def _show_head(
        self, project: Project, operation: Operation, duties: tuple[Assignment, ...]
    ) -> None:
        periods = {p.id: p.name for p in operation.periods}
        name = periods.get(self.duty.period_id)
        self.name.setText(f"{operation.name} · {name}" if name else operation.name)
        self.state.setText(i18n.label(operation.state))
        acts = acts_of(project, operation)
        on_day = {_O.RELEASED, _O.ACTIVE, _O.SUSPENDED, _O.COMPLETED}
        self.next.setVisible(bool(acts) and operation.state in on_day)
        if acts:
            self.next.say(f"command.act.{acts[0].name}")
            why = acts[0].why
            explain(self.next, "command.why.said" if why else "", why=why)
        self.past.setVisible(self.desk.moment.is_past)
        counts = {s: sum(a.state is s for a in duties) for s in ORDER}
        self._summary.setText(
            " · ".join(f"{i18n.label(s)} {i18n.number(n)}" for s, n in counts.items() if n)
        )

    def _show_cards(self, project: Project, duties: tuple[Assignment, ...]) -> None:
        """Show the cards; those that were there stay, with what is open and has the focus."""
        found = self.watch.found
        papers = [name for name in PAPERS if self.desk.intents.has(name)]
        ids = [d.id for d in duties]
        for gone in [i for i in self.cards if i not in ids]:
            card = self.cards.pop(gone)
            card.hide()
            card.deleteLater()
        for at, duty in enumerate(duties):
            card = self.cards.get(duty.id) or self._card(duty.id)
            if self._list.indexOf(card) != at:
                self._list.insertWidget(at, card)
            share = found.progress.share(duty) if found is not None else None
            card.show_duty(project, duty, share, papers)

    def _card(self, duty_id: str) -> DutyCard:
        card = self.cards[duty_id] = DutyCard(duty_id)
        card.asked.connect(self._of_card)
        return card

    def _show_log(self, project: Project, operation: Operation) -> None:
        moment = self.desk.moment.moment
        if self.pages.choice() == "log":
            until = moment.on if moment.is_past else None
            self.log.show_log(project, operation, self._zones(project), until)

    def _show_found(self, project: Project) -> None:
        found, error = self.watch.found, self.watch.error
        for states in (self.day_states, self.result_states):
            if found is not None:
                states.show_full()
            elif error is not None and not isinstance(error, CancelledError):
                states.show_error(error, "command.look_again", self._again)
            else:
                states.show_loading("operate.counting", self.watch.task)
        if found is not None:
            duties = self._duties(project)
            self.sites.show_day(project, self._zones(project), found, duties)
            self.result.show_result(project, found)
        self.counted.emit()

    def _counted(self) -> None:
        project = self.project
        if project is not None and self.isVisible() and self.duty.operation_id:
            self._show_cards(project, self._duties(project))
            self._show_found(project)
        else:
            self.mark_stale()

    def _again(self) -> None:
        project = self.project
        if project is not None:
            self.watch.look(project, self.duty, again=True)
            self._show_found(project)

    def _zones(self, project: Project) -> list[Zone]:
        own = [z for z in project.all(Zone) if z.operation_id == self.duty.operation_id]
        return sorted(own, key=lambda z: (z.priority, z.name))

    # --- what the user does ---------------------------------------------------------------------

    def show_page(self, name: str) -> None:
        """Show teams, sites, the log or the results."""
        self.pages.choose(name)
        self.stack.setCurrentIndex(PAGES.index(name))
        project = self.project
        operation = project.find(Operation, self.duty.operation_id) if project else None
        if project is not None and operation is not None:
            self._show_log(project, operation)

    def _selected(self) -> None:
        chosen = self.desk.selection.one(Kind.SITE)
        if chosen:
            self.sites.show_picked(chosen)

    def _step(self) -> None:
        project = self.project
        operation = project.find(Operation, self.duty.operation_id) if project else None
        if project is not None and operation is not None and (acts := acts_of(project, operation)):
            self.desk.intents.ask("operation.step", operation.id, acts[0].to)

    def _of_card(self, name: str, what: object) -> None:
        if name == "zone":
            self.desk.selection.select(Kind.ZONE, [str(what)], zoom=True)
        elif name == "sites":
            self.sites.zone.choose(str(what))
            self.show_page("sites")
        elif name == "accept":
            self.accept_asked.emit(str(what))
        elif name in PAPERS:
            self.desk.intents.ask(name, str(what))
        else:
            self.asked.emit(name, what)


def operation_of_day(project: Project, duty: Duty) -> Operation | None:
    """Return the operation that is chosen, else the one that is nearest to its day."""
    found = looked_at(project, duty.operation_id)
    if found is not None or duty.operation_id:
        return found
    live = [o for o in project.all(Operation) if o.state in NEAREST]
    zones = {z.id: z.operation_id for z in project.all(Zone)}
    staffed = {zones.get(str(i)) for i in project.table(Kind.ASSIGNMENT)["zone_id"]}
    return min(
        live, key=lambda o: (NEAREST.index(o.state), o.id not in staffed, o.name), default=None
    )
