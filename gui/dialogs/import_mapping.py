"""Which column of a file becomes which field, and how coordinates and dates are written in it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from geo.errors import InputError
from geo.formats.examples import DATES, Example, date_example, place_example
from geo.formats.mapping import IMPORTABLE, Mapping, check_usable, suggest
from geo.formats.repair import PLACE
from geo.formats.values.coordinates import Position
from geo.model.entity import Kind
from gui import i18n
from gui.dialogs.import_columns import ColumnsModel, columns_table
from gui.i18n import retext, tr
from gui.widgets.buttons import Button
from gui.widgets.layouts import boxed, card, column, row
from gui.widgets.texts import Data, Elided, Text

if TYPE_CHECKING:
    from geo.loading import OpenedFile
    from geo.remembered import Remembered

SYSTEMS = ("", "EPSG:32648", "EPSG:32647", "EPSG:3148")
ORDERS = ("dmy", "mdy", "ymd")
OUTLINES = frozenset({Kind.ZONE})


class MappingPage(QWidget):
    """What the rows become, and the columns with the proposal filled in.

    Attributes:
        target_changed: The rows are to become another kind.
        changed: A column got another field, or is read in another way.
    """

    target_changed = Signal(object)
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._opened: OpenedFile | None = None
        self._proposal: Mapping | None = None
        self._fault: InputError | None = None
        self._before: Remembered | None = None
        self.target, self.crs, self.dates = QComboBox(), QComboBox(), QComboBox()
        self.swap = QCheckBox()
        self.model = ColumnsModel(self)
        self.table = columns_table(self.model)
        self._count = Data(role="muted")
        self.before_words = Data(role="muted", wrap=True)
        self.afresh = Button("wizard.column.afresh", look="link")
        self.afresh.clicked.connect(self._start_afresh)
        self._before_part = card(row(self.before_words, None, self.afresh, margin=6))
        self._fault_words = Data(role="danger", wrap=True)
        self.place_words, self.date_words = Elided(role="muted"), Elided(role="muted")
        self._place_part = boxed(
            row(Text("wizard.column.place"), self.crs, self.swap, self.place_words)
        )
        self._date_part = boxed(row(Text("wizard.column.dates"), self.dates, self.date_words))
        for part, example in (
            (self._place_part, self.place_words),
            (self._date_part, self.date_words),
        ):
            layout = part.layout()
            if layout is not None:
                layout.setStretch(layout.indexOf(example), 1)  # type: ignore[attr-defined] # `boxed` lays out in a box
        self.target.activated.connect(
            lambda _i: self.target_changed.emit(Kind(self.target.currentData()))
        )
        self.model.chosen.connect(self._chosen)
        self.crs.activated.connect(lambda _i: self._chosen())
        self.dates.activated.connect(lambda _i: self._chosen())
        self.swap.clicked.connect(lambda _on: self._chosen())
        whole = column(
            row(Text("dialog.import.target"), self.target, None, self._count),
            self._before_part,
            Text("dialog.import.map_note", role="caption", wrap=True),
            self.table,
            self._place_part,
            self._date_part,
            self._fault_words,
        )
        whole.setStretch(3, 1)
        self.setLayout(whole)
        retext(self, self._word)

    @property
    def usable(self) -> bool:
        """Whether anything could be imported with the columns as they are."""
        return self._proposal is not None and self._fault is None

    def mapping(self) -> Mapping:
        """Return which column is which field, as the page shows it.

        Raises:
            ValueError: No file is shown.
        """
        if self._proposal is None:
            message = "no file is shown"
            raise ValueError(message)
        columns = self.model.field_columns()
        return replace(
            self._proposal,
            columns=columns,
            ignored=tuple(c for c, field in self.model.fields.items() if not field),
            crs=str(self.crs.currentData() or ""),
            swap_axes=self.swap.isChecked(),
            date_order=str(self.dates.currentData()),
        )

    def show_file(self, opened: OpenedFile, target: Kind, before: Remembered | None = None) -> None:
        """Show a file's columns with the proposal for a kind, or as they were read before."""
        self._opened, self._before = opened, before
        try:
            self._proposal = before.mapping if before else suggest(opened.raw, target)
            self._fault = None
        except InputError as error:
            self._proposal, self._fault = Mapping(target=target), error
        proposal = self._proposal
        self.model.show_columns(opened.raw, proposal)
        self.target.setCurrentIndex(self.target.findData(target.value))
        if self.crs.findData(proposal.crs) < 0:
            self.crs.addItem(proposal.crs, proposal.crs)
        self.crs.setCurrentIndex(self.crs.findData(proposal.crs))
        self.dates.setCurrentIndex(max(self.dates.findData(proposal.date_order), 0))
        self.swap.setChecked(proposal.swap_axes)
        self._word()

    def _start_afresh(self) -> None:
        if self._opened is not None and self._proposal is not None:
            self.show_file(self._opened, self._proposal.target)
            self.changed.emit()

    def _chosen(self) -> None:
        if self._opened is not None:
            try:
                check_usable(self._opened.raw, self.mapping())
                self._fault = None
            except InputError as error:
                self._fault = error
        self._word_examples()
        self.changed.emit()

    def _word(self) -> None:
        for combo, name, items in (
            (self.target, "dialog.import.target", [(k.value, _kind(k)) for k in IMPORTABLE]),
            (self.crs, "wizard.column.place", [(s, _system(s)) for s in SYSTEMS]),
            (self.dates, "wizard.column.dates", [(o, tr(f"wizard.dates.{o}")) for o in ORDERS]),
        ):
            _reword(combo, items)
            combo.setAccessibleName(tr(name))
        self.swap.setText(tr("wizard.column.swap"))
        if self._opened is not None:
            self._count.setText(tr("dialog.import.rows", n=i18n.number(len(self._opened.raw))))
        self._before_part.setVisible(self._before is not None)
        if self._before is not None:
            day = i18n.day(self._before.at.astimezone().date())
            self.before_words.setText(
                tr("wizard.column.before", day=day, name=self._before.file_name)
            )
        self._word_examples()

    def _word_examples(self) -> None:
        self._fault_words.setVisible(self._fault is not None)
        self._fault_words.setText(i18n.message(self._fault) if self._fault is not None else "")
        columns = self.model.field_columns()
        places, dates = set(columns) & set(PLACE), set(columns) & set(DATES)
        self._place_part.setVisible(bool(places))
        self._date_part.setVisible(bool(dates))
        self.swap.setVisible({"lat", "lon"} <= set(columns))
        if self._opened is None or self._proposal is None:
            return
        mapping = self.mapping()
        self.place_words.setText(_said(place_example(self._opened.raw, mapping)))
        self.date_words.setText(_said(date_example(self._opened.raw, mapping)))


def _said(example: Example | None) -> str:
    """Return how a value is read, in words."""
    if example is None:
        return ""
    if isinstance(example.read, Position):
        read = f"{example.read.lat:.5f} N  {example.read.lon:.5f} E"
    elif example.read is not None:
        read = i18n.day(example.read)
    else:
        read = tr(example.code) if example.code else "–"
    return f"“{example.given}” → {read}"


def _kind(kind: Kind) -> str:
    return tr(f"dialog.import.as.{kind.value}")


def _system(system: str) -> str:
    return tr(f"wizard.crs.{system.removeprefix('EPSG:') or 'none'}")


def _reword(combo: QComboBox, items: list[tuple[str, str]]) -> None:
    """Word the choices anew and keep the one that is taken."""
    taken = combo.currentData()
    known = {key for key, _ in items}
    others = [
        (str(combo.itemData(i)), combo.itemText(i))
        for i in range(combo.count())
        if str(combo.itemData(i) or "") not in known
    ]
    combo.clear()
    for key, words in (*items, *others):
        combo.addItem(words, key)
    combo.setCurrentIndex(max(combo.findData(taken), 0))
