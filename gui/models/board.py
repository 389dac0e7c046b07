"""The assignment board as an item model: a row a zone, a column a period, in each cell a team."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from gui import i18n
from gui.i18n import tr
from gui.models.board_rows import WHOLE, BoardRows, Cell
from gui.models.team_words import short
from gui.tips import plain_tip
from layers.style import ZONE_COLOURS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QObject

    from geo.model.command import Period

Index = QModelIndex | QPersistentModelIndex
FACE: Final = Qt.ItemDataRole.UserRole
NOWHERE: Final = QModelIndex()
SWATCH_PX: Final = 14


@dataclass(frozen=True, slots=True)
class Face:
    """What is painted in a cell.

    Attributes:
        chip: Short name of the team, or empty.
        state: How far it is, or what else is to be said.
        conflict: A conflict as a sentence, or empty.
        whole: The team stands there because it has the zone for the whole operation.
    """

    chip: str = ""
    state: str = ""
    conflict: str = ""
    whole: bool = False


class BoardModel(QAbstractTableModel):
    """Shows a board; it changes nothing."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: BoardRows | None = None
        self._marks: Mapping[str, str] = {}
        self._swatches: dict[int, QPixmap] = {}

    def show(self, rows: BoardRows | None) -> None:
        """Show another board, or the same after a change: then its cells keep their places."""
        was, self.rows = self.rows, rows
        same = (
            was is not None
            and rows is not None
            and [z.id for z in was.zones] == [z.id for z in rows.zones]
            and was.columns == rows.columns
        )
        if same:
            self.word()
            return
        self.beginResetModel()
        self.endResetModel()

    def mark(self, marks: Mapping[str, str]) -> None:
        """Show which assignments are in a conflict: their ids, each with the sentence."""
        self._marks = marks
        self.word()

    def word(self) -> None:
        """Have everything read anew."""
        if self.rowCount() and self.columnCount():
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, self.rowCount() - 1)

    @property
    def board(self) -> BoardRows:
        """The board that is shown.

        Raises:
            LookupError: None is; then the model has no cell that could be asked about.
        """
        if self.rows is None:
            raise LookupError
        return self.rows

    # --- places ---------------------------------------------------------------------------------

    def place(self, index: Index) -> tuple[str, str]:
        """Return the ids of the zone and the period of a cell."""
        return self.board.zones[index.row()].id, self.board.columns[index.column()]

    def cell(self, index: Index) -> Cell:
        """Return what stands in a cell."""
        return self.board.cell(*self.place(index))

    def at(self, zone_id: str, period_id: str) -> QModelIndex:
        """Return the cell of a zone and a period, or an invalid index."""
        if self.rows is None or period_id not in self.rows.columns:
            return NOWHERE
        for number, zone in enumerate(self.rows.zones):
            if zone.id == zone_id:
                return self.index(number, self.rows.columns.index(period_id))
        return NOWHERE

    # --- Qt -------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() or self.rows is None else len(self.rows.zones)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() or self.rows is None else len(self.rows.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or self.rows is None:
            return None
        face = self.face(index)
        if role == FACE:
            return face
        if role == Qt.ItemDataRole.DisplayRole:
            return face.chip
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._tip(index, face))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._tip(index, face)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        across = orientation == Qt.Orientation.Horizontal
        if not 0 <= section < (self.columnCount() if across else self.rowCount()):
            return None
        return self._head(section, role) if across else self._side(section, role)

    # --- words ----------------------------------------------------------------------------------

    def face(self, index: Index) -> Face:
        """Return what is painted in a cell."""
        cell = self.cell(index)
        if cell.duty is None:
            if cell.whole is not None:
                return Face(short(cell.whole), tr("panel.operate.whole"), whole=True)
            return Face()
        return Face(
            short(cell.team) if cell.team is not None else "–",
            i18n.label(cell.duty.state),
            self._marks.get(cell.duty.id, ""),
        )

    def _tip(self, index: Index, face: Face) -> str:
        cell = self.cell(index)
        zone_id, period_id = self.place(index)
        zone = self.board.zone(zone_id)
        where = f"{zone.name if zone else ''} · {period_name(self.board, period_id)}"
        team = cell.team or cell.whole
        if team is None:
            return f"{where}: {tr('board.cell.empty')}"
        lines = [f"{where}: {team.name}", face.state]
        return "\n".join([*lines, *([face.conflict] if face.conflict else [])])

    def _head(self, section: int, role: int) -> object:
        period = self.board.period(self.board.columns[section])
        if role == Qt.ItemDataRole.DisplayRole:
            return period_name(self.board, self.board.columns[section])
        if role == Qt.ItemDataRole.ToolTipRole:
            if period is None:
                return plain_tip(tr("board.column.whole_tip"))
            return plain_tip(f"{period.name}: {period_times(period)}\n{tr('board.column.tip')}")
        return None

    def _side(self, section: int, role: int) -> object:
        zone = self.board.zones[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{i18n.number(zone.priority)}  {zone.name}"
        if role == Qt.ItemDataRole.DecorationRole:
            return self._swatch(zone.colour)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(f"{zone.name} · {i18n.label(zone.state)}")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def _swatch(self, colour: int) -> QPixmap:
        if colour not in self._swatches:
            picture = QPixmap(SWATCH_PX, SWATCH_PX)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            try:
                edge = QColor(ZONE_COLOURS[colour % len(ZONE_COLOURS)])
                fill = QColor(edge)
                fill.setAlphaF(0.35)
                painter.setPen(edge)
                painter.setBrush(fill)
                painter.drawRoundedRect(1, 1, SWATCH_PX - 3, SWATCH_PX - 3, 3, 3)
            finally:
                painter.end()
            self._swatches[colour] = picture
        return self._swatches[colour]


def period_name(rows: BoardRows, period_id: str) -> str:
    """Return what a column is called."""
    period = rows.period(period_id) if period_id != WHOLE else None
    return period.name if period is not None else tr("panel.operate.whole")


def period_times(period: Period) -> str:
    """Return from when to when a period is."""
    same_day = period.starts.date() == period.ends.date()
    until = i18n.digits(f"{period.ends:%H:%M}") if same_day else i18n.moment(period.ends)
    return f"{i18n.moment(period.starts)} – {until}"
