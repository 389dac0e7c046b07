"""Did it work? A completed operation, and what was alleged before and after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSignalBlocker, QSize
from PySide6.QtWidgets import QComboBox

from geo.analysis.effect.wish import (
    LEAST_DAYS,
    LEAST_RING_M,
    MOST_DAYS,
    MOST_RING_M,
    Wish,
    completed,
)
from geo.gazetteer import Gazetteer
from geo.model.entity import Kind
from gui import i18n
from gui.i18n import retext, tr
from gui.panels.analyse.asked_section import AskedSection
from gui.panels.analyse.hotspot_form import Field
from gui.widgets.layouts import boxed, column
from gui.widgets.spins import NumberField
from gui.widgets.texts import Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.progress import Progress
    from geo.project import Project
    from gui.models.shown_result import ShownResult
    from gui.workbench import Workbench

FIRST: Final = Wish(operation_id="")
STEP_M: Final = 500


class EffectSection(AskedSection):
    """Which operation, how long before and after, how wide around, compared with what."""

    key = "effect"
    go_code = "effect.go"
    icon = "target"

    def __init__(self, bench: Workbench) -> None:
        self.operation, self.control = QComboBox(), QComboBox()
        for box in (self.operation, self.control):
            box.setMinimumContentsLength(12)
            box.setIconSize(QSize(0, 0))
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
        self.days = NumberField(FIRST.days, LEAST_DAYS, MOST_DAYS)
        self.ring = NumberField(int(FIRST.ring_m), int(LEAST_RING_M), int(MOST_RING_M))
        self.ring.setSingleStep(STEP_M)
        form = boxed(
            column(
                Text("effect.about", role="caption", wrap=True),
                Field("effect.operation", self.operation),
                Field("effect.days", self.days),
                Field("effect.ring", self.ring),
                Field("effect.control", self.control, note="effect.control_note"),
                gap=6,
            )
        )
        super().__init__(bench, form)
        for box in (self.operation, self.control):
            box.currentIndexChanged.connect(self.judge)
        for field in (self.days, self.ring):
            field.valueChanged.connect(self.judge)
        retext(self, self._word_form)

    def asked(self) -> Wish | None:
        operation_id = self.operation.currentData()
        if not operation_id:
            return None
        return Wish(
            operation_id=operation_id,
            days=self.days.value(),
            ring_m=float(self.ring.value()),
            control=self.control.currentData() or "",
        )

    def refresh(self, project: Project) -> None:
        found = completed(project)
        if not found:
            self.states.show_empty("effect.empty", "effect.empty_next", icon="target")
            return
        before = self.operation.currentData()
        with QSignalBlocker(self.operation):
            self.operation.clear()
            for each in found:
                self.operation.addItem(each.name, each.id)
            self.operation.setCurrentIndex(max(self.operation.findData(before), 0))
        self.states.show_full()
        self.judge()

    def job(self) -> Callable[[Progress], ShownResult] | None:
        from layers.read_only import ShownPlan

        project, wish = self.project, self.asked()
        if project is None or wish is None:
            return None
        seen, on = self.desk.moment.project(project), self.desk.moment.moment.on
        # Whatever operation the map looks at: its zones are those of the one that is chosen here.
        told = {kind: seen.table(kind) for kind in (Kind.ALLEGATION, Kind.SITE)}
        plan, computer = ShownPlan(project, told, on), self.desk.computing.computer()

        def work(progress: Progress) -> ShownResult:
            from gui.models.effect_work import compute

            return compute(plan, wish, on, computer, progress)

        return work

    def _word_form(self) -> None:
        self.ring.setSuffix(f" {tr('pressure.metres')}")
        self.days.setSuffix(f" {tr('effect.days_unit')}")
        before = self.control.currentData()
        with QSignalBlocker(self.control):
            self.control.clear()
            self.control.addItem(tr("effect.control.rest"), "")
            for unit in Gazetteer.load().provinces:
                name = unit.name_km if i18n.language() == "km" else unit.name_en
                self.control.addItem(name, unit.code)
            self.control.setCurrentIndex(max(self.control.findData(before), 0))
