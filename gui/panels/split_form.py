"""What is asked of a split: the ground, how many zones, of which units, by which formula."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QWidget

from geo.analysis.split.order import FEWEST, MOST
from geo.analysis.split.units import UnitKind
from geo.edit.zones import SETTLED
from geo.gazetteer import Gazetteer
from geo.model.command import Operation, Zone
from geo.model.entity import Kind
from geo.territory import Territory
from gui import facts, i18n
from gui.i18n import retext, tr
from gui.models.split_work import Asked, Ground
from gui.panels.split_weights import WeightFields, line_of
from gui.widgets.buttons import IconButton
from gui.widgets.fold import Fold
from gui.widgets.layouts import boxed, column, row
from gui.widgets.spins import NumberField
from gui.widgets.texts import Data, Text

if TYPE_CHECKING:
    from geo.project import Project

FIRST_COUNT: Final = 4
MOST_SEED: Final = 9999
CANDIDATES: Final = 120
UNITS: Final = ("", UnitKind.COMMUNE.value, UnitKind.HEXAGON.value)


class SplitForm(QWidget):
    """The fields.

    Attributes:
        changed: Something else is asked for.
        units_asked: The ground is to be chosen unit by unit on the map.
        candidates: Splits to draw, of which the best is kept.
    """

    changed = Signal()
    units_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.codes: tuple[str, ...] = ()
        self.candidates = CANDIDATES
        self._filling = False
        self.area, self.operation, self.units = QComboBox(), QComboBox(), QComboBox()
        for box in (self.area, self.operation, self.units):
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.currentIndexChanged.connect(self._changed)
        self.choose = IconButton("map-pin-plus", "split.choose_units", flat=False)
        self.choose.clicked.connect(self.units_asked)
        self.into = NumberField(FIRST_COUNT, FEWEST, MOST)
        self.seed = NumberField(1, 0, MOST_SEED)
        self.replace = QCheckBox()
        self.kept = Data(role="caption", wrap=True)
        self.formula = Data(role="caption", wrap=True)
        self.weights = WeightFields()
        self.fold = Fold("split.weights", lambda: [self.weights], is_open=False)
        for field in (self.into, self.seed):
            field.valueChanged.connect(self._changed)
        self.replace.setChecked(True)
        self.replace.toggled.connect(self._changed)
        self.weights.changed.connect(self._changed)
        where = row(self.area, self.choose, gap=4)
        where.setStretch(0, 1)
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(6)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(Text("split.area"), where)
        form.addRow(Text("split.into"), row(self.into, Text("split.seed"), self.seed))
        form.addRow(Text("split.units"), self.units)
        form.addRow(Text("split.operation"), self.operation)
        self.setLayout(column(boxed(form), self.replace, self.kept, self.formula, self.fold, gap=6))
        retext(self, self._word)

    def asked(self) -> Asked:
        """Return what is asked for."""
        chosen = self.units.currentData()
        return Asked(
            ground=self.area.currentData() or Ground(),
            operation_id=self.operation.currentData() or "",
            replace=self.replace.isChecked(),
            into=self.into.value(),
            seed=self.seed.value(),
            units=UnitKind(chosen) if chosen else None,
            weights=self.weights.weights(),
            candidates=self.candidates,
        )

    @property
    def has_ground(self) -> bool:
        """Whether there is anything to split."""
        return self.area.count() > 0

    def fill(self, project: Project, *, zone_id: str = "", operation_id: str | None = None) -> None:
        """Offer what the plan holds; a zone or an operation that is named is chosen."""
        self._filling = True
        ground, operation = self.area.currentData(), self.operation.currentData()
        zone = project.find(Zone, zone_id) if zone_id else None
        if zone is not None:
            ground, operation = Ground(zone_id=zone.id), zone.operation_id
        elif operation_id is not None:
            operation = operation_id
        self._fill_area(project, ground)
        self._fill_operations(project, operation or "")
        self._filling = False
        self._changed()

    def take_units(self, project: Project, codes: tuple[str, ...]) -> None:
        """Split these administrative units."""
        self.codes = codes
        self._filling = True
        self._fill_area(project, Ground(codes=codes))
        self._filling = False
        self._changed()

    def say_kept(self, project: Project, kept: int) -> None:
        """Say what of the operation stays as it is; the choice is there only where it matters."""
        operation = project.find(Operation, self.asked().operation_id)
        self.replace.setVisible(operation is not None)
        self.kept.setText(tr("split.kept", n=i18n.number(kept)) if kept else "")
        self.kept.setVisible(bool(kept))

    def say_units(self, project: Project) -> None:
        """Offer communes where they are loaded; else say that hexagons are taken."""
        from layers.ground import has_units

        known = has_units(project.table(Kind.ADMIN_UNIT))
        self.choose.setEnabled(known)
        self.choose.say("split.choose_units" if known else "split.no_units")
        with QSignalBlocker(self.units):
            before = self.units.currentData() or ""
            self.units.clear()
            for value in UNITS:
                if value == "":
                    words = tr("split.units.best" if known else "split.units.only_hexagons")
                else:
                    words = tr(f"split.units.{value}")
                if known or value != UnitKind.COMMUNE:
                    self.units.addItem(words, value)
            self.units.setCurrentIndex(max(self.units.findData(before), 0))

    # --- lists ----------------------------------------------------------------------------------

    def _fill_area(self, project: Project, chosen: Ground | None) -> None:
        self.area.clear()
        code = project.info.province_code
        if code in Territory.load().provinces:
            unit = Gazetteer.load().unit(code)
            name = i18n.name_of(unit.name_km, unit.name_en, code) if unit else code
            self.area.addItem(tr("split.area.province", name=name), Ground(province=code))
        if self.codes:
            n = i18n.number(len(self.codes))
            self.area.addItem(tr("split.area.units", n=n), Ground(codes=self.codes))
        for zone in facts.zones_in_order(project):
            self.area.addItem(tr("split.area.zone", name=zone.name), Ground(zone_id=zone.id))
        place = next((n for n in range(self.area.count()) if self.area.itemData(n) == chosen), 0)
        self.area.setCurrentIndex(place if self.area.count() else -1)

    def _fill_operations(self, project: Project, chosen: str) -> None:
        self.operation.clear()
        self.operation.addItem(tr("split.operation.none"), "")
        for operation in sorted(project.all(Operation), key=lambda o: o.name):
            if operation.state not in SETTLED:
                words = f"{operation.name} · {i18n.label(operation.state)}"
                self.operation.addItem(words, operation.id)
        self.operation.setCurrentIndex(max(self.operation.findData(chosen), 0))

    def _word(self) -> None:
        for widget, name in (
            (self.area, tr("split.area")),
            (self.operation, tr("split.operation")),
            (self.units, tr("split.units")),
            (self.into, tr("split.into")),
            (self.seed, tr("split.seed")),
        ):
            widget.setAccessibleName(name)
        self.replace.setText(tr("split.replace"))
        self.formula.setText(line_of(self.weights.weights()))

    def _changed(self) -> None:
        self.formula.setText(line_of(self.weights.weights()))
        if not self._filling:
            self.changed.emit()
