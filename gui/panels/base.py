"""What every panel of a workspace is given and how it is kept up to date."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.computing import Computing
from gui.findings import FindingsModel
from gui.i18n import retext
from gui.intents import Intents
from gui.live import LiveModel
from gui.moment import MomentModel
from gui.reading import Reading
from gui.selection import Selection
from gui.services import Services
from gui.session import PlanSession
from gui.settings import Settings
from gui.tasks.runner import TaskRunner
from gui.widgets.toast import Toast

if TYPE_CHECKING:
    from geo.project import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What the panels of one window share.

    Attributes:
        intents: What pages ask for, and who does it.
        moment: Of which day the window is, and what of the register it shows.
        computing: The worker of what is too heavy for this process.
        findings: The result of an analysis that lies on the map.
        live: What answers the saved questions.
    """

    session: PlanSession
    selection: Selection
    runner: TaskRunner
    settings: Settings
    services: Services
    toast: Toast
    reading: Reading
    intents: Intents = field(default_factory=Intents)
    moment: MomentModel = field(default_factory=MomentModel)
    computing: Computing = field(default_factory=Computing)
    findings: FindingsModel = field(default_factory=FindingsModel)
    live: LiveModel = field(default_factory=LiveModel)

    def __post_init__(self) -> None:
        """What was begun for a plan ends with it."""
        self.session.closed.connect(self.runner.drop_plan)


class Panel(QWidget):
    """The panel of one workspace, refreshed when the plan or the language changes.

    A panel that nobody sees waits until it is shown.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(0)
        self._stale = True
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.timeout.connect(self._refresh_if_seen)
        session = desk.session
        session.opened.connect(self.mark_stale)
        session.changed.connect(self.mark_stale)
        session.user_changed.connect(self.mark_stale)
        retext(self, self.mark_stale)

    @property
    def project(self) -> Project | None:
        """The open plan."""
        return self.desk.session.project

    def refresh(self, project: Project) -> None:
        """Show the plan as it is now."""
        raise NotImplementedError

    def mark_stale(self) -> None:
        """Refresh as soon as it is seen; a burst of changes is one refresh."""
        self._stale = True
        if self.isVisible():
            self._waiting.start(0)

    def refresh_now(self) -> None:
        """Refresh at once, if a plan is open."""
        self._waiting.stop()
        if self.project is not None:
            self._stale = False
            self.refresh(self.project)

    def _refresh_if_seen(self) -> None:
        if self._stale and self.isVisible():
            self.refresh_now()

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type] # Qt's own event
        if self._stale:
            self.refresh_now()
