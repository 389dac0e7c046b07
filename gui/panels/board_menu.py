"""What can be done with a cell of the board: whom to send, where else, and what was before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from gui import i18n
from gui.i18n import tr
from gui.models.board import period_name
from gui.models.board_trial import fitting, reason
from gui.models.team_words import short
from gui.tips import plain_tip

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from geo.model.command import Zone
    from geo.project import Project
    from gui.models.board_rows import BoardRows, Cell
    from gui.models.board_trial import Fitness, Trial

MOST_WORDS = 90


class CellMenu(QMenu):
    """The menu of a cell.

    Attributes:
        fits: The teams as they are offered, the fittest first.
    """

    def __init__(
        self,
        parent: QWidget,
        project: Project,
        rows: BoardRows,
        place: tuple[Zone, str],
        trial: Trial | None,
    ) -> None:
        super().__init__(parent)
        self.setToolTipsVisible(True)
        self._project, self._rows = project, rows
        self.zone, self.period_id = place
        self.cell: Cell = rows.cell(self.zone.id, self.period_id)
        self.fits: tuple[Fitness, ...] = fitting(project, trial, self.zone, self.period_id)

    def offer(
        self,
        why: tuple[str, dict[str, object]],
        give: Callable[[str], object],
        move: Callable[[str, str], object],
        take: Callable[[], object],
    ) -> None:
        """Fill it.

        Args:
            why: Code and parameters of why nothing can be changed, or an empty code.
            give: Gives the cell a team (its id).
            move: Moves who is there to another cell (zone id, period id).
            take: Takes back who is there.
        """
        names = {"zone": self.zone.name, "period": period_name(self._rows, self.period_id)}
        self._head(tr("board.menu.who", **names))
        self.addSeparator()
        for fit in self.fits:
            words = f"{short(fit.team)}   {fit.team.name} — {reason(fit)}"
            entry = self.addAction(_plain(words))
            entry.setData(fit.team.id)
            entry.setToolTip(plain_tip(words))
            entry.setEnabled(not why[0] and not fit.here)
            entry.triggered.connect(lambda _on=False, i=fit.team.id: give(i))
        if not self.fits:
            self.addAction(tr("board.menu.no_team")).setEnabled(False)
        if self.cell.duty is not None:
            self.addSeparator()
            self._offer_moves(why, move)
            back = self.addAction(f"{tr('board.menu.take')}\t{tr('board.key.delete')}")
            back.setEnabled(not why[0])
            back.triggered.connect(lambda _on=False: take())
        if why[0]:
            self.addSeparator()
            self.addAction(_plain(tr(why[0], **why[1]))).setEnabled(False)
        self._tell_history()

    def choose_first(self) -> None:
        """Let Enter take the fittest team."""
        able = (a for a in self.actions() if a.isEnabled() and not a.isSeparator())
        first = next(able, None)
        if first is not None:
            self.setActiveAction(first)

    def _head(self, words: str) -> None:
        """Put a heading into the menu; Qt's own sections have no words in a style sheet."""
        self.addAction(_plain(words)).setEnabled(False)

    def _offer_moves(
        self, why: tuple[str, dict[str, object]], move: Callable[[str, str], object]
    ) -> None:
        """Offer the zone's other periods, and the other zones in the same period."""
        menu = self.addMenu(tr("board.menu.move"))
        menu.setEnabled(not why[0])
        for period_id in self._rows.columns:
            if period_id != self.period_id:
                self._offer_move(menu, self.zone, period_id, move)
        menu.addSeparator()
        for zone in self._rows.zones:
            if zone.id != self.zone.id:
                self._offer_move(menu, zone, self.period_id, move)

    def _offer_move(
        self, menu: QMenu, zone: Zone, period_id: str, move: Callable[[str, str], object]
    ) -> None:
        entry = menu.addAction(_plain(f"{zone.name} · {period_name(self._rows, period_id)}"))
        entry.setData((zone.id, period_id))
        entry.triggered.connect(lambda _on=False: move(zone.id, period_id))

    def _tell_history(self) -> None:
        """Tell who was there before: a reassignment keeps its history."""
        if not self.cell.earlier:
            return
        self.addSeparator()
        self._head(tr("board.menu.earlier"))
        for duty in self.cell.earlier:
            team = self._rows.teams.get(duty.team_id)
            name = f"{short(team)}   {team.name}" if team is not None else "–"
            self.addAction(_plain(f"{name} · {i18n.label(duty.state)}")).setEnabled(False)


def _plain(words: str) -> str:
    """Return words for a menu: no mnemonic, and not wider than a screen."""
    shown = words if len(words) <= MOST_WORDS else f"{words[: MOST_WORDS - 1]}…"
    return shown.replace("&", "&&")
