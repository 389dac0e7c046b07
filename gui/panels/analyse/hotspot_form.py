"""What is asked of the hotspots: how, of what, where, when; all else is folded away."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from geo.analysis.density.result import AreaOnly
from geo.analysis.hotspots.wish import Per
from geo.analysis.split.units import UnitKind
from geo.analysis.weighting import Weighting, table_of
from geo.gazetteer import Gazetteer
from geo.model.vocabulary import AllegationKind
from gui import i18n
from gui.i18n import retext, tr
from gui.models.hotspot_asked import (
    DENSITIES,
    FIRST_FEWEST,
    FIRST_STEP_DAYS,
    FIRST_STEPS,
    OVER_UNITS,
    RATES,
    Asked,
    Method,
)
from gui.panels.analyse.weight_table import WeightTable
from gui.widgets.buttons import Segments
from gui.widgets.fold import Fold
from gui.widgets.layouts import boxed, column, row
from gui.widgets.spins import DayField, NumberField
from gui.widgets.texts import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.project import Project

CLUSTERS: Final = frozenset({Method.DBSCAN, Method.HDBSCAN})
EVER, YEAR, QUARTER, OWN = "ever", "year", "quarter", "own"
PERIODS: Final = {EVER: 0, YEAR: 365, QUARTER: 90, OWN: 0}
MOST_M: Final = 100_000


class Field(QWidget):
    """A control under its name."""

    def __init__(self, code: str, *controls: QWidget, note: str = "") -> None:
        super().__init__()
        label = Text(code, role="caption")
        label.setBuddy(controls[0])
        line = row(*controls, gap=6)
        for place in range(len(controls)):
            line.setStretch(place, 1)
        self.setLayout(column(label, line, gap=1))
        if note:
            self.layout().addWidget(Text(note, role="caption", wrap=True))  # type: ignore[union-attr] # set above
        for control in controls:
            retext(control, lambda control=control: control.setAccessibleName(tr(code)))  # type: ignore[misc] # a default, to keep each


class HotspotForm(QWidget):
    """The fields.

    Attributes:
        changed: Something else is asked for.
    """

    changed = Signal()

    def __init__(self, methods: Sequence[Method]) -> None:
        """Offer some methods, the first to begin with."""
        super().__init__()
        self._methods = tuple(methods)
        self._on = date.min
        self.method, self.kind, self.province, self.period = (_box() for _ in range(4))
        self.units, self.rate, self.per = (_box() for _ in range(3))
        self.about = Text(role="caption", wrap=True)
        self.since, self.until = DayField(date(2022, 1, 1)), DayField(date(2022, 12, 31))
        self.radius = NumberField(0, 0, MOST_M)
        self.radius.setSingleStep(500)
        self.distance = NumberField(0, 0, MOST_M)
        self.distance.setSingleStep(100)
        self.fewest = NumberField(FIRST_FEWEST, 2, 10_000)
        self.step_days = NumberField(FIRST_STEP_DAYS, 7, 366)
        self.steps = NumberField(FIRST_STEPS, 10, 120)
        self.area_only = Segments(
            [(each.value, f"hot.area_only.{each.name.lower()}") for each in AreaOnly],
            "hot.area_only",
        )
        self.area_only.choose(AreaOnly.SPREAD.value)
        self._own_area = False
        self.weigh, self.at_sites, self.unsubstantiated = QCheckBox(), QCheckBox(), QCheckBox()
        self.weights = WeightTable(table_of(Weighting.GRADE))
        self.weights.hide()
        self._arrange()
        self._connect()
        retext(self, self._word)

    def _arrange(self) -> None:
        self._days = boxed(column(self.since, self.until, gap=6))
        self._only_for = {
            Field("hot.units", self.units): OVER_UNITS,
            Field("hot.rate", self.rate, note="hot.rate_note"): OVER_UNITS,
            Field("hot.per", self.per, note="hot.per_note"): OVER_UNITS - {Method.EMERGING},
            Field("hot.steps", self.steps, self.step_days): {Method.EMERGING},
            Field("hot.radius", self.radius): DENSITIES,
            Field("hot.distance", self.distance): {Method.DBSCAN},
            Field("hot.fewest", self.fewest): CLUSTERS,
            Field("hot.area_only", self.area_only, note="hot.area_only_note"): (
                OVER_UNITS | DENSITIES
            ),
        }
        ticks = (self.weigh, self.weights, self.at_sites, self.unsubstantiated)
        self._more = boxed(column(*self._only_for, *ticks, gap=8))
        self.fold = Fold("hot.more", lambda: [self._more], is_open=False)
        self.setLayout(
            column(
                Field("hot.method", self.method),
                self.about,
                Field("hot.kind", self.kind),
                Field("hot.where", self.province),
                Field("hot.period", self.period),
                self._days,
                self.fold,
                gap=6,
            )
        )

    def _connect(self) -> None:
        for box in (self.method, self.kind, self.province, self.period):
            box.currentIndexChanged.connect(self._changed)
        for box in (self.units, self.rate, self.per):
            box.currentIndexChanged.connect(self._changed)
        for field in (self.radius, self.distance, self.fewest, self.step_days, self.steps):
            field.valueChanged.connect(self._changed)
        for day in (self.since, self.until):
            day.dateChanged.connect(self._changed)
        for tick in (self.weigh, self.at_sites, self.unsubstantiated):
            tick.toggled.connect(self._changed)
        self.area_only.chosen.connect(self._area_chosen)

    # --- what is asked --------------------------------------------------------------------------

    def asked(self) -> Asked:
        """Return what is asked for."""
        since, until = self._between()
        units, kind = self.units.currentData(), self.kind.currentData()
        return Asked(
            method=Method(self.method.currentData()),
            kind=AllegationKind(kind) if kind else None,
            province=self.province.currentData() or "",
            units=UnitKind(units) if units else None,
            weighting=Weighting.GRADE if self.weigh.isChecked() else Weighting.NONE,
            area_only=AreaOnly(self.area_only.choice()),
            at_sites=self.at_sites.isChecked(),
            unsubstantiated=self.unsubstantiated.isChecked(),
            per=Per(self.per.currentData()),
            rate=float(self.rate.currentData()),
            since=since,
            until=until,
            radius_m=float(self.radius.value()) or None,
            distance_m=float(self.distance.value()) or None,
            fewest=self.fewest.value(),
            step_days=self.step_days.value(),
            steps=self.steps.value(),
        )

    def _between(self) -> tuple[date | None, date | None]:
        wanted = self.period.currentData()
        if wanted == OWN:
            return self.since.day(), self.until.day()
        days = PERIODS[wanted]
        return (self._on - timedelta(days=days - 1), self._on) if days else (None, None)

    def choose(self, method: Method) -> None:
        """Take a method."""
        self.method.setCurrentIndex(self.method.findData(method.value))

    def offer(self, project: Project, on: date, provinces: Sequence[str]) -> None:
        """Offer the provinces of a plan; `on` is the day that is shown.

        Args:
            project: Its own province comes first and is taken.
            on: Periods end on it.
            provinces: Codes of the other provinces in which something is alleged.
        """
        self._on = on
        own = project.info.province_code
        self._provinces = [own, "", *(code for code in provinces if code != own)]
        before = self.province.currentData()
        with QSignalBlocker(self.province):
            self._name_provinces()
            self.province.setCurrentIndex(max(self.province.findData(before), 0))
        with QSignalBlocker(self.since), QSignalBlocker(self.until):
            if self.period.currentData() != OWN:
                self.since.show_day(on - timedelta(days=PERIODS[YEAR] - 1))
                self.until.show_day(on)

    _provinces: Sequence[str] = ()

    def _area_chosen(self) -> None:
        self._own_area = True
        self._changed()

    def _changed(self) -> None:
        method = Method(self.method.currentData())
        if not self._own_area:
            # Spread over a district, what is vague would be most of a density's picture.
            left = AreaOnly.LEAVE_OUT if method in DENSITIES else AreaOnly.SPREAD
            self.area_only.choose(left.value)
        self.about.say(f"hot.method.{method.key}.about")
        for field, methods in self._only_for.items():
            field.setVisible(method in methods)
        self._days.setVisible(self.period.currentData() == OWN)
        self.weights.setVisible(self.weigh.isChecked())
        self.changed.emit()

    # --- words ----------------------------------------------------------------------------------

    def _word(self) -> None:
        _fill(self.method, [(m.value, tr(f"hot.method.{m.key}")) for m in self._methods])
        kinds = [(k.value, i18n.label(k)) for k in AllegationKind]
        _fill(self.kind, [("", tr("hot.kind.all")), *kinds])
        _fill(self.period, [(each, tr(f"hot.period.{each}")) for each in PERIODS])
        units = [("", tr("hot.units.best"))]
        units += [(u.value, tr(f"hot.units.{u.value}")) for u in UnitKind]
        _fill(self.units, units)
        rates = [(r, tr("hot.rate.percent", n=i18n.number(r * 100))) for r in RATES]
        _fill(self.rate, rates, RATES[-1])
        per = (Per.FITTING, Per.NOTHING, Per.SITES, Per.AREA)
        _fill(self.per, [(each.value, tr(f"hot.per.{each.value}")) for each in per])
        self.radius.setSpecialValueText(tr("hot.radius.rule"))
        self.distance.setSpecialValueText(tr("hot.distance.rule"))
        for field in (self.radius, self.distance):
            field.setSuffix(f" {tr('hot.metres')}")
        self.step_days.setSuffix(f" {tr('hot.days')}")
        self.weigh.setText(tr("hot.weigh"))
        self.at_sites.setText(tr("hot.at_sites"))
        self.unsubstantiated.setText(tr("hot.unsubstantiated"))
        with QSignalBlocker(self.province):
            self._name_provinces()
        self._changed()

    def _name_provinces(self) -> None:
        listed = {u.code: u for u in Gazetteer.load().provinces}
        named = []
        for code in self._provinces:
            unit = listed.get(code)
            words = i18n.name_of(unit.name_km, unit.name_en) if unit else tr("hot.where.country")
            named.append((code, words))
        _fill(self.province, named)


def _box() -> QComboBox:
    box = QComboBox()
    # As wide as the panel lets it be, not as its longest name wants.
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(4)
    return box


def _fill(box: QComboBox, rows: Sequence[tuple[object, str]], first: object = None) -> None:
    """Name the choices of a box; what was taken stays taken."""
    with QSignalBlocker(box):
        before = box.currentData() if box.count() else first
        box.clear()
        for data, words in rows:
            box.addItem(words, data)
        box.setCurrentIndex(max(box.findData(before), 0))
