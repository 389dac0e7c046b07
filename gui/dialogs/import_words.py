"""Words of a file that no vocabulary holds: each is given a meaning once for all its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from geo.formats.choices import vocabulary_of
from geo.formats.summary import field_words
from geo.model.entity import Kind
from gui import i18n
from gui.i18n import retext, tr
from gui.tips import plain_tip
from gui.widgets.choice_delegate import ChoiceDelegate
from gui.widgets.layouts import column
from gui.widgets.texts import Text
from gui.widgets.whole_rows import whole_rows

if TYPE_CHECKING:
    from geo.formats.examples import UnknownWord

Index = QModelIndex | QPersistentModelIndex
HEADS = ("word", "field", "rows", "means")
WIDTHS = (300, 170, 80, 300)
MEANS = HEADS.index("means")
ASK = ""
ROW_PX = 38


class WordsModel(QAbstractTableModel):
    """One row for each word that is not understood."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.target = Kind.SITE
        self.words: tuple[UnknownWord, ...] = ()
        self.meanings: dict[tuple[str, str], str] = {}

    def show_words(self, target: Kind, words: tuple[UnknownWord, ...]) -> None:
        """Show the words of a file; what was chosen for a word before stays."""
        self.beginResetModel()
        if target is not self.target:
            self.meanings.clear()
        self.target, self.words = target, words
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.words)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(HEADS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - as Qt has it
        item, head = self.words[index.row()], HEADS[index.column()]
        meaning = self.meanings.get((item.field, item.word), ASK)
        if role == Qt.ItemDataRole.EditRole and head == "means":
            return meaning
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            shown = {
                "word": item.word,
                "field": field_words(self.target, item.field, i18n.language()),
                "rows": i18n.number(item.rows),
                "means": {k: w for w, k in self.choices(index)}[meaning],
            }[head]
            return plain_tip(shown) if role == Qt.ItemDataRole.ToolTipRole else shown
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if head == "rows" else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or HEADS[index.column()] != "means":
            return False
        item = self.words[index.row()]
        self.meanings[item.field, item.word] = str(value)
        self.dataChanged.emit(index, index)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        base = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return base | Qt.ItemFlag.ItemIsEditable if index.column() == MEANS else base

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - Qt's own signature
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(f"wizard.word.{HEADS[section]}")
        return None

    def choices(self, index: Index) -> list[tuple[str, str]]:
        """Return what a word can mean."""
        vocabulary = vocabulary_of(self.target, self.words[index.row()].field)
        members = [(i18n.label(m), m.value) for m in vocabulary] if vocabulary else []
        return [(tr("wizard.word.ask"), ASK), *members]


class WordsPage(QWidget):
    """A table of words with their counts and what each of them means."""

    def __init__(self) -> None:
        super().__init__()
        self.model = WordsModel(self)
        self.table = QTableView()
        self.table.setModel(self.model)
        whole_rows(self.table, height=ROW_PX, several=True)
        self.table.setItemDelegateForColumn(
            MEANS, ChoiceDelegate(self.table, self.model.choices, "wizard.word.means")
        )
        self.table.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.SelectedClicked
        )
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        for place, width in enumerate(WIDTHS):
            self.table.setColumnWidth(place, width)
        self.setLayout(
            column(
                Text("wizard.word.title", role="heading"),
                Text("wizard.word.note", role="caption", wrap=True),
                self.table,
            )
        )
        retext(self, self._word)

    def show_words(self, target: Kind, words: tuple[UnknownWord, ...]) -> None:
        """Show the words of a file."""
        self.model.show_words(target, words)

    def answers(self) -> dict[str, dict[str, str]]:
        """Return field → word → member of the vocabulary."""
        found: dict[str, dict[str, str]] = {}
        for item in self.model.words:
            meaning = self.model.meanings.get((item.field, item.word), ASK)
            if meaning != ASK:
                found.setdefault(item.field, {})[item.word] = meaning
        return found

    def _word(self) -> None:
        self.table.setAccessibleName(tr("wizard.word.title"))
        self.model.beginResetModel()
        self.model.endResetModel()
