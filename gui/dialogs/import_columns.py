"""The columns of a file as a table: its first values, and the field that each becomes."""

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
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QAbstractItemView, QTableView

from geo.formats.synonyms import fields_of
from geo.formats.team_groups import group_columns
from geo.formats.work import as_text
from geo.model.entity import Kind
from geo.model.vocabulary import GroupKind
from gui import theme
from gui.i18n import label, retext, tr
from gui.tips import plain_tip
from gui.widgets.choice_delegate import ChoiceDelegate
from gui.widgets.whole_rows import whole_rows

if TYPE_CHECKING:
    from geo.formats.mapping import Mapping
    from geo.formats.raw import RawTable

Index = QModelIndex | QPersistentModelIndex
HEADS = ("column", "sample", "field")
WIDTHS = (260, 380, 270)
FIELD = HEADS.index("field")
LEAVE_OUT = ""
SAMPLES, LOOKED_AT = 3, 200
ROW_PX = 36


class ColumnsModel(QAbstractTableModel):
    """One row for each column of the file.

    Attributes:
        chosen: A person gave a column another field.
    """

    chosen = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.target = Kind.SITE
        self.columns: tuple[str, ...] = ()
        self.fields: dict[str, str] = {}
        self.never: frozenset[str] = frozenset()
        self.groups: dict[str, tuple[str, str]] = {}
        self._samples: tuple[str, ...] = ()
        retext(self, self._language_changed)

    def show_columns(self, raw: RawTable, proposal: Mapping) -> None:
        """Show a file's columns with what is proposed for them."""
        self.beginResetModel()
        self.target, self.columns = proposal.target, raw.columns
        self.never = frozenset(proposal.never)
        taken = {c: f for f, c in proposal.columns.items()}
        self.fields = {c: taken.get(c, LEAVE_OUT) for c in raw.columns if c not in self.never}
        self._samples = tuple(_sample(cells) for cells in raw.cells)
        self._find_groups()
        self._language_changed()
        self.endResetModel()

    def field_columns(self) -> dict[str, str]:
        """Return field → column."""
        return {f: c for c, f in self.fields.items() if f != LEAVE_OUT}

    def choose(self, column: str, field: str) -> None:
        """Give a column a field; whoever had that field before is left out."""
        for other, taken in self.fields.items():
            if other != column and field != LEAVE_OUT and taken == field:
                self.fields[other] = LEAVE_OUT
        self.fields[column] = field
        self._find_groups()
        last = self.index(max(len(self.columns) - 1, 0), FIELD)
        self.dataChanged.emit(self.index(0, FIELD), last)
        self.chosen.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.columns)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(HEADS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - as Qt has it
        column, head = self.columns[index.row()], HEADS[index.column()]
        field = self.fields.get(column, LEAVE_OUT)
        if role == Qt.ItemDataRole.EditRole and head == "field":
            return field
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            shown = {"column": column, "sample": self._shown_sample(index.row())}.get(head)
            if shown is None:
                shown = self._shown_field(column, field, tip=role == Qt.ItemDataRole.ToolTipRole)
            return plain_tip(shown) if role == Qt.ItemDataRole.ToolTipRole else shown
        if role == Qt.ItemDataRole.ForegroundRole:
            left = column not in self.groups and (column in self.never or field == LEAVE_OUT)
            quiet = head == "sample" or left
            if left and column in self.never and head == "field":
                return QColor(theme.current().warning)
            return QColor(theme.current().muted if quiet else theme.current().text)
        read = field != LEAVE_OUT or column in self.groups
        if role == Qt.ItemDataRole.FontRole and head == "column" and read:
            bold = QFont()
            bold.setBold(True)
            return bold
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or index.column() != FIELD:
            return False
        self.choose(self.columns[index.row()], str(value))
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        base = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        free = index.column() == FIELD and self.columns[index.row()] not in self.never
        return base | Qt.ItemFlag.ItemIsEditable if free else base

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - Qt's own signature
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(f"dialog.import.head.{HEADS[section]}")
        return None

    def choices(self, _index: Index) -> list[tuple[str, str]]:
        """Return the fields that a column can become."""
        return [(words, field) for field, words in self._words.items()]

    def _find_groups(self) -> None:
        """Find the columns that are read as groups of a team, which are no fields of their own."""
        taken = [c for c, field in self.fields.items() if field != LEAVE_OUT]
        self.groups = (
            group_columns(self.columns, taken, self.never) if self.target is Kind.TEAM else {}
        )

    def _shown_field(self, column: str, field: str, *, tip: bool) -> str:
        if column in self.groups:
            kind, part = self.groups[column]
            words = tr(f"report.column.{part}")
            if not kind:
                return tr("dialog.import.group_row", part=words)
            return tr("dialog.import.group_part", group=label(GroupKind(kind)), part=words)
        if column in self.never:
            return tr("dialog.import.never_tip" if tip else "dialog.import.never")
        return self._words[field]

    def _shown_sample(self, at: int) -> str:
        # What is never read is not shown either: it may be the name of a person.
        return "" if self.columns[at] in self.never else self._samples[at]

    def _language_changed(self) -> None:
        named = [(tr(f"field.{self.target.value}.{f}"), f) for f in fields_of(self.target)]
        self._words = {LEAVE_OUT: tr("dialog.import.leave_out")}
        self._words |= {field: words for words, field in sorted(named)}


def columns_table(model: ColumnsModel) -> QTableView:
    """Return the table in which columns are given their fields."""
    made = QTableView()
    made.setModel(model)
    whole_rows(made, height=ROW_PX)
    made.setItemDelegateForColumn(
        FIELD, ChoiceDelegate(made, model.choices, "dialog.import.head.field")
    )
    made.setWordWrap(False)
    made.setEditTriggers(
        QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.SelectedClicked
    )
    made.horizontalHeader().setStretchLastSection(True)
    made.horizontalHeader().setHighlightSections(False)
    made.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
    for place, width in enumerate(WIDTHS):
        made.setColumnWidth(place, width)
    retext(made, lambda: made.setAccessibleName(tr("dialog.import.head.column")))
    return made


def _sample(cells: list[Any]) -> str:
    found = [as_text(c) for c in cells[:LOOKED_AT] if c not in {None, ""}]
    return " · ".join(dict.fromkeys(found[: 4 * SAMPLES]))[:200]
