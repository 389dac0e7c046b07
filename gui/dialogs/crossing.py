"""A new border crossing, one that is put elsewhere, and the day on which one closes or reopens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox

from geo.edit.crossings import add_crossing, close_crossing, move_crossing, reopen_crossing
from geo.model.place import BorderCrossing, OpenInterval
from geo.model.vocabulary import CrossingClass, Neighbour
from gui import facts, i18n
from gui.dialogs.base import FormDialog, add_field, form, line
from gui.dialogs.site import move_words
from gui.i18n import retext, tr
from gui.widgets.field_values import read_day, reads
from gui.widgets.spins import DayField
from gui.widgets.texts import Data, Text
from gui.widgets.unit_field import UnitField

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from geo.placing import PlaceFound


class CrossingDialog(FormDialog):
    """Asks for a new crossing.

    Attributes:
        ready: A function from the plan to the edit that adds it.
    """

    ready = Signal(object)

    def __init__(self, found: PlaceFound, parent: QWidget) -> None:
        super().__init__(parent, "dialog.crossing.title", "dialog.crossing.add", width=560)
        self._found = found
        self.body.addWidget(Data(move_words(None, found.point), role="heading"))
        self.name_km, self.name_en = line(self.check), line(self.check)
        self.neighbour, self.crossing_class = QComboBox(), QComboBox()
        for combo, choices in ((self.neighbour, Neighbour), (self.crossing_class, CrossingClass)):
            for choice in choices:
                combo.addItem(i18n.label(choice), choice.value)
            combo.setCurrentIndex(-1)
            combo.setPlaceholderText(tr("dialog.site.choose"))
            combo.currentIndexChanged.connect(lambda _i: self.check())
        self.opposite, self.basis = line(self.check), line(self.check)
        self.basis.setPlaceholderText(tr("dialog.crossing.basis_hint"))
        self.approximate = approximate_box()
        self.unit = UnitField(found.admin_code, in_form=True)
        self.unit.textChanged.connect(lambda _text: self.check())
        self.since = line(self.check)
        self.since.setPlaceholderText(tr("dialog.crossing.since_hint"))
        fields = form()
        add_field(fields, "panel.field.name_km", self.name_km)
        add_field(fields, "panel.field.name_en", self.name_en)
        add_field(fields, "panel.column.neighbour", self.neighbour)
        add_field(fields, "panel.column.opposite", self.opposite)
        add_field(fields, "panel.column.class", self.crossing_class)
        add_field(fields, "dialog.crossing.since", self.since)
        add_field(fields, "panel.field.unit", self.unit)
        add_field(fields, "panel.crossing.basis", self.basis)
        fields.addRow("", self.approximate)
        self.body.addLayout(fields)
        self.name_km.setFocus()
        self.check()

    def missing(self) -> str:
        named = self.name_km.text().strip() or self.name_en.text().strip()
        for wanting, code in (
            (not named, "dialog.crossing.no_name"),
            (self.neighbour.currentIndex() < 0, "dialog.crossing.no_neighbour"),
            (self.crossing_class.currentIndex() < 0, "dialog.crossing.no_class"),
            (not reads(read_day, self.since.text()), "dialog.crossing.no_day"),
            (not self.unit.sure(), "dialog.site.unit_not_chosen"),
            (not self.basis.text().strip(), "dialog.crossing.no_basis"),
        ):
            if wanting:
                return code
        return ""

    def finish(self) -> None:
        since = read_day(self.since.text())
        crossing = BorderCrossing(
            name_km=self.name_km.text().strip(),
            name_en=self.name_en.text().strip(),
            neighbour=Neighbour(self.neighbour.currentData()),
            opposite=self.opposite.text().strip(),
            crossing_class=CrossingClass(self.crossing_class.currentData()),
            open_intervals=(OpenInterval(since, None),) if since else (),
            point=self._found.point,
            approximate=self.approximate.isChecked(),
            admin_code=self.unit.code(),
            basis=self.basis.text().strip(),
        )
        self.ready.emit(lambda _plan: add_crossing(crossing))


class MoveCrossingDialog(FormDialog):
    """Asks what the new position of a crossing rests on.

    Attributes:
        ready: A function from the plan to the edit that moves it.
    """

    ready = Signal(object)

    def __init__(self, crossing: BorderCrossing, found: PlaceFound, parent: QWidget) -> None:
        super().__init__(parent, "dialog.move.title", "dialog.move.move", width=560)
        self._crossing, self._found = crossing, found
        name = i18n.name_of(crossing.name_km, crossing.name_en)
        self.body.addWidget(Data(name, role="heading", wrap=True))
        self.body.addWidget(Data(move_words(crossing.point, found.point), wrap=True))
        self.basis = line(self.check)
        self.basis.setPlaceholderText(tr("dialog.crossing.basis_hint"))
        self.approximate = approximate_box()
        self.approximate.setChecked(False)
        fields = form()
        add_field(fields, "panel.crossing.basis", self.basis)
        fields.addRow("", self.approximate)
        self.body.addLayout(fields)
        self.basis.setFocus()
        self.check()

    def missing(self) -> str:
        return "" if self.basis.text().strip() else "dialog.crossing.no_basis"

    def finish(self) -> None:
        crossing_id, point = self._crossing.id, self._found.point
        approximate, basis = self.approximate.isChecked(), self.basis.text()
        self.ready.emit(
            lambda plan: move_crossing(
                plan, crossing_id, point, approximate=approximate, basis=basis
            )
        )


class OpeningDialog(FormDialog):
    """Asks for the day on which a crossing closes or reopens; a day ahead is an announcement.

    Attributes:
        ready: A function from the plan to the edit that enters it.
    """

    ready = Signal(object)

    def __init__(self, crossing: BorderCrossing, parent: QWidget, *, closes: bool) -> None:
        what = "close" if closes else "reopen"
        super().__init__(parent, f"dialog.crossing.{what}", f"dialog.crossing.{what}_it", width=480)
        self._crossing_id, self._closes = crossing.id, closes
        name = i18n.name_of(crossing.name_km, crossing.name_en)
        self.body.addWidget(Data(name, role="heading", wrap=True))
        self._today = facts.local_now().date()
        self.day = DayField(self._today)
        fields = form()
        add_field(fields, f"dialog.crossing.{what}_day", self.day)
        self.body.addLayout(fields)
        self.body.addWidget(Text(f"dialog.crossing.{what}_note", role="caption", wrap=True))
        self.announced = Data(role="warning", wrap=True)
        self.body.addWidget(self.announced)
        self.day.dateChanged.connect(lambda _day: self.check())
        self.day.setFocus()
        self.check()

    def _chosen(self) -> date:
        return self.day.day()

    def check(self) -> None:
        super().check()
        if hasattr(self, "announced"):
            ahead = self._chosen() > self._today
            self.announced.setVisible(ahead)
            words = tr("dialog.crossing.announced", day=i18n.day(self._chosen()))
            self.announced.setText(words)
            self.grow()

    def finish(self) -> None:
        crossing_id, day = self._crossing_id, self._chosen()
        act = close_crossing if self._closes else reopen_crossing
        self.ready.emit(lambda plan: act(plan, crossing_id, day))


def approximate_box() -> QCheckBox:
    """Return the tick that says that the point is not the gate's own."""
    box = QCheckBox()
    box.setChecked(True)
    retext(box, lambda: box.setText(tr("dialog.crossing.approximate")))
    return box
