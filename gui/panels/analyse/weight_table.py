"""What each grade weighs, as a table that can be seen before anything is computed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from geo.model.vocabulary import Credibility, Reliability
from gui import i18n
from gui.i18n import retext
from gui.widgets.layouts import boxed, column
from gui.widgets.texts import Data, Text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtWidgets import QLabel


class WeightTable(QWidget):
    """Reliability from above to below, credibility from left to right; F and 6 weigh as C and 3."""

    def __init__(self, weights: NDArray[np.float64]) -> None:
        """Show weights of shape ``(6, 6)``."""
        super().__init__()
        self._weights = weights
        self._cells: list[tuple[QLabel, float]] = []
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(4)
        grid.setVerticalSpacing(2)
        right = Qt.AlignmentFlag.AlignRight
        for x, credibility in enumerate(Credibility, start=1):
            grid.addWidget(self._head(credibility), 0, x, right)
        for y, reliability in enumerate(Reliability, start=1):
            grid.addWidget(self._head(reliability), y, 0)
            for x in range(1, len(Credibility) + 1):
                cell = Data(role="caption")
                self._cells.append((cell, float(weights[y - 1, x - 1])))
                grid.addWidget(cell, y, x, right)
        note = Text("hot.weights_note", role="caption", wrap=True)
        self.setLayout(column(boxed(grid), note, gap=4))
        retext(self, self._word)

    def _head(self, grade: Reliability | Credibility) -> Data:
        head = Data(grade.value)
        retext(head, lambda: head.setToolTip(i18n.label(grade)))
        return head

    def _word(self) -> None:
        for cell, weight in self._cells:
            cell.setText(i18n.number(weight, 2))
