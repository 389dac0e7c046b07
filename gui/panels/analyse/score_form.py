"""What is asked of the scoreboard: by which unit, where, when, and how long is idle."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from geo.analysis.scoreboard.board import Origin
from geo.analysis.scoreboard.job import IDLE_DAYS, Wish
from geo.analysis.scoreboard.measures import MEASURES, Measure
from geo.gazetteer import Gazetteer
from geo.model.vocabulary import AdminLevel
from gui import i18n
from gui.i18n import retext, tr
from gui.widgets.fold import Fold
from gui.widgets.layouts import boxed, column, row
from gui.widgets.spins import DayField, NumberField
from gui.widgets.texts import Text

if TYPE_CHECKING:
    from collections.abc import Callable

BY: Final = (
    ("returns", AdminLevel.PROVINCE, Origin.RETURNS),
    ("province", AdminLevel.PROVINCE, Origin.PLAN),
    ("district", AdminLevel.DISTRICT, Origin.PLAN),
    ("commune", AdminLevel.COMMUNE, Origin.PLAN),
)
"""Choice, level and origin; the first is what 25 provinces are set side by side by."""
EVER, THIS, LAST, OWN = "ever", "this", "last", "own"
MOST_DAYS: Final = 3650


class ScoreForm(QWidget):
    """The fields.

    Attributes:
        changed: Something else is asked for.
        column_changed: Another column shall lie on the map.
    """

    changed = Signal()
    column_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._on = date.min
        self._provinces: tuple[str, ...] = ()
        self.by, self.within, self.period, self.column = (QComboBox() for _ in range(4))
        self.first, self.last = DayField(date(2022, 1, 1)), DayField(date(2022, 12, 31))
        self.idle = NumberField(IDLE_DAYS, 1, MOST_DAYS)
        for box in (self.by, self.within, self.period, self.column):
            # Else the longest name would make the panel wider than it is.
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setMinimumContentsLength(8)
        self._days = boxed(row(self.first, self.last, gap=6))
        self._within = _field("scoreboard.form.within", self.within)
        self.fold = Fold(
            "hot.more",
            lambda: [
                _field("scoreboard.form.period", self.period),
                self._days,
                _field("scoreboard.form.idle", self.idle),
            ],
            is_open=False,
        )
        self.setLayout(
            column(
                _field("scoreboard.form.by", self.by),
                self._within,
                _field("scoreboard.form.column", self.column),
                self.fold,
                gap=6,
            )
        )
        retext(self, self._word)
        self.by.setCurrentIndex(self.by.findData("district"))
        for box in (self.by, self.within, self.period):
            box.currentIndexChanged.connect(self._changed)
        self.idle.valueChanged.connect(self._changed)
        for day in (self.first, self.last):
            day.dateChanged.connect(self._changed)
        self.column.currentIndexChanged.connect(lambda _at: self.column_changed.emit())
        self._changed()

    def wish(self) -> Wish:
        """Return what is asked for."""
        _, level, origin = next(b for b in BY if b[0] == self.by.currentData())
        first, last = self._between()
        within = "" if level is AdminLevel.PROVINCE else str(self.within.currentData() or "")
        return Wish(
            level=level,
            origin=origin,
            within=within,
            first=first,
            last=min(last, self._on),
            idle_days=self.idle.value(),
        )

    def measure(self) -> Measure | None:
        """Return the column for the map; None is the days since the last action."""
        chosen = self.column.currentData()
        return Measure(chosen) if chosen else None

    def offer(self, own: str, provinces: tuple[str, ...], on: date, *, returns: bool) -> None:
        """Offer what a plan has.

        Args:
            own: Code of its province, which is taken first.
            provinces: Codes of all provinces in which there is anything.
            on: The day that is shown.
            returns: Whether it holds returns: then provinces are side by side at first.
        """
        fresh = not self._provinces
        self._on = on
        self._provinces = tuple(dict.fromkeys((own, *provinces)))
        with QSignalBlocker(self.within):
            before = self.within.currentData()
            self._name_provinces()
            self.within.setCurrentIndex(max(self.within.findData(own if fresh else before), 0))
        if fresh:
            with QSignalBlocker(self.first), QSignalBlocker(self.last):
                self.first.show_day(date(on.year, 1, 1))
                self.last.show_day(on)
            if returns:
                self.by.setCurrentIndex(self.by.findData("returns"))
        self._changed()

    def _between(self) -> tuple[date | None, date]:
        wanted, year = self.period.currentData(), self._on.year
        if wanted == THIS:
            return date(year, 1, 1), self._on
        if wanted == LAST and year > 1:
            return date(year - 1, 1, 1), date(year - 1, 12, 31)
        if wanted == OWN:
            return self.first.day(), self.last.day()
        return None, self._on

    def _changed(self) -> None:
        self._days.setVisible(self.period.currentData() == OWN)
        small = self.by.currentData() in {AdminLevel.DISTRICT.value, AdminLevel.COMMUNE.value}
        self._within.setVisible(small)
        self.changed.emit()

    # --- words ----------------------------------------------------------------------------------

    def _word(self) -> None:
        _name(self.by, [(key, partial(tr, f"scoreboard.by.{key}")) for key, *_ in BY])
        _name(
            self.period,
            [(k, partial(tr, f"scoreboard.when.{k}")) for k in (EVER, THIS, LAST, OWN)],
        )
        _name(
            self.column,
            [
                *((m.value, partial(tr, f"scoreboard.head.{m.value}")) for m in MEASURES),
                ("", partial(tr, "scoreboard.head.days")),
            ],
        )
        self._name_provinces()

    def _name_provinces(self) -> None:
        named: list[tuple[str, Callable[[], str]]] = [
            ("", partial(tr, "scoreboard.form.everywhere"))
        ]
        if self._provinces:
            units = Gazetteer.load()
            for code in self._provinces:
                unit = next(iter(units.units(code)), None)
                if unit is not None:
                    named.append((code, partial(i18n.name_of, unit.name_km, unit.name_en)))
        _name(self.within, named)


def _name(box: QComboBox, items: list[tuple[str, Callable[[], str]]]) -> None:
    """Word the choices of a box; what was chosen stays."""
    with QSignalBlocker(box):
        before = box.currentData()
        box.clear()
        for key, said in items:
            box.addItem(said(), key)
        box.setCurrentIndex(max(box.findData(before), 0))


def _field(code: str, control: QWidget) -> QWidget:
    label = Text(code, role="caption")
    label.setBuddy(control)
    retext(control, lambda: control.setAccessibleName(tr(code)))
    return boxed(column(label, control, gap=1))
