"""Border: crossings by what is alleged near them, and stretches of the line without a crossing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox

from geo.analysis.border.wish import LEAST_M, LEAST_MONTHS, MOST_M, MOST_MONTHS, DayKind, Wish
from geo.analysis.evidence import Counting
from geo.analysis.weighting import Weighting
from geo.model.entity import Kind
from gui.i18n import retext, tr
from gui.panels.analyse.asked_section import AskedSection
from gui.panels.analyse.hotspot_form import Field
from gui.widgets.buttons import Segments
from gui.widgets.layouts import boxed, column
from gui.widgets.spins import NumberField
from gui.widgets.texts import Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.progress import Progress
    from geo.project import Project
    from gui.models.shown_result import ShownResult
    from gui.workbench import Workbench

SETTLE_MS: Final = 600
"""How long a distance must stand before it is computed anew: a wheel turns through many."""
STEP_M: Final = 1_000


class BorderSection(AskedSection):
    """The distance, the period, and what lies near each crossing."""

    key = "border"
    go_code = "pressure.go"
    icon = "barrier-block"

    def __init__(self, bench: Workbench) -> None:
        first = Wish()
        self.within = NumberField(int(first.within_m), int(LEAST_M), int(MOST_M))
        self.within.setSingleStep(STEP_M)
        self.months = NumberField(first.months, LEAST_MONTHS, MOST_MONTHS)
        self.by = Segments([(k.value, f"pressure.by.{k.value}") for k in DayKind], "pressure.by")
        self.by.choose(first.by.value)
        self.weigh = QCheckBox()
        form = boxed(
            column(
                Text("pressure.about", role="caption", wrap=True),
                Field("pressure.within", self.within, note="pressure.within_note"),
                Field("pressure.months", self.months),
                Field("pressure.by", self.by),
                self.weigh,
                gap=6,
            )
        )
        self._settling = QTimer()
        self._settling.setSingleShot(True)
        super().__init__(bench, form)
        self._settling.setParent(self)
        self._settling.timeout.connect(self.compute)
        for field in (self.within, self.months):
            field.valueChanged.connect(self._changed)
        self.by.chosen.connect(self._changed)
        self.weigh.toggled.connect(self._changed)
        retext(self, self._word_form)

    def asked(self) -> Wish:
        weighting = Weighting.GRADE if self.weigh.isChecked() else Weighting.NONE
        return Wish(
            within_m=float(self.within.value()),
            months=self.months.value(),
            by=DayKind(self.by.choice()),
            counting=Counting(weighting=weighting),
        )

    def refresh(self, project: Project) -> None:
        shown = self.desk.moment.project(project)
        if not len(shown.table(Kind.CROSSING)):
            self.states.show_empty("pressure.empty", "pressure.empty_next", icon="barrier-block")
            return
        self.states.show_full()
        self.judge()

    def job(self) -> Callable[[Progress], ShownResult] | None:
        from layers.read_only import ShownPlan

        project = self.project
        if project is None:
            return None
        seen, on = self.desk.moment.project(project), self.desk.moment.moment.on
        plan = ShownPlan(seen, {}, on)
        wish, computer = self.asked(), self.desk.computing.computer()

        def work(progress: Progress) -> ShownResult:
            from gui.models.border_work import compute

            return compute(plan, wish, on, computer, progress)

        return work

    def _changed(self) -> None:
        """Compute anew what is shown already; the first time waits for the button."""
        if self.shown is not None:
            self._settling.start(SETTLE_MS)
        self.judge()

    def _forget(self) -> None:
        self._settling.stop()
        super()._forget()

    def _word_form(self) -> None:
        self.within.setSuffix(f" {tr('pressure.metres')}")
        self.weigh.setText(tr("pressure.weigh"))
