"""The teams that a zone can be given, the fittest first, each with the reason for its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu

from gui.i18n import tr
from gui.models.board_trial import fitting, reason
from gui.models.team_words import short
from gui.tips import plain_tip

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from geo.model.command import Zone
    from geo.project import Project


MOST_WORDS: Final = 90
"""A menu is not wider than a screen; its tooltip says the rest."""


class TeamMenu(QMenu):
    """Offers the teams; what they would meet elsewhere is asked by the board.

    Attributes:
        chosen: The zone is to be given a team (its id).
        add_asked: There is none yet that would do.
    """

    chosen = Signal(str)
    add_asked = Signal()

    def __init__(self, parent: QWidget, project: Project, zone: Zone) -> None:
        """Offer the teams once it is opened: nobody waits for what nobody looks at."""
        super().__init__(parent)
        self._project, self._zone = project, zone
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self.fill)
        self._end()

    def fill(self) -> None:
        """Offer the teams as they are now."""
        self.clear()
        for fit in fitting(self._project, None, self._zone, ""):
            words = f"{short(fit.team)}   {fit.team.name} — {reason(fit)}"
            shown = words if len(words) <= MOST_WORDS else f"{words[: MOST_WORDS - 1]}…"
            entry = self.addAction(shown.replace("&", "&&"))
            entry.setToolTip(plain_tip(words))
            entry.setEnabled(not fit.here)
            entry.triggered.connect(lambda _checked=False, i=fit.team.id: self.chosen.emit(i))
        if not self.isEmpty():
            self.addSeparator()
        self._end()

    def _end(self) -> None:
        self.addAction(tr("action.add_team")).triggered.connect(self.add_asked)
