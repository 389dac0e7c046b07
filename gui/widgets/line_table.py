"""A short table of lines that are chosen one at a time; what is done with one is the page's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget

from gui import i18n
from gui.i18n import retext, tr
from gui.widgets.whole_rows import whole_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

LINE_PX, LINE_KHMER_PX = 30, 36
LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class LineTable(QTableWidget):
    """Words in columns as wide as they need, of which one takes the rest.

    Attributes:
        opened: A line was double-clicked, or Enter was pressed on it.
    """

    opened = Signal()

    def __init__(self, name_code: str, head_codes: Sequence[str], *, wide: int) -> None:
        """Make it empty.

        Args:
            name_code: Of its accessible name.
            head_codes: Of the heads, from left to right.
            wide: The column that takes the rest of the width.
        """
        super().__init__(0, len(head_codes))
        self._name_code, self._head_codes = name_code, tuple(head_codes)
        whole_rows(self)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setWordWrap(False)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(wide, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        header.setDefaultAlignment(LEFT)
        self.cellActivated.connect(self.opened)
        self.cellDoubleClicked.connect(self.opened)
        retext(self, self._word)

    def _word(self) -> None:
        self.setAccessibleName(tr(self._name_code))
        self.setHorizontalHeaderLabels([tr(code) for code in self._head_codes])
        height = LINE_KHMER_PX if i18n.language() == "km" else LINE_PX
        self.verticalHeader().setDefaultSectionSize(height)
