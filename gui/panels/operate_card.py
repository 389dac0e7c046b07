"""A team's duty on the day: its state, the one next step, how far it is, and its checklist."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QMenu, QProgressBar

from geo.edit.checklist import items_of
from geo.edit.verbs import Verb
from geo.model.command import Operation, Team, Zone
from geo.model.plan import User
from geo.model.vocabulary import AssignmentState
from gui import i18n
from gui.i18n import tr
from gui.panels.operate_checklist import Checklist
from gui.panels.operate_next import abort_act, main_act, zone_acts
from gui.panels.team_parts import short
from gui.rights import why_not
from gui.tips import plain_tip
from gui.widgets.buttons import Button, IconButton, explain
from gui.widgets.layouts import column, restyle, row
from gui.widgets.link import Link
from gui.widgets.texts import Chip, Data, Elided

if TYPE_CHECKING:
    from geo.model.command import Assignment
    from geo.project import Project
    from gui.panels.operate_next import Act

TONES: Final = {
    AssignmentState.UNDER_WAY: "true",
    AssignmentState.ABORTED: "warning",
}
MAY_TICK: Final = frozenset(
    {AssignmentState.ACCEPTED, AssignmentState.UNDER_WAY, AssignmentState.COMPLETED}
)
BAR_PX: Final = 6
PAPERS: Final = ("duty.form", "duty.sheet")
"""What can be printed for a duty, by the names of the acts, where somebody does them."""


class DutyCard(QFrame):
    """One assignment.

    Attributes:
        asked: The user wants something done: the name of the act, and what it is about.
    """

    asked = Signal(str, object)

    def __init__(self, duty_id: str) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self.duty_id = duty_id
        self.zone_id = ""
        self._acts: list[Act] = []
        self._papers: list[str] = []
        self._why_outcome = ""
        self._menu: QMenu | None = None
        self.team, self.name, self.state = Chip(), Elided(role="heading"), Chip()
        self.more = IconButton("dots", "operate.more", look="small")
        self.more.clicked.connect(self._open_menu)
        self.zone = Link("")
        self.zone.clicked.connect(lambda: self.asked.emit("zone", self.zone_id))
        self.zone_state = Chip(tone="plain")
        self.when = Data(role="caption", wrap=True)
        self.contact = Data(role="caption", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(BAR_PX)
        self.share = Data(role="caption")
        self.sites = Button("operate.sites", look="link")
        self.sites.clicked.connect(lambda: self.asked.emit("sites", self.zone_id))
        self.main = Button("", look="primary")
        self.main.clicked.connect(lambda: self._do(self._main))
        self._main: Act | None = None
        self.checklist = Checklist()
        self.checklist.tick_asked.connect(
            lambda group, code, done: self.asked.emit("tick", (self.duty_id, group, code, done))
        )
        self._arrange()

    def _arrange(self) -> None:
        head = row(self.team, self.name, self.state, self.more, gap=4)
        head.setStretch(1, 1)
        zone = row(self.zone, self.zone_state, gap=4)
        zone.setStretch(0, 1)
        self.setLayout(
            column(
                head,
                zone,
                self.when,
                self.contact,
                self.bar,
                row(self.share, None, self.sites, gap=4),
                self.main,
                self.checklist,
                margin=10,
                gap=4,
            )
        )

    # --- what it shows --------------------------------------------------------------------------

    def show_duty(
        self,
        project: Project,
        duty: Assignment,
        share: tuple[int, int] | None,
        papers: list[str],
    ) -> None:
        """Show the duty as the plan has it.

        Args:
            project: The plan.
            duty: The assignment.
            share: How many sites were visited, and how many there are; None is not counted yet.
            papers: Names of the acts that print something for it.
        """
        zone, team = project.find(Zone, duty.zone_id), project.find(Team, duty.team_id)
        self.zone_id = duty.zone_id
        title = team.name if team is not None else "–"
        self.setAccessibleName(title)
        self.team.setText(short(team) if team is not None else "–")
        self.name.setText(title)
        self.state.setText(i18n.label(duty.state))
        restyle(self.state, "chip", TONES.get(duty.state, "plain"))
        self.zone.show_name(zone.name if zone is not None else "–")
        self.zone_state.setText(i18n.label(zone.state) if zone is not None else "–")
        self.when.setText(period_words(project, zone, duty))
        contact = team.contact if team is not None else ""
        self.contact.setText(tr("operate.contact", contact=contact) if contact else "")
        self.contact.setVisible(bool(contact))
        self._show_share(share)
        self._main = main_act(project, duty, zone, team)
        self._show_main()
        self._papers = papers
        code, params = why_not(project, Verb.RECORD_OUTCOME)
        early = "" if duty.state in MAY_TICK | {AssignmentState.DEBRIEFED} else "operate.why.early"
        self._why_outcome = tr(code, **params) if code else tr(early) if early else ""
        abort = abort_act(project, duty)
        first = self._main.to if self._main is not None else None
        others = [a for a in zone_acts(project, zone) if a.to != first]
        self._acts = [*others, *([abort] if abort is not None else [])]
        names = {u.id: u.name for u in project.all(User)}
        self.checklist.show_items(items_of(project, duty), names, _why_no_tick(project, duty))

    def _show_share(self, share: tuple[int, int] | None) -> None:
        n, of = share or (0, 0)
        self.bar.setMaximum(max(of, 1))
        self.bar.setValue(n)
        words = tr("operate.counting")
        if share is not None:
            words = tr("operate.visited", n=i18n.number(n), of=i18n.number(of))
            if not of:
                words = tr("operate.no_sites_here")
        self.share.setText(words)
        self.bar.setAccessibleName(words)
        self.bar.setVisible(bool(of))

    def _show_main(self) -> None:
        act = self._main
        self.main.setVisible(act is not None)
        if act is None:
            return
        self.main.say(f"operate.act.{act.name}")
        if act.why:
            explain(self.main, "command.why.said", why=act.why)
        else:
            explain(self.main)

    # --- what is asked --------------------------------------------------------------------------

    def menu(self) -> QMenu:
        """Return what else can be done; what cannot says why."""
        made = QMenu(self.more)
        made.setToolTipsVisible(True)
        entry = made.addAction(tr("operate.outcome_of_duty"))
        entry.setEnabled(not self._why_outcome)
        entry.setToolTip(plain_tip(self._why_outcome) if self._why_outcome else "")
        entry.triggered.connect(lambda: self.asked.emit("outcome", self.duty_id))
        for name in self._papers:
            paper = made.addAction(tr(f"operate.{name}"))
            paper.triggered.connect(
                lambda _checked=False, name=name: self.asked.emit(name, self.duty_id)
            )
        if self._acts:
            made.addSeparator()
        for act in self._acts:
            line = made.addAction(tr(f"operate.act.{act.name}"))
            line.setEnabled(not act.why)
            line.setToolTip(plain_tip(act.why) if act.why else "")
            line.triggered.connect(lambda _checked=False, act=act: self._do(act))
        return made

    def _open_menu(self) -> None:
        if self._menu is not None:
            self._menu.deleteLater()
        self._menu = self.menu()
        self._menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _do(self, act: Act | None) -> None:
        if act is None or act.why:
            return
        if act.name in {"accept", "abort"}:
            self.asked.emit(act.name, self.duty_id)
        elif isinstance(act.to, AssignmentState):
            self.asked.emit("step", (self.duty_id, act.to))
        else:
            self.asked.emit("zone_step", (self.zone_id, act.to))


def _why_no_tick(project: Project, duty: Assignment) -> str:
    code, params = why_not(project, Verb.TICK)
    if code:
        return tr(code, **params)
    if duty.state in MAY_TICK:
        return ""
    early = duty.state in {AssignmentState.DRAFT, AssignmentState.PREPARED}
    return tr("operate.why.early" if early else "operate.why.over")


def period_words(project: Project, zone: Zone | None, assignment: Assignment) -> str:
    """Return the period of an assignment with its times, or that it is for the whole operation."""
    operation = project.find(Operation, zone.operation_id) if zone and zone.operation_id else None
    for period in operation.periods if operation else ():
        if period.id == assignment.period_id:
            same_day = period.starts.date() == period.ends.date()
            until = i18n.digits(f"{period.ends:%H:%M}") if same_day else i18n.moment(period.ends)
            return f"{period.name}: {i18n.moment(period.starts)} – {until}"
    return tr("panel.operate.whole")
