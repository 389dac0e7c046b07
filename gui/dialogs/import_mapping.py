"""Which column of a file becomes which field."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QWidget

from geo.errors import InputError
from geo.formats.mapping import IMPORTABLE, Mapping, check_usable, suggest
from geo.formats.synonyms import fields_of
from geo.formats.work import as_text
from geo.model.entity import Kind
from gui import i18n
from gui.i18n import retext, tr
from gui.widgets.layouts import boxed, clear, column, row, scrolling
from gui.widgets.texts import Chip, Data, Elided, Text

if TYPE_CHECKING:
    from geo.loading import OpenedFile

LEAVE_OUT = ""
SAMPLES = 3


class MappingPage(QWidget):
    """The sheet, what its rows become, and the columns with the proposal filled in.

    Attributes:
        target_changed: The rows are to become another kind.
        sheet_changed: Another sheet is wanted (its name, or empty for all).
        changed: A column got another field.
    """

    target_changed = Signal(object)
    sheet_changed = Signal(str)
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._opened: OpenedFile | None = None
        self._proposal: Mapping | None = None
        self.fields: dict[str, QComboBox] = {}
        self.target = QComboBox()
        self.sheet = QComboBox()
        self._sheet_part = boxed(row(Text("dialog.import.sheet"), self.sheet, 16))
        self.target.activated.connect(
            lambda _i: self.target_changed.emit(Kind(self.target.currentData()))
        )
        self.sheet.activated.connect(lambda _i: self.sheet_changed.emit(self.sheet.currentData()))
        retext(self.target, self._fill_targets)
        retext(self.sheet, lambda: self.sheet.setAccessibleName(tr("dialog.import.sheet")))
        self._count = Data(role="muted")
        head = row(self._sheet_part, Text("dialog.import.target"), self.target, None, self._count)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 8, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(1, 4)
        self._grid.setColumnMinimumWidth(2, 260)
        self._fault = Data(role="danger", wrap=True)
        self._fault.hide()
        self.setLayout(
            column(
                head,
                Text("dialog.import.map_note", role="caption", wrap=True),
                scrolling(boxed(column(self._grid, None))),
                self._fault,
            )
        )

    def _fill_targets(self) -> None:
        chosen = self.target.currentData()
        self.target.clear()
        for kind in IMPORTABLE:
            self.target.addItem(tr(f"dialog.import.as.{kind.value}"), kind.value)
        self.target.setCurrentIndex(max(self.target.findData(chosen), 0))
        self.target.setAccessibleName(tr("dialog.import.target"))

    @property
    def usable(self) -> bool:
        """Whether anything could be imported with the columns as they are."""
        return self._proposal is not None and self._fault.isHidden()

    def mapping(self) -> Mapping:
        """Return which column is which field, as the page shows it.

        Raises:
            ValueError: No file is shown.
        """
        if self._proposal is None:
            message = "no file is shown"
            raise ValueError(message)
        columns = {
            combo.currentData(): name
            for name, combo in self.fields.items()
            if combo.currentData() != LEAVE_OUT
        }
        used = set(columns.values()) | set(self._proposal.never)
        return replace(
            self._proposal,
            columns=columns,
            ignored=tuple(name for name in self.fields if name not in used),
        )

    def show_file(self, opened: OpenedFile, target: Kind) -> None:
        """Show a file's columns with the proposal for a kind."""
        self._opened = opened
        self.target.setCurrentIndex(self.target.findData(target.value))
        self._fill_sheets(opened)
        self._count.setText(tr("dialog.import.rows", n=i18n.number(len(opened.raw))))
        try:
            self._proposal = suggest(opened.raw, target)
            self._show_fault(None)
        except InputError as error:
            self._proposal = Mapping(target=target)
            self._show_fault(error)
        self._fill_grid(opened, target, self._proposal)

    def _fill_sheets(self, opened: OpenedFile) -> None:
        self.sheet.clear()
        named = [s for s in opened.info.sheets if s.name]
        self._sheet_part.setVisible(len(named) > 1)
        self.sheet.addItem(tr("dialog.import.all_sheets"), "")
        for sheet in named:
            words = tr("dialog.import.sheet_rows", name=sheet.name, n=i18n.number(sheet.rows))
            self.sheet.addItem(words, sheet.name)
        self.sheet.setCurrentIndex(max(self.sheet.findData((opened.sheets or ("",))[0]), 0))

    def _fill_grid(self, opened: OpenedFile, target: Kind, proposal: Mapping) -> None:
        clear(self._grid)
        self.fields = {}
        for place, code in enumerate(("column", "sample", "field")):
            self._grid.addWidget(Text(f"dialog.import.head.{code}", role="caption"), 0, place)
        names = {column_name: field for field, column_name in proposal.columns.items()}
        choices = [(f, tr(f"field.{target.value}.{f}")) for f in fields_of(target)]
        choices.sort(key=lambda choice: choice[1])
        for line, name in enumerate(opened.raw.columns, start=1):
            cells = [as_text(c) for c in opened.raw.column(name) if c not in {None, ""}]
            sample = " · ".join(dict.fromkeys(cells[: 4 * SAMPLES]))
            self._grid.addWidget(Elided(name, role="heading"), line, 0)
            self._grid.addWidget(Elided(sample[:200], role="muted"), line, 1)
            if name in proposal.never:
                self._grid.addWidget(_never(), line, 2)
                continue
            self._grid.addWidget(self._choice(name, choices, names.get(name, LEAVE_OUT)), line, 2)

    def _choice(self, name: str, choices: list[tuple[str, str]], chosen: str) -> QComboBox:
        combo = QComboBox()
        combo.setAccessibleName(tr("dialog.import.field_of", column=name))
        combo.addItem(tr("dialog.import.leave_out"), LEAVE_OUT)
        for field, words in choices:
            combo.addItem(words, field)
        combo.setCurrentIndex(max(combo.findData(chosen), 0))
        combo.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        combo.activated.connect(lambda _i: self._chosen(name))
        self.fields[name] = combo
        return combo

    def _chosen(self, name: str) -> None:
        """A field has one column: whoever had it before is left out."""
        field = self.fields[name].currentData()
        for other, combo in self.fields.items():
            if other != name and field != LEAVE_OUT and combo.currentData() == field:
                combo.setCurrentIndex(0)
        if self._opened is not None:
            try:
                check_usable(self._opened.raw, self.mapping())
                self._show_fault(None)
            except InputError as error:
                self._show_fault(error)
        self.changed.emit()

    def _show_fault(self, error: InputError | None) -> None:
        self._fault.setVisible(error is not None)
        self._fault.setText(i18n.message(error) if error is not None else "")


def _never() -> QLabel:
    chip = Chip(tr("dialog.import.never"), "warning")
    chip.setToolTip(tr("dialog.import.never_tip"))
    return chip
