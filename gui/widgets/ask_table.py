"""The table in which rows of a file are corrected, accepted or left out, one or many at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QItemSelectionRange, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QTableView,
    QWidget,
)

from gui import i18n, theme
from gui.i18n import retext, tr
from gui.models.ask_model import HEADS, LEFT_OUT, VALUE, AskModel, Index
from gui.widgets.buttons import Button, explain
from gui.widgets.choice_delegate import ChoiceDelegate
from gui.widgets.layouts import column, row
from gui.widgets.whole_rows import whole_rows

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionViewItem

WIDTHS = (150, 120, 120, 200, 300)
LINE_PX, LINE_KHMER_PX = 44, 52
CORNER = 4
LOOKED_AT = 500


class ValueDelegate(ChoiceDelegate):
    """A value: chosen from a list where there is one, else typed."""

    def __init__(self, view: QTableView, model: AskModel) -> None:
        super().__init__(view, model.choices, "wizard.row.value")
        self._rows = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if self._rows.has_list(index):
            super().paint(painter, option, index)
            return
        QStyledItemDelegate.paint(self, painter, option, index)
        if index.flags() & Qt.ItemFlag.ItemIsEditable:
            painter.save()
            painter.setPen(QPen(QColor(theme.current().strong_line)))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = option.rect.adjusted(3, 5, -4, -6)
            painter.drawRoundedRect(box, CORNER, CORNER)
            painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        if self._rows.has_list(index):
            return super().createEditor(parent, option, index)
        made = QLineEdit(parent)
        made.setAccessibleName(tr("wizard.row.value"))
        return made

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QLineEdit):
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))
            editor.selectAll()
        else:
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        if isinstance(editor, QLineEdit):
            self._rows.setData(index, editor.text())
        else:
            super().setModelData(editor, self._rows, index)


class AskTable(QWidget):
    """The rows, and what can be done with those that are selected."""

    def __init__(self, model: AskModel) -> None:
        super().__init__()
        self.model = model
        self._why, self._why_params = "", dict[str, object]()
        self.table = QTableView()
        self.table.setModel(model)
        whole_rows(self.table, several=True)
        self.table.setItemDelegateForColumn(VALUE, ValueDelegate(self.table, model))
        triggers = QAbstractItemView.EditTrigger
        self.table.setEditTriggers(triggers.EditKeyPressed | triggers.DoubleClicked)
        header = self.table.horizontalHeader()
        header.setStretchLastSection(True)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for place, width in enumerate(WIDTHS):
            self.table.setColumnWidth(place, width)
        self.accept_button = Button("wizard.row.accept", "check")
        self.skip_button = Button("wizard.row.skip", "eye-off")
        self.back_button = Button("wizard.row.take_back", "arrow-back-up")
        self.alike_button = Button("wizard.row.alike", look="link")
        self.accept_button.clicked.connect(lambda: model.accept(self.selected()))
        self.skip_button.clicked.connect(lambda: model.leave_out(self.selected()))
        self.back_button.clicked.connect(lambda: model.take_back(self.selected()))
        self.alike_button.clicked.connect(self.select_alike)
        self.buttons = row(
            self.accept_button, self.skip_button, self.back_button, self.alike_button, None
        )
        whole = column(self.table, self.buttons)
        whole.setStretch(0, 1)
        self.setLayout(whole)
        self.table.selectionModel().selectionChanged.connect(self.show_possible)
        model.dataChanged.connect(self.show_possible)
        model.modelReset.connect(self.show_possible)
        retext(self, self._word)

    def forbid(self, why: str, **params: object) -> None:
        """Let nobody answer, and say why; an empty code lets everybody."""
        self._why, self._why_params = why, params
        self.model.locked = bool(why)
        self.show_possible()

    def selected(self) -> list[int]:
        """Return the numbers of the rows that are selected."""
        ranges = self.table.selectionModel().selection().toList()
        return sorted({r for part in ranges for r in range(part.top(), part.bottom() + 1)})

    def select_rows(self, rows: list[int]) -> None:
        """Select rows and bring the first of them into view."""
        chosen = QItemSelection()
        for first, end in _runs(rows):
            left, right = self.model.index(first, 0), self.model.index(end, len(HEADS) - 1)
            chosen.append(QItemSelectionRange(left, right))
        flags = QItemSelectionModel.SelectionFlag
        self.table.selectionModel().select(chosen, flags.ClearAndSelect | flags.Rows)
        if rows:
            self.table.scrollTo(self.model.index(rows[0], 0))

    def select_alike(self) -> None:
        """Select all rows that ask the same as the first of the selected ones."""
        rows = self.selected()
        if rows:
            self.select_rows(self.model.alike(rows[0]))

    def show_possible(self, *_what: object) -> None:
        """Word and enable the buttons by what is selected."""
        rows = self.selected()
        looked_at = rows[:LOOKED_AT]  # of thousands the first ones tell what can be done
        yes = [r for r in looked_at if self.model.can_accept(r)]
        states = [self.model.state(self.model.item(r)) for r in looked_at]
        open_yet = [s for s in states if s != LEFT_OUT]
        changed = any(self.model.item(r).key in self.model.answers for r in looked_at)
        more = len(rows) - len(looked_at)
        if self._why:
            for button in (self.accept_button, self.skip_button, self.back_button):
                explain(button, self._why, **self._why_params)
            return
        none = "" if rows else "wizard.why.select"
        self.accept_button.say(*self._yes_words(yes), n=i18n.number(len(yes) + more))
        explain(self.accept_button, none or ("" if yes else "wizard.why.no_proposal"))
        self.skip_button.say("wizard.row.skip_n", n=i18n.number(len(open_yet) + more))
        explain(self.skip_button, none or ("" if open_yet else "wizard.why.left_out"))
        explain(self.back_button, none or ("" if changed else "wizard.why.nothing_answered"))
        explain(self.alike_button, none)

    def _yes_words(self, rows: list[int]) -> tuple[str]:
        """Return what a yes to the selected questions says, if they all ask the same."""
        codes = {self.model.problem(self.model.item(r)).code for r in rows}
        kind = _YES.get(codes.pop(), "take") if len(codes) == 1 else "several"
        return (f"wizard.yes.{kind}",)

    def _word(self) -> None:
        self.table.setAccessibleName(tr("wizard.row.table"))
        khmer = i18n.language() == "km"
        height = LINE_KHMER_PX if khmer else LINE_PX
        self.table.verticalHeader().setDefaultSectionSize(height)
        self.show_possible()


def _runs(rows: list[int]) -> list[tuple[int, int]]:
    """Return rows as runs without a gap: a selection of thousands is quick as a few ranges."""
    runs: list[tuple[int, int]] = []
    for r in rows:
        if runs and runs[-1][1] == r - 1:
            runs[-1] = (runs[-1][0], r)
        else:
            runs.append((r, r))
    return runs


_YES = {
    "import.reason.swapped": "swap",
    "import.reason.no_point": "area",
    "import.reason.crosses_itself": "outline",
    "import.reason.which_system": "utm",
    "import.reason.other_province": "point",
    "import.reason.trial": "keep",
    "import.reason.same_code": "another",
    "import.reason.same_number": "another",
    "import.reason.in_plan": "another",
    "import.reason.submitted_again": "another",
    "import.reason.form_in_plan": "another",
}
