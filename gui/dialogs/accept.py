"""Accepting an assignment: what exactly the deputy governor takes over, signed with his key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from geo.model.command import Operation, Team, Zone
from gui.dialogs.base import FormDialog
from gui.dialogs.release import signed_by
from gui.i18n import tr
from gui.models.operation_words import period_line
from gui.widgets.layouts import card, column
from gui.widgets.texts import Data, Text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from geo.model.command import Assignment
    from geo.project import Project


class AcceptDialog(FormDialog):
    """Shows the duty and asks once.

    Attributes:
        ready: The deputy governor wants it.
    """

    ready = Signal()

    def __init__(self, parent: QWidget, project: Project, duty: Assignment) -> None:
        super().__init__(parent, "command.accept.title", "command.accept.accept", width=460)
        zone, team = project.find(Zone, duty.zone_id), project.find(Team, duty.team_id)
        operation = project.find(Operation, zone.operation_id) if zone is not None else None
        periods = [p for p in (operation.periods if operation else ()) if p.id == duty.period_id]
        lines = [
            team.name if team is not None else "–",
            zone.name if zone is not None else "–",
            operation.name if operation is not None else "–",
            period_line(periods[0]) if periods else tr("panel.operate.whole"),
            *duty.tasks,
        ]
        shown = [Data(lines[0], role="heading", wrap=True)]
        shown += [Data(words, wrap=True) for words in lines[1:]]
        self.body.addWidget(card(column(*shown, margin=12, gap=4)))
        self.body.addWidget(Text("command.accept.final", role="caption", wrap=True))
        self.body.addWidget(Data(signed_by(project), role="caption", wrap=True))
        self.check()

    def finish(self) -> None:
        self.ready.emit()
