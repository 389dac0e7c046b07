"""Which sheets of a file are read, and in which line each of them has its header."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from geo.formats.raw import PreviewLine
from geo.formats.work import as_text
from gui import i18n, theme
from gui.i18n import retext, tr
from gui.tips import plain_tip
from gui.widgets.buttons import Segments
from gui.widgets.layouts import boxed, column, row
from gui.widgets.no_copy import keep_from_clipboard
from gui.widgets.texts import Data, Text
from gui.widgets.whole_rows import whole_rows

if TYPE_CHECKING:
    from geo.formats.raw import HeaderRows, SheetInfo
    from geo.loading import OpenedFile

Index = QModelIndex | QPersistentModelIndex
LIST_PX, NUMBER_PX, CELL_PX, ROW_PX = 230, 74, 132, 26
SHOWN_ROWS = 40


class PreviewModel(QAbstractTableModel):
    """The first lines of a sheet as they stand in the file."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: tuple[PreviewLine, ...] = ()
        self.header = (0, 0)
        self.skipped: frozenset[int] = frozenset()

    def show_lines(
        self, lines: tuple[PreviewLine, ...], header: tuple[int, int], skipped: frozenset[int]
    ) -> None:
        """Show the lines of another sheet, or another header."""
        self.beginResetModel()
        self.lines, self.header, self.skipped = lines, header, skipped
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else 1 + max((len(x.cells) for x in self.lines), default=0)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - as Qt has it
        line = self.lines[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            if index.column() == 0:
                number = i18n.number(line.row)
                return tr("wizard.sheet.hidden_row", n=number) if line.hidden else number
            cells = line.cells
            shown = cells[index.column() - 1] if index.column() <= len(cells) else ""
            return plain_tip(shown) if role == Qt.ItemDataRole.ToolTipRole else shown
        is_header = self.is_header(line.row)
        if role == Qt.ItemDataRole.ForegroundRole:
            passed = index.column() == 0 or line.row < self.header[0] or line.row in self.skipped
            return QColor(
                theme.current().muted if passed and not is_header else theme.current().text
            )
        if role == Qt.ItemDataRole.FontRole and is_header:
            bold = QFont()
            bold.setBold(True)
            return bold
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - Qt's own signature
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr("dialog.import.head.row") if section == 0 else _letters(section)
        return None

    def is_header(self, number: int) -> bool:
        """Tell whether a line belongs to the header."""
        first, lines = self.header
        return first <= number < first + lines


class _LineDelegate(QStyledItemDelegate):
    """Puts a tint behind the lines of the header; a style sheet would leave it out."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if isinstance(model, PreviewModel) and model.is_header(model.lines[index.row()].row):
            painter.fillRect(option.rect, QColor(theme.current().tint))
        super().paint(painter, option, index)


class SheetsPage(QWidget):
    """The sheets with their rows, and the lines of one of them; a click makes a line the header.

    Attributes:
        changed: Another sheet or header was chosen.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._opened: OpenedFile | None = None
        self._header: dict[str, tuple[int, int]] = {}
        self.sheets = QListWidget()
        self.sheets.setFixedWidth(LIST_PX)
        keep_from_clipboard(self.sheets)
        self.sheets.setSpacing(2)
        self.sheets.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.sheets.currentRowChanged.connect(lambda _row: self._show_lines())
        self.sheets.itemChanged.connect(lambda _item: self.changed.emit())
        self.model = PreviewModel(self)
        self.lines = _table(self.model)
        self.lines.clicked.connect(lambda index: self.choose_header(index.row()))
        self.lines.activated.connect(lambda index: self.choose_header(index.row()))
        self.count = Segments(
            [(n, f"wizard.sheet.lines_{n}") for n in ("1", "2")], "wizard.sheet.lines"
        )
        self.count.chosen.connect(lambda n: self._set_header(self.model.header[0], int(n)))
        self._found = Data(role="heading")
        self._note = Text("wizard.sheet.note", role="caption", wrap=True)
        self._header_part = boxed(
            row(self._found, 12, Text("wizard.sheet.lines"), self.count, None)
        )
        self._left = boxed(column(Text("wizard.sheet.which", role="heading"), self.sheets))
        right = column(self._header_part, self._note, self.lines)
        right.setStretch(2, 1)
        whole = row(self._left, boxed(right), gap=16)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        retext(self, self._word)

    def show_file(self, opened: OpenedFile) -> None:
        """Show the sheets of a file as it was read."""
        self._opened, self._header = opened, dict(opened.header)
        read = set(opened.raw.sheets) or {s.name for s in opened.info.sheets}
        self.sheets.blockSignals(True)
        self.sheets.clear()
        for sheet in opened.info.sheets:
            item = QListWidgetItem()
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            taken = sheet.name in read
            item.setCheckState(Qt.CheckState.Checked if taken else Qt.CheckState.Unchecked)
            self.sheets.addItem(item)
        taken_rows = [i for i, s in enumerate(opened.info.sheets) if s.name in read]
        self.sheets.setCurrentRow(taken_rows[0] if taken_rows else 0)
        self.sheets.blockSignals(False)
        self._left.setVisible(len(opened.info.sheets) > 1)
        self._word()

    def chosen(self) -> list[str]:
        """Return the names of the sheets that are ticked."""
        if self._opened is None:
            return []
        return [
            s.name
            for i, s in enumerate(self._opened.info.sheets)
            if self.sheets.item(i).checkState() is Qt.CheckState.Checked
        ]

    def header(self) -> HeaderRows:
        """Return the header rows that a person chose."""
        return dict(self._header)

    @property
    def differs(self) -> bool:
        """Whether the file has to be read again: other sheets, or another header."""
        if self._opened is None:
            return False
        read = [s.name for s in self._opened.info.sheets if s.name in set(self._opened.raw.sheets)]
        other = bool(read) and self.chosen() != read
        return other or self._header != dict(self._opened.header)

    def choose_header(self, at: int) -> None:
        """Make a line of the preview the header's first."""
        if self._has_header and 0 <= at < len(self.model.lines):
            self._set_header(self.model.lines[at].row, max(self.model.header[1], 1))

    @property
    def _sheet(self) -> SheetInfo | None:
        at = self.sheets.currentRow()
        return self._opened.info.sheets[at] if self._opened is not None and at >= 0 else None

    @property
    def _has_header(self) -> bool:
        sheet = self._sheet
        return sheet is not None and bool(sheet.preview)

    def _set_header(self, line: int, lines: int) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        self._header[sheet.name] = (line, lines)
        as_found = (line, lines) == (sheet.header_row, sheet.header_lines)
        if as_found and self._opened is not None and sheet.name not in self._opened.header:
            del self._header[sheet.name]
        self._show_lines()
        self.changed.emit()

    def _show_lines(self) -> None:
        sheet, opened = self._sheet, self._opened
        if sheet is None or opened is None:
            return
        header = self._header.get(sheet.name) or (sheet.header_row, max(sheet.header_lines, 0))
        lines = sheet.preview or _first_rows(opened)
        skipped = frozenset(n.row for n in opened.raw.skipped if n.sheet in {"", sheet.name})
        self.model.show_lines(lines, header if sheet.preview else (1, 1), skipped)
        self._header_part.setVisible(self._has_header)
        self._note.setVisible(self._has_header)
        self._found.setText(
            tr("wizard.sheet.header", n=i18n.number(header[0]))
            if header[1]
            else tr("wizard.sheet.no_header")
        )
        self.count.choose("2" if header[1] > 1 else "1")

    def _word(self) -> None:
        self.sheets.setAccessibleName(tr("wizard.sheet.which"))
        self.lines.setAccessibleName(tr("wizard.sheet.preview"))
        if self._opened is None:
            return
        self.sheets.blockSignals(True)
        for i, sheet in enumerate(self._opened.info.sheets):
            code = "wizard.sheet.hidden_sheet" if sheet.hidden else "dialog.import.sheet_rows"
            name = sheet.name or self._opened.path.name
            words = tr(code, name=name, n=i18n.number(sheet.rows))
            self.sheets.item(i).setText(words)
            self.sheets.item(i).setToolTip(plain_tip(words))
        self.sheets.blockSignals(False)
        self._show_lines()


def _first_rows(opened: OpenedFile) -> tuple[PreviewLine, ...]:
    """Return the columns and first rows of a format that has no lines."""
    raw = opened.raw
    heads = PreviewLine(1, raw.columns)
    rows = zip(range(2, SHOWN_ROWS + 2), raw.rows, strict=False)
    return (heads, *(PreviewLine(n, tuple(as_text(c)[:80] for c in cells)) for n, cells in rows))


def _table(model: PreviewModel) -> QTableView:
    made = QTableView()
    made.setModel(model)
    made.setItemDelegate(_LineDelegate(made))
    whole_rows(made, height=ROW_PX)
    made.setWordWrap(False)
    made.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    header = made.horizontalHeader()
    header.setDefaultSectionSize(CELL_PX)
    header.setHighlightSections(False)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
    model.modelReset.connect(lambda: made.setColumnWidth(0, NUMBER_PX))
    header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    return made


def _letters(section: int) -> str:
    """Return a column's letters as a spreadsheet has them."""
    letters = ""
    while section:
        section, rest = divmod(section - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
