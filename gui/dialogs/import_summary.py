"""What becomes of each row of a file, before anything is changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from geo.errors import PlanError
from geo.formats.summary import field_label, reject_line
from geo.model.vocabulary import Grade
from gui import i18n
from gui.i18n import retext, tr
from gui.tips import plain_tip
from gui.widgets.buttons import Button
from gui.widgets.layouts import boxed, card, clear, column, row
from gui.widgets.no_copy import keep_from_clipboard
from gui.widgets.texts import Data, Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.formats.rows import Checked

HEADS = ("row", "state", "at", "value", "reason")
WIDTHS = (70, 150, 140, 160, 300)
HEADLINES = {
    "rows": "dialog.import.in_file",
    "imported": "dialog.import.imported",
    "rejected": "dialog.import.rejected",
    "waiting": "dialog.import.waiting",
}
MOST = 2_000
"""More rows than that are looked at in the file of rejects, not in a dialog."""


class SummaryPage(QWidget):
    """Rows = imported + rejected + waiting, and each of the latter two with its reason."""

    def __init__(self) -> None:
        super().__init__()
        self._checked: Checked | None = None
        self._source: Path | None = None
        self._record: Callable[..., None] | None = None
        self._numbers = row(gap=12)
        self.table = QTableWidget(0, len(HEADS))
        keep_from_clipboard(self.table)
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setWordWrap(True)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for place, width in enumerate(WIDTHS):
            self.table.setColumnWidth(place, width)
        self._all_well = Text("dialog.import.all_well", role="muted")
        self._repairs = Data(role="caption", wrap=True)
        self._save = Button("dialog.import.save_rejects", "file-spreadsheet")
        self._save.clicked.connect(self._save_rejects)
        self.setLayout(
            column(
                self._numbers,
                self._repairs,
                self._all_well,
                self.table,
                row(self._save, None),
                gap=12,
            )
        )
        retext(self, self._word)

    def show_checked(
        self,
        checked: Checked,
        source: Path | None = None,
        record: Callable[..., None] | None = None,
    ) -> None:
        """Show what a check found.

        Args:
            checked: The file after the check.
            source: The file, which its own rejects must not replace.
            record: Logs that rejects left, and waits for it.
        """
        self._checked, self._source, self._record = checked, source, record
        self._word()

    def _word(self) -> None:
        checked = self._checked
        if checked is None:
            return
        clear(self._numbers)
        for sign, code, count in (
            ("", "rows", checked.rows),
            ("=", "imported", checked.imported),
            ("+", "rejected", len(checked.rejected)),
            ("+", "waiting", len(checked.waiting)),
        ):
            if sign:
                self._numbers.addWidget(Data(sign, role="display"))
            self._numbers.addWidget(_number(code, count))
        self._numbers.addStretch(1)
        self._repairs.setVisible(bool(checked.repairs))
        self._repairs.setText(tr("dialog.import.repaired", n=i18n.number(len(checked.repairs))))
        held_back = bool(checked.rejected or checked.waiting)
        self._all_well.setVisible(not held_back)
        self.table.setVisible(held_back)
        self._save.setVisible(held_back)
        self._fill(checked)

    def _fill(self, checked: Checked) -> None:
        self.table.setHorizontalHeaderLabels([tr(f"dialog.import.head.{h}") for h in HEADS])
        problems = sorted((*checked.rejected, *checked.waiting), key=lambda p: p.position)[:MOST]
        self.table.setRowCount(len(problems))
        for line, problem in enumerate(problems):
            state = "dialog.import.waiting" if problem.ask else "dialog.import.rejected"
            # A value that must not leave is not shown either: see `reject_line`.
            shown = reject_line(checked, problem, i18n.language())
            cells = (
                f"{problem.sheet} {i18n.number(problem.row)}".strip(),
                tr(state),
                field_label(checked, {"field": problem.field}, i18n.language()),
                shown["value"],
                shown["reason"],
            )
            for place, words in enumerate(cells):
                item = QTableWidgetItem(words)
                item.setToolTip(plain_tip(words))
                if place == 0:
                    item.setTextAlignment(
                        Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                    )
                self.table.setItem(line, place, item)
        self.table.resizeRowsToContents()

    def _save_rejects(self) -> None:
        from geo.formats.rejects import write_rejects

        name, _ = QFileDialog.getSaveFileName(
            self, tr("dialog.import.save_rejects"), "rejects.xlsx", "*.xlsx"
        )
        if not name or self._checked is None:
            return
        try:
            rows = write_rejects(self._checked, Path(name), i18n.language(), source=self._source)
            if self._record is not None:
                self._record("export", kind="rejects", grade=Grade.COMMAND.value, rows=rows)
        except PlanError as error:
            self._repairs.setText(i18n.message(error))
            self._repairs.show()


def _number(code: str, count: int) -> QWidget:
    return card(
        column(
            Data(i18n.number(count), role="display"),
            boxed(column(Text(HEADLINES[code], role="caption"))),
            margin=10,
            gap=0,
        )
    )
