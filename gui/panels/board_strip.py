"""The strip below the board: each conflict in a sentence, and what could be done instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from geo.analysis.readiness.wording import conflict_sentence
from geo.model.command import Assignment, Operation, Team, Zone
from geo.model.support import SupportUnit
from gui import i18n
from gui.i18n import message, tr
from gui.models.team_words import short
from gui.widgets.buttons import Button, IconButton, explain
from gui.widgets.layouts import Flow, boxed, clear, column, restyle, row
from gui.widgets.states import Picture
from gui.widgets.texts import Data, Elided

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from geo.analysis.readiness.conflicts import Alternative, Conflict
    from geo.edit.reading import PlanRows
    from geo.errors import PlanError

LEAST_PX = 36
MOST_CHOICES = 4


class ConflictStrip(QFrame):
    """One conflict at a time.

    Attributes:
        instead: An alternative is to be done (assignment id, team id, period id).
        again: The search that failed or was stopped is to be made again.
        shown: Another conflict is shown (a `Conflict`).
    """

    instead = Signal(str, str, str)
    again = Signal()
    shown = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumHeight(LEAST_PX)
        self.found: tuple[Conflict, ...] = ()
        self.number = 0
        self._why: tuple[str, dict[str, object]] = ("", {})
        self._plan: PlanRows | None = None
        self._sign = Picture("check", 18)
        self.words = Data(wrap=True)
        self.brief = Elided()
        self.words.hide()
        self.count = Data(role="caption")
        self.before = IconButton("chevron-left", "board.conflict.before", look="small")
        self.after = IconButton("chevron-right", "board.conflict.after", look="small")
        self.again_button = Button("board.again", "refresh", look="link")
        self.before.clicked.connect(lambda: self.turn(-1))
        self.after.clicked.connect(lambda: self.turn(1))
        self.again_button.clicked.connect(self.again)
        self.buttons: list[Button] = []
        self._flow = Flow(6)
        self._choices: QWidget = boxed(self._flow)
        line = row(
            self._sign, self.words, self.brief, self.again_button, self.count, self.before,
            self.after, gap=8,
        )  # fmt: skip
        line.setStretch(1, 1)
        line.setStretch(2, 1)
        self.setLayout(column(line, self._choices, margin=5, gap=3))

    def show_brief(self, *, brief: bool) -> None:
        """Say everything in one line where there is little room; the tooltip has all of it."""
        self.words.setVisible(not brief)
        self.brief.setVisible(brief)

    def show_looking(self) -> None:
        """Say that conflicts are being looked for."""
        if not self.found:
            self._say("hourglass", "muted", tr("board.looking"))

    def show_error(self, error: PlanError) -> None:
        """Say why nobody knows whether there are conflicts."""
        self.found = ()
        self._say("alert-triangle", "danger", message(error))
        self.again_button.show()

    def show_hint(self, words: str, tone: str) -> None:
        """Say what dropping would bring, for as long as something is carried."""
        sign, role = {
            "fits": ("check", "accent"),
            "conflict": ("alert-triangle", "warning"),
            "refused": ("ban", "danger"),
        }[tone]
        self._say(sign, role, words)

    def show_found(
        self, plan: PlanRows, found: tuple[Conflict, ...], why: tuple[str, dict[str, object]]
    ) -> None:
        """Show conflicts; `why` explains why nothing can be done about them, or is empty."""
        shown = self.found[self.number] if self.number < len(self.found) else None
        self._plan, self.found, self._why = plan, found, why
        same = [
            n
            for n, c in enumerate(found)
            if shown and (c.what, c.assignment_ids) == (shown.what, shown.assignment_ids)
        ]
        self.number = same[0] if same else min(self.number, max(len(found) - 1, 0))
        self.word()

    def turn(self, by: int) -> None:
        """Show the next conflict, or the one before."""
        if self.found:
            self.number = (self.number + by) % len(self.found)
            self.word()
            self.shown.emit(self.found[self.number])

    def show_of(self, assignment_id: str) -> None:
        """Show the first conflict of an assignment, if it has one and is not shown already."""
        if self.found and assignment_id in self.found[self.number].assignment_ids:
            return
        for number, conflict in enumerate(self.found):
            if assignment_id and assignment_id in conflict.assignment_ids:
                self.number = number
                self.word()
                return

    def word(self) -> None:
        """Say what is to be said in the language as it is now."""
        if self._plan is None:
            return
        if not self.found:
            self._say("check", "accent", tr("board.no_conflict"))
            return
        conflict = self.found[self.number]
        self._say("alert-triangle", "warning", conflict_sentence(conflict, i18n.language()))
        many = len(self.found) > 1
        for part in (self.count, self.before, self.after):
            part.setVisible(many)
        of = {"n": i18n.number(self.number + 1), "total": i18n.number(len(self.found))}
        self.count.setText(tr("board.conflict.count", **of))
        restyle(self, "card", "warning")
        self._offer(self._plan, conflict)

    def _say(self, sign: str, role: str, words: str) -> None:
        self._sign.show_icon(sign, role)
        self.words.setText(words)
        self.brief.setText(words)
        restyle(self, "card", "true")
        for part in (self.count, self.before, self.after, self.again_button):
            part.hide()
        clear(self._flow)
        self.buttons = []
        self._choices.hide()

    def _offer(self, plan: PlanRows, conflict: Conflict) -> None:
        notes = []
        for choice in conflict.alternatives[:MOST_CHOICES]:
            if choice.unit_id:
                unit = plan.find(SupportUnit, choice.unit_id)
                name = unit.name if unit is not None else "–"
                notes.append(tr("board.nearest", name=name, minutes=i18n.number(choice.minutes)))
                continue
            words = _words(plan, choice)
            if not words:
                continue
            button = Button("", look="choice")
            button.setText(words.replace("&", "&&"))
            explain(button, self._why[0], **self._why[1])
            button.clicked.connect(
                lambda _on=False, c=choice: self.instead.emit(
                    c.assignment_id, c.team_id, c.period_id
                )
            )
            self.buttons.append(button)
            self._flow.addWidget(button)
        if not self.buttons:
            none = Data(" · ".join(notes) or tr("board.no_alternative"), role="caption")
            self._flow.addWidget(none)
        self._choices.show()


def _words(plan: PlanRows, choice: Alternative) -> str:
    """Return what an alternative does, in words; empty if the plan does not know it any more."""
    duty = plan.find(Assignment, choice.assignment_id)
    zone = plan.find(Zone, duty.zone_id) if duty is not None else None
    if duty is None or zone is None:
        return ""
    if choice.team_id:
        team = plan.find(Team, choice.team_id)
        if team is None:
            return ""
        return tr("board.instead.team", zone=zone.name, team=short(team))
    operation = plan.find(Operation, zone.operation_id)
    names = {p.id: p.name for p in operation.periods} if operation is not None else {}
    if choice.period_id not in names:
        return ""
    return tr("board.instead.period", zone=zone.name, period=names[choice.period_id])
