"""What becomes of each row of a file, before anything is changed; what is wrong is mended here."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from geo.formats.choices import Choice, choices
from geo.formats.recheck import problem_of
from geo.formats.summary import is_guarded
from geo.formats.work import as_text
from gui import i18n
from gui.i18n import retext, tr
from gui.models.ask_model import Asked, AskModel
from gui.tips import plain_tip
from gui.widgets.ask_table import AskTable
from gui.widgets.buttons import Button
from gui.widgets.layouts import boxed, card, clear, column, row
from gui.widgets.texts import Data, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.errors import PlanError
    from geo.formats.repair import Answer
    from geo.formats.rows import Checked

HEADLINES = {
    "rows": "dialog.import.in_file",
    "imported": "dialog.import.imported",
    "rejected": "dialog.import.rejected",
    "waiting": "dialog.import.waiting",
}
SHOWN_REPAIRS = 20


class SummaryPage(QWidget):
    """Rows = imported + rejected + waiting, and a table in which the latter two can be mended.

    Attributes:
        answered: Rows were answered; the file has to be checked again with `answers`.
        save_asked: The rows that are held back are wanted as a workbook (its path).
    """

    answered = Signal()
    save_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._base: Checked | None = None
        self.checked: Checked | None = None
        self._province = ""
        self._choices: dict[tuple[int, str, str], tuple[Choice, ...]] = {}
        self._numbers = row(gap=12)
        self.model = AskModel(self, self._choices_of)
        self.model.answered.connect(self.answered)
        self.asks = AskTable(self.model)
        self.table = self.asks.table
        self._all_well = Text("dialog.import.all_well", role="muted")
        self._what = Data(role="muted", wrap=True)
        self._repairs = Data(role="caption", wrap=True)
        self.fault = Data(role="danger", wrap=True)
        self.fault.hide()
        self.save_button = Button("dialog.import.save_rejects", "file-spreadsheet")
        self.save_button.clicked.connect(self._save_rejects)
        self.asks.buttons.addWidget(self.save_button)
        whole = column(
            self._numbers,
            self._what,
            self._repairs,
            self._all_well,
            self.asks,
            self.fault,
        )
        whole.setStretch(4, 1)
        self.setLayout(whole)
        retext(self, self._word)

    @property
    def answers(self) -> dict[int, Answer]:
        """Position of a row → what was answered."""
        return {int(str(key)): answer for key, answer in self.model.answers.items()}

    def show_checked(self, checked: Checked, rows: Sequence[Asked], province: str) -> None:
        """Show what a check of a file found, and the rows that are held back."""
        self._base = self.checked = checked
        self._choices = {}
        self._province = province
        self.model.show_rows(len(rows), rows.__getitem__)
        self.fault.hide()
        self._word()

    def show_answered(self, checked: Checked) -> None:
        """Show what the answers led to."""
        self.checked = checked
        now = problem_of(checked)
        self.model.show_now({i: now.get(i) for i in self.answers})
        self.fault.hide()
        self._word()

    def show_fault(self, error: PlanError) -> None:
        """Say why answers could not be taken."""
        self.fault.setText(i18n.message(error))
        self.fault.show()

    def _choices_of(self, item: Asked) -> tuple[Choice, ...]:
        from geo.gazetteer import Gazetteer

        position = int(str(item.key))
        problem = self.model.problem(item)
        key = (position, problem.code, problem.field)
        if key not in self._choices and self._base is not None:
            values = self._base.raw.row_values(position)
            fields = {f: as_text(values[c]) for f, c in self._base.mapping.columns.items()}
            self._choices[key] = choices(
                problem, fields, item.target, Gazetteer.load(), self._province
            )
        return self._choices.get(key, ())

    def _word(self) -> None:
        checked = self.checked
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
        self._what.setText(
            tr(
                f"wizard.will.{checked.target.value}",
                n=i18n.number(checked.imported),
                waiting=i18n.number(len(checked.waiting)),
            )
        )
        self._repairs.setVisible(bool(checked.repairs))
        self._repairs.setText(tr("dialog.import.repaired", n=i18n.number(len(checked.repairs))))
        self._repairs.setToolTip(_repairs(checked))
        held_back = self.model.rowCount() > 0
        self._all_well.setVisible(not held_back)
        self.asks.setVisible(held_back)

    def _save_rejects(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, tr("dialog.import.save_rejects"), "rejects.xlsx", "*.xlsx"
        )
        if name:
            self.save_asked.emit(Path(name))


def _repairs(checked: Checked) -> str:
    """Return the first repairs with their rows, one a line."""
    lines = [
        f"{r.sheet} {i18n.number(r.row)}: ".lstrip()
        + tr(r.code, value="…" if is_guarded(checked.target, r.field) else r.value)
        for r in checked.repairs[:SHOWN_REPAIRS]
    ]
    return plain_tip("\n".join(lines))


def _number(code: str, count: int) -> QWidget:
    return card(
        column(
            Data(i18n.number(count), role="display"),
            boxed(column(Text(HEADLINES[code], role="caption"))),
            margin=10,
            gap=0,
        )
    )
