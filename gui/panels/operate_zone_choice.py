"""Of which zone a list of the day is: one of the operation's, or all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox

from gui.i18n import retext, tr

if TYPE_CHECKING:
    from collections.abc import Sequence


class ZoneChoice(QComboBox):
    """All zones or one.

    Attributes:
        chosen: The user chose another one (its id, empty for all).
    """

    chosen = Signal(str)

    def __init__(self, every: str) -> None:
        """Begin with all; `every` is the code of what they are called."""
        super().__init__()
        self._every = every
        self.addItem("", "")
        self.setMinimumContentsLength(8)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.currentIndexChanged.connect(lambda _at: self.chosen.emit(self.zone_id))
        retext(self, self._word)

    @property
    def zone_id(self) -> str:
        """The zone that is chosen, or empty."""
        return str(self.currentData() or "")

    def offer(self, zones: Sequence[tuple[str, str]]) -> None:
        """Offer zones (id and name); the choice stays as long as its zone is there."""
        wanted = [("", tr(self._every)), *zones]
        if wanted == [(self.itemData(n), self.itemText(n)) for n in range(self.count())]:
            return
        before = self.zone_id
        self.blockSignals(True)
        self.clear()
        for zone_id, name in wanted:
            self.addItem(name, zone_id)
        self.setCurrentIndex(max(self.findData(before), 0))
        self.blockSignals(False)

    def choose(self, zone_id: str) -> None:
        """Choose a zone."""
        self.setCurrentIndex(max(self.findData(zone_id), 0))

    def _word(self) -> None:
        self.setItemText(0, tr(self._every))
        self.setAccessibleName(tr("readiness.head.zone"))
