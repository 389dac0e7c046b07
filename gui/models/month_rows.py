"""The numbers of a chart as a table: a month in each row, the latest first, a column a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from gui import i18n
from gui.i18n import tr
from gui.tips import plain_tip

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from layers.export.charts import Chart, Series

Index = QModelIndex | QPersistentModelIndex
DASH = "–"


class MonthModel(QAbstractTableModel):
    """Shows what a chart draws; the chart is worded already and made anew in another language."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.chart: Chart | None = None

    def show_chart(self, chart: Chart | None) -> None:
        """Show the numbers of another chart."""
        self.beginResetModel()
        self.chart = chart
        self.endResetModel()

    def place_of(self, row: int) -> int:
        """Return the position in the chart of a row, and the row of a position."""
        return self.rowCount() - 1 - row

    def rowCount(self, parent: Index | None = None) -> int:
        if self.chart is None or (parent is not None and parent.isValid()):
            return 0
        return len(self.chart.labels)

    def columnCount(self, parent: Index | None = None) -> int:
        if self.chart is None or (parent is not None and parent.isValid()):
            return 0
        return 1 + len(self.chart.series)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if self.chart is None or not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column():
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        place = self.place_of(index.row())
        words = self.chart.labels[place]
        if index.column():
            words = _cell(self.chart.series[index.column() - 1], place)
        return words if role == Qt.ItemDataRole.DisplayRole else plain_tip(words)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if self.chart is None or orientation is not Qt.Orientation.Horizontal:
            return None
        name = tr("trend.month") if not section else self.chart.series[section - 1].name
        if role == Qt.ItemDataRole.DisplayRole:
            return name
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(name)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None


def _cell(series: Series, place: int) -> str:
    value = series.values[place]
    if value is None:
        return DASH
    low = series.low[place] if series.low else None
    high = series.high[place] if series.high else None
    if low is None or high is None:
        return i18n.number(value)
    return f"{i18n.number(value)}  ({i18n.number(low, 1)}–{i18n.number(high, 1)})"
