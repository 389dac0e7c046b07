"""A column of choices in a table: drawn as combo boxes, made as one only where it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QComboBox,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionComboBox,
    QStyleOptionViewItem,
)

from gui.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QTableView, QWidget

Index = QModelIndex | QPersistentModelIndex
Choices = list[tuple[str, str]]
"""Words and key of each choice."""
LONG_LIST = 14


class ChoiceDelegate(QStyledItemDelegate):
    """Draws an editable cell as a combo box; one click, F2 or Space opens its list.

    The model's `EditRole` is the key of the choice, its `DisplayRole` the words.
    """

    def __init__(
        self, view: QTableView, choices: Callable[[Index], Sequence[tuple[str, str]]], name: str
    ) -> None:
        """Take what can be chosen in a cell, and the code of the editor's name."""
        super().__init__(view)
        self._view, self._choices, self._name = view, choices, name
        # Style sheets dress a widget, not a drawing: this one is never shown.
        self._model_box = QComboBox(view)
        self._model_box.hide()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if not self._editable(index):
            super().paint(painter, option, index)
            return
        base = QStyleOptionViewItem(option)
        self.initStyleOption(base, index)
        base.text = ""
        style = self._model_box.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, base, painter, base.widget)
        box = QStyleOptionComboBox()
        box.initFrom(self._model_box)
        box.rect = option.rect.adjusted(4, 2, -4, -2)
        box.currentText = str(index.data() or "")
        box.frame = True
        focus = option.state & QStyle.StateFlag.State_HasFocus
        state = QStyle.StateFlag.State_Enabled
        box.state = state | QStyle.StateFlag.State_HasFocus if focus else state
        style.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, box, painter, self._model_box)
        box.currentText = painter.fontMetrics().elidedText(
            box.currentText,
            Qt.TextElideMode.ElideRight,
            box.rect.width() - 44,
        )
        style.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, box, painter, self._model_box)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        hint = super().sizeHint(option, index)
        return hint.expandedTo(QSize(hint.width(), self._model_box.sizeHint().height() + 4))

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QComboBox(parent)
        editor.setAccessibleName(tr(self._name))
        editor.setMaxVisibleItems(LONG_LIST)
        for words, key in self._choices(index):
            editor.addItem(words, key)
        editor.activated.connect(lambda _i: self._taken(editor))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QComboBox):
            key = index.data(Qt.ItemDataRole.EditRole)
            editor.setCurrentIndex(max(editor.findData(key), 0))
            editor.showPopup()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData(), Qt.ItemDataRole.EditRole)

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """Open the list at the first click, as a combo box does."""
        if (
            event.type() is QEvent.Type.MouseButtonRelease
            and isinstance(event, QMouseEvent)
            and event.button() is Qt.MouseButton.LeftButton
            and self._editable(index)
        ):
            self._view.edit(index)
            return True
        return super().editorEvent(event, model, option, index)

    def _taken(self, editor: QComboBox) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor)

    @staticmethod
    def _editable(index: Index) -> bool:
        return bool(index.flags() & Qt.ItemFlag.ItemIsEditable)
