"""Search: places, rows of the plan, positions and commands in one field, by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from gui import icons, theme
from gui.i18n import retext, tr

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent

TYPING_MS = 10
"""The next letter of a fast typist; a search takes less than the eye needs to notice."""
MIN_WIDTH = 560
GAP_PX = 12
ROW_PX = 32
SECOND = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a search found.

    Attributes:
        icon: Icon before it.
        title: What it is called.
        second: What and where it is.
        act: What happens when it is chosen.
    """

    icon: str
    title: str
    second: str
    act: Callable[[], object]


class _FindingDelegate(QStyledItemDelegate):
    """A name, and at the right in a quieter colour what and where it is."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        plain = QStyleOptionViewItem(option)
        self.initStyleOption(plain, index)
        title, second = plain.text, str(index.data(SECOND) or "")
        plain.text = ""
        style = plain.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, plain, painter, plain.widget)
        metrics, rect = plain.fontMetrics, plain.rect.adjusted(38, 0, -10, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        # One pixel more than its advance: else a title that fits would be cut.
        wide = min(metrics.horizontalAdvance(title) + 4, rect.width() * 2 // 3)
        if not second:
            wide = rect.width()
        painter.save()
        elide = Qt.TextElideMode.ElideRight
        painter.setPen(QColor(theme.current().text))
        box = rect.adjusted(0, 0, wide - rect.width(), 0)
        painter.drawText(box, middle, metrics.elidedText(title, elide, wide))
        left = rect.width() - wide - GAP_PX
        painter.setPen(QColor(theme.current().muted))
        box = rect.adjusted(wide + GAP_PX, 0, 0, 0)
        words = metrics.elidedText(second, elide, left)
        painter.drawText(box, middle | Qt.AlignmentFlag.AlignRight, words)
        painter.restore()


class SearchBox(QLineEdit):
    """The field in the top bar with its list of findings.

    Attributes:
        asked: The user typed something to be found; answer with `show_findings`.
    """

    asked = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__()
        self.setClearButtonEnabled(True)
        self.setMinimumWidth(140)
        self.setMaximumWidth(460)
        self._icon = self.addAction(QIcon(), QLineEdit.ActionPosition.LeadingPosition)
        theme.on_theme(
            self, lambda: self._icon.setIcon(icons.icon("search", theme.current().muted))
        )
        retext(self, self._word)
        self._findings: list[Finding] = []
        self._window = window
        self.results = QFrame(window)
        self.results.setObjectName("floating")
        box = QVBoxLayout(self.results)
        box.setContentsMargins(4, 4, 4, 4)
        self.list = QListWidget()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setIconSize(QSize(18, 18))
        self.list.setMouseTracking(True)
        self.list.setItemDelegate(_FindingDelegate(self.list))
        self.list.itemClicked.connect(lambda _item: self._take())
        box.addWidget(self.list)
        self.results.hide()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.timeout.connect(lambda: self.asked.emit(self.text().strip()))
        self.textEdited.connect(lambda _text: self._typing.start(TYPING_MS))
        window.installEventFilter(self)

    def begin(self) -> None:
        """Take the keyboard."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        self.asked.emit(self.text().strip())

    def show_findings(self, findings: list[Finding]) -> None:
        """Show what was found for the text that stands in the field."""
        self._findings = findings
        self.list.clear()
        for finding in findings:
            entry = QListWidgetItem(finding.title)
            entry.setData(SECOND, finding.second)
            spoken = f"{finding.title}, {finding.second}"
            entry.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
            entry.setSizeHint(QSize(0, ROW_PX))
            entry.setIcon(icons.icon(finding.icon, theme.current().muted))
            self.list.addItem(entry)
        if not findings:
            nothing = QListWidgetItem(tr("window.search.nothing"))
            nothing.setSizeHint(QSize(0, ROW_PX))
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            nothing.setForeground(QColor(theme.current().muted))
            self.list.addItem(nothing)
        else:
            self.list.setCurrentRow(0)
        self._place()
        self.results.setVisible(self.hasFocus())
        self.results.raise_()

    def _word(self) -> None:
        self.setPlaceholderText(f"{tr('window.search.field')}  (Ctrl+K)")
        self.setAccessibleName(tr("window.search.field"))

    def _place(self) -> None:
        window = self._window
        width = max(self.width(), MIN_WIDTH)
        rows = max(self.list.count(), 1)
        height = min(rows * ROW_PX + 12, 440)
        at = self.mapTo(window, QPoint(0, self.height() + 4))
        left = min(at.x(), window.width() - width - 8)
        self.results.setGeometry(left, at.y(), width, height)

    def _take(self) -> None:
        row = self.list.currentRow()
        self.results.hide()
        if 0 <= row < len(self._findings):
            self.clear()
            self.clearFocus()
            self._findings[row].act()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Up} and self.results.isVisible():
            step = 1 if key == Qt.Key.Key_Down else -1
            last = self.list.count() - 1
            self.list.setCurrentRow(min(max(self.list.currentRow() + step, 0), last))
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self._typing.isActive():  # what is shown was found for fewer letters
                self._typing.stop()
                self.asked.emit(self.text().strip())
            self._take()
        elif key == Qt.Key.Key_Escape:
            self.results.hide()
            self.clear()
            self.clearFocus()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QEvent) -> None:
        super().focusOutEvent(event)  # type: ignore[arg-type] # Qt's own event
        QTimer.singleShot(150, self.results, self.results.hide)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.results.isVisible():
            self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.results.isVisible():
            self._place()
        return super().eventFilter(watched, event)
