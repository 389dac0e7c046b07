"""The fields of a condition: one small form for each thing that can be asked."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QListWidget, QListWidgetItem, QWidget

from geo.clock import today
from geo.model.vocabulary import Credibility, Neighbour, Reliability
from geo.question.form import (
    AtLeast,
    Condition,
    GradeAtLeast,
    Lately,
    Near,
    OneOf,
    Period,
    Place,
    Unseen,
)
from gui import i18n
from gui.i18n import retext, tr
from gui.widgets.layouts import column, row
from gui.widgets.spins import DayField, NumberField
from gui.widgets.texts import Text
from gui.widgets.unit_field import UnitField

if TYPE_CHECKING:
    from collections.abc import Sequence
    from enum import StrEnum

MOST_M: Final = 500_000
MOST_DAYS: Final = 36_500
ROW_PX: Final = 24
SHOWN_ROWS: Final = 5
VALUE = Qt.ItemDataRole.UserRole


def choice_box() -> QComboBox:
    """Return a list of choices that is as wide as the panel and not as its longest choice."""
    box = QComboBox()
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(2)
    return box


class Editor(QWidget):
    """The fields of one condition.

    Attributes:
        changed: Something else is asked.
    """

    changed = Signal()

    def condition(self, field: str) -> Condition:
        """Return what the fields say; `InputError` where they say nothing that can be asked."""
        raise NotImplementedError

    def show_condition(self, condition: Condition) -> None:
        """Fill the fields."""
        raise NotImplementedError


class ChoiceEditor(Editor):
    """Some of the words of a vocabulary."""

    def __init__(self, members: Sequence[StrEnum]) -> None:
        super().__init__()
        self._members = members
        self.list = QListWidget()
        self.list.setProperty("plain", "true")
        for member in members:
            item = QListWidgetItem()
            item.setFlags(Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled)
            item.setCheckState(Qt.CheckState.Unchecked)
            item.setData(VALUE, member.value)
            self.list.addItem(item)
        self.list.item(0).setCheckState(Qt.CheckState.Checked)
        self.list.setFixedHeight(min(len(members), SHOWN_ROWS) * ROW_PX + 8)
        self.list.itemChanged.connect(lambda _item: self.changed.emit())
        self.setLayout(column(self.list))
        retext(self, self._word)

    def _word(self) -> None:
        self.list.blockSignals(True)
        for at, member in enumerate(self._members):
            self.list.item(at).setText(i18n.label(member))
        self.list.blockSignals(False)
        self.list.setAccessibleName(tr("ask.values"))

    def condition(self, field: str) -> Condition:
        items = [self.list.item(at) for at in range(self.list.count())]
        checked = Qt.CheckState.Checked
        return OneOf(
            field=field, values=tuple(i.data(VALUE) for i in items if i.checkState() == checked)
        )

    def show_condition(self, condition: Condition) -> None:
        if not isinstance(condition, OneOf):
            return
        for at in range(self.list.count()):
            item = self.list.item(at)
            on = item.data(VALUE) in condition.values
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)


class NumberEditor(Editor):
    """A number that is reached."""

    def __init__(self) -> None:
        super().__init__()
        self.number = NumberField(1, 1, 1_000_000)
        self.number.valueChanged.connect(lambda _n: self.changed.emit())
        retext(self, lambda: self.number.setAccessibleName(tr("ask.or_more")))
        self.setLayout(row(self.number, Text("ask.or_more"), None, gap=6))

    def condition(self, field: str) -> Condition:
        return AtLeast(field=field, value=self.number.value())

    def show_condition(self, condition: Condition) -> None:
        if isinstance(condition, AtLeast):
            self.number.setValue(condition.value)


class GradeEditor(Editor):
    """Both fields of a grade; F and 6 are no lower bound of anything."""

    def __init__(self) -> None:
        super().__init__()
        self.reliability, self.credibility = choice_box(), choice_box()
        for box, members in (
            (self.reliability, [m for m in Reliability if m is not Reliability.F]),
            (self.credibility, [m for m in Credibility if m is not Credibility.SIX]),
        ):
            for member in members:
                box.addItem(member.value, member.value)
            box.setCurrentIndex(1)
            box.currentIndexChanged.connect(lambda _i: self.changed.emit())
        self.setLayout(row(self.reliability, self.credibility, Text("ask.or_better"), None, gap=4))
        retext(self, self._word)

    def _word(self) -> None:
        self.reliability.setAccessibleName(tr("ask.reliability"))
        self.credibility.setAccessibleName(tr("ask.credibility"))

    def condition(self, field: str) -> Condition:
        return GradeAtLeast(
            field=field, least=self.reliability.currentData() + self.credibility.currentData()
        )

    def show_condition(self, condition: Condition) -> None:
        if isinstance(condition, GradeAtLeast):
            self.reliability.setCurrentIndex(self.reliability.findData(condition.least[:1]))
            self.credibility.setCurrentIndex(self.credibility.findData(condition.least[1:]))


class DaysEditor(Editor):
    """The last days, or from a day to a day."""

    def __init__(self) -> None:
        super().__init__()
        self.how = choice_box()
        self.days = NumberField(90, 1, MOST_DAYS)
        self.since, self.until = DayField(today() - timedelta(days=365)), DayField(today())
        self.how.addItem("", "lately")
        self.how.addItem("", "period")
        self.how.currentIndexChanged.connect(self._turn)
        self.days.valueChanged.connect(lambda _n: self.changed.emit())
        for field in (self.since, self.until):
            field.dateChanged.connect(lambda _day: self.changed.emit())
        self.setLayout(column(self.how, self.days, self.since, self.until, gap=4))
        retext(self, self._word)
        self._turn()

    def _word(self) -> None:
        self.how.setItemText(0, tr("ask.last_days"))
        self.how.setItemText(1, tr("ask.period"))
        for field, code in (
            (self.how, "ask.when"),
            (self.days, "ask.last_days"),
            (self.since, "ask.since"),
            (self.until, "ask.until"),
        ):
            field.setAccessibleName(tr(code))

    def _turn(self) -> None:
        lately = self.how.currentData() == "lately"
        self.days.setVisible(lately)
        self.since.setVisible(not lately)
        self.until.setVisible(not lately)
        self.changed.emit()

    def condition(self, field: str) -> Condition:
        if self.how.currentData() == "lately":
            return Lately(field=field, days=self.days.value())
        return Period(field=field, since=self.since.day(), until=self.until.day())

    def show_condition(self, condition: Condition) -> None:
        if isinstance(condition, Lately):
            self.how.setCurrentIndex(0)
            self.days.setValue(condition.days)
        elif isinstance(condition, Period):
            self.how.setCurrentIndex(1)
            self.since.show_day(condition.since or date(1990, 1, 1))
            self.until.show_day(condition.until or today())


class UnseenEditor(Editor):
    """Days without a visit, and what of a site of which none is recorded."""

    def __init__(self) -> None:
        super().__init__()
        self.days = NumberField(90, 1, MOST_DAYS)
        self.unrecorded = QCheckBox()
        self.unrecorded.setChecked(True)
        self.days.valueChanged.connect(lambda _n: self.changed.emit())
        self.unrecorded.toggled.connect(lambda _on: self.changed.emit())
        self.setLayout(
            column(row(self.days, Text("ask.days"), None, gap=6), self.unrecorded, gap=4)
        )
        retext(self, self._word)

    def _word(self) -> None:
        self.days.setAccessibleName(tr("ask.days"))
        self.unrecorded.setText(tr("ask.unrecorded"))
        self.unrecorded.setToolTip(tr("ask.unrecorded_tip"))

    def condition(self, field: str) -> Condition:
        return Unseen(field=field, days=self.days.value(), unrecorded=self.unrecorded.isChecked())

    def show_condition(self, condition: Condition) -> None:
        if isinstance(condition, Unseen):
            self.days.setValue(condition.days)
            self.unrecorded.setChecked(condition.unrecorded)


class NearEditor(Editor):
    """A distance from something, or inside it."""

    def __init__(self, offered: dict[Place, Sequence[tuple[str, str]]]) -> None:
        """Offer crossings and zones of the plan, pairs of name and id."""
        super().__init__()
        self._offered = offered
        self.near, self.which = choice_box(), choice_box()
        self.site, self.unit = QLineEdit(), UnitField(in_form=True)
        self.metres = NumberField(2_000, 0, MOST_M)
        self.metres.setSingleStep(500)
        for place in Place:
            self.near.addItem("", place.value)
        self.near.currentIndexChanged.connect(self._turn)
        self.which.currentIndexChanged.connect(lambda _i: self.changed.emit())
        self.metres.valueChanged.connect(lambda _n: self.changed.emit())
        for field in (self.site, self.unit):
            field.textChanged.connect(lambda _text: self.changed.emit())
        self.inside = Text("ask.inside_note", role="caption", wrap=True)
        self.setLayout(
            column(
                row(self.metres, Text("ask.metres_of"), None, gap=6),
                self.near,
                self.which,
                self.site,
                self.unit,
                self.inside,
                gap=4,
            )
        )
        retext(self, self._word)
        self._turn()

    @property
    def place(self) -> Place:
        """What it is near to."""
        return Place(self.near.currentData())

    def _word(self) -> None:
        for at, place in enumerate(Place):
            self.near.setItemText(at, tr(f"ask.place.{place.value}"))
        for field, code in (
            (self.near, "ask.near"),
            (self.which, "ask.which"),
            (self.site, "ask.site_field"),
            (self.unit, "ask.unit_field"),
            (self.metres, "ask.metres"),
        ):
            field.setAccessibleName(tr(code))
        self.site.setPlaceholderText(tr("ask.site_field"))
        self.unit.setPlaceholderText(tr("ask.unit_field"))
        self._fill()

    def _turn(self) -> None:
        place = self.place
        self.which.setVisible(place in {Place.BORDER, Place.CROSSING, Place.ZONE})
        self.site.setVisible(place is Place.SITE)
        self.unit.setVisible(place is Place.UNIT)
        self.inside.setVisible(place in {Place.ZONE, Place.UNIT})
        self._fill()
        self.changed.emit()

    def _fill(self) -> None:
        chosen = self.which.currentData()
        self.which.blockSignals(True)
        self.which.clear()
        self.which.addItem(tr(f"ask.any.{self.place.value}"), "")
        rows = self._offered.get(self.place, ())
        if self.place is Place.BORDER:
            rows = [(tr("ask.border_with", country=i18n.label(n)), n.value) for n in Neighbour]
        for name, key in rows:
            self.which.addItem(name, key)
        self.which.setCurrentIndex(max(self.which.findData(chosen), 0))
        self.which.blockSignals(False)

    def condition(self, field: str) -> Condition:
        which = self.which.currentData() or ""
        if self.place is Place.SITE:
            which = self.site.text().strip()
        elif self.place is Place.UNIT:
            which = self.unit.code()
        return Near(field=field, near=self.place, which=which, metres=float(self.metres.value()))

    def show_condition(self, condition: Condition) -> None:
        if not isinstance(condition, Near):
            return
        self.near.setCurrentIndex(self.near.findData(condition.near.value))
        self._fill()
        self.metres.setValue(round(condition.metres))
        if condition.near is Place.SITE:
            self.site.setText(condition.which)
        elif condition.near is Place.UNIT:
            self.unit.show_unit(condition.which)
        else:
            at = self.which.findData(condition.which)
            if at < 0:
                # A question from a file may name what this plan does not have.
                self.which.addItem(condition.which, condition.which)
                at = self.which.count() - 1
            self.which.setCurrentIndex(at)
