"""Choosing a province, district, commune or village by its name in any spelling, or by its code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter

from geo.errors import InputError
from gui import i18n
from gui.models.unit_words import unit_words
from gui.widgets.in_place import LineEditor

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent

    from geo.gazetteer import Hit

TYPING_MS: Final = 120
SHOWN: Final = 12
CODE = Qt.ItemDataRole.UserRole
PLACES = "place"
LIST_KEYS: Final = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape}


class UnitField(LineEditor):
    """A field that finds units while one types; only one of the list can be meant."""

    def __init__(self, code: str = "", *, in_form: bool = False) -> None:
        """Show a unit by its NCDD code; an empty one is no unit."""
        super().__init__(unit_words(code))
        self.in_form = in_form
        self._code, self._words = code, self.text()
        self._found = QStandardItemModel(self)
        finder = QCompleter(self._found, self)
        finder.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        finder.setMaxVisibleItems(SHOWN)
        chosen = finder.activated[QModelIndex]  # type: ignore[index] # Qt has two of this name
        chosen.connect(self._chosen)
        self.setCompleter(finder)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.timeout.connect(self._search)
        self.textEdited.connect(lambda _text: self._typing.start(TYPING_MS))

    def code(self) -> str:
        """Return the code of the unit; empty for none.

        Raises:
            InputError: What was typed is none of the list, or several.
        """
        typed = self.text().strip()
        if not typed:
            return ""
        if typed == self._words:
            return self._code
        hits = [hit for hit in _search(typed) if typed == hit.code] or _search(typed)
        if len(hits) != 1:
            raise InputError("error.unit.not_chosen" if hits else "error.unit.unknown", text=typed)
        return hits[0].code

    def sure(self) -> bool:
        """Tell whether it is known which unit is meant, if any."""
        try:
            self.code()
        except InputError:
            return False
        return True

    def value(self) -> str:
        """Return the code; see `code`."""
        return self.code()

    def show_unit(self, code: str) -> None:
        """Show another unit."""
        self._code, self._words = code, unit_words(code)
        self.setText(self._words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in LIST_KEYS and self._list_open():
            event.ignore()  # the list takes what is marked in it, or closes
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if not self._list_open():
            super().focusOutEvent(event)

    def _list_open(self) -> bool:
        popup = self.completer().popup()
        return popup is not None and popup.isVisible()

    def _search(self) -> None:
        self._found.clear()
        for hit in _search(self.text().strip()):
            words = f"{_level(hit.kind)} {i18n.name_of(hit.name_km, hit.name_en)}"
            within = ", ".join(i18n.name_of(u.name_km, u.name_en) for u in hit.within)
            item = QStandardItem(" · ".join(part for part in (words, within, hit.code) if part))
            item.setData(hit.code, CODE)
            self._found.appendRow(item)
        if self._found.rowCount() and self.hasFocus():
            self.completer().complete()

    def _chosen(self, index: QModelIndex) -> None:
        # The completer writes its own words into the field after this.
        code = str(index.data(CODE))
        self._code = code
        QTimer.singleShot(0, self, lambda: self._take(code))

    def _take(self, code: str) -> None:
        self.show_unit(code)
        self.entered.emit()


def _search(text: str) -> list[Hit]:
    from geo.gazetteer import Gazetteer

    if not text:
        return []
    hits = Gazetteer.load().find(text, 3 * SHOWN)
    return [hit for hit in hits if hit.kind != PLACES and hit.code][:SHOWN]


def _level(kind: str) -> str:
    from geo.model.vocabulary import AdminLevel

    return i18n.label(AdminLevel(kind))
