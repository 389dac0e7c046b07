"""How exact a position is: chosen by whoever puts it there, never guessed."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QComboBox

from geo import localise
from gui import i18n
from gui.i18n import tr

METRES: Final = (10.0, 50.0, 100.0, 500.0, 1000.0)


class AccuracyBox(QComboBox):
    """Chooses an accuracy; nothing is chosen at first."""

    def __init__(self) -> None:
        super().__init__()
        for metres in METRES:
            length = localise.format_length(metres, i18n.language())
            self.addItem(tr("dialog.accuracy.within", length=length), metres)
        self.addItem(tr("dialog.accuracy.unknown"), None)
        self.setCurrentIndex(-1)
        self.setPlaceholderText(tr("dialog.accuracy.choose"))

    def chosen(self) -> bool:
        """Tell whether the user said something."""
        return self.currentIndex() >= 0

    def metres(self) -> float | None:
        """Return the accuracy; None when nobody knows it."""
        value = self.currentData()
        return float(value) if value is not None else None

    def choose(self, metres: float | None) -> None:
        """Choose an accuracy of the list."""
        self.setCurrentIndex(METRES.index(metres) if metres in METRES else len(METRES))
