"""Hotspots: where allegations gather, by the method of the user's choice, sure and unsure apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.model.entity import Kind
from gui.models.hotspot_asked import Asked, Method
from gui.panels.analyse.asked_section import AskedSection
from gui.panels.analyse.hotspot_form import HotspotForm
from gui.widgets.buttons import Button

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.progress import Progress
    from geo.project import Project
    from gui.models.hotspot_work import Work
    from gui.models.shown_result import ShownResult
    from gui.workbench import Workbench

PROVINCE_DIGITS = 2


class HotspotSection(AskedSection):
    """How, of what, where and when; one press takes what is set to begin with."""

    key = "hotspots"
    go_code = "hot.go"
    icon = "hexagon"
    opens_table = False

    def __init__(self, bench: Workbench) -> None:
        self.form = HotspotForm(tuple(Method))
        self._tried: Asked | None = None
        super().__init__(bench, self.form)
        self.export_button = Button("hot.export", "file-export")
        self.buttons.insertWidget(1, self.export_button)
        self.export_button.clicked.connect(self._export)
        self.form.changed.connect(self._asked_otherwise)

    def refresh(self, project: Project) -> None:
        from geo.clock import today
        from layers.coded import coded

        table = self.desk.moment.project(project).table(Kind.ALLEGATION)
        if not len(table):
            self.states.show_empty("panel.analyse.none", "panel.analyse.none_next", icon="hexagon")
            return
        self.states.show_full()
        codes = {str(v or "")[:PROVINCE_DIGITS] for v in coded(table["admin_code"]).values}
        on = self.desk.moment.moment.on if self.desk.moment.is_past else today()
        self.form.offer(project, on, sorted(codes - {""}))
        self.judge()
        self._warm_up()

    def _warm_up(self) -> None:
        """Let the worker read its libraries while the user looks at the form."""
        from geo.analysis.hotspots.job import WARM

        self.desk.computing.warm_up(self.desk.runner, *WARM)

    # --- computing ------------------------------------------------------------------------------

    def asked(self) -> Asked:
        return self.form.asked()

    def job(self) -> Callable[[Progress], ShownResult] | None:
        project = self.project
        if project is None:
            return None
        work, computer = self._work(project), self.desk.computing.computer()
        self._tried = work.asked

        def compute(progress: Progress) -> ShownResult:
            from gui.models.hotspot_work import compute

            return compute(work, computer, progress)

        return compute

    def _work(self, project: Project) -> Work:
        from gui.models.hotspot_work import Work
        from layers.lens import Lens
        from layers.read_only import ShownPlan

        asked, moment = self.form.asked(), self.desk.moment
        seen, wanted = moment.project(project), asked.wanted(moment.wanted)
        lens = Lens(moment.moment, wanted, moment.first_seen, moment.duty)
        return Work(
            asked=asked,
            plan=ShownPlan(lens.project(project), {}, moment.moment.on),
            on=moment.moment.on,
            made_of=tuple(seen.table(kind) for kind in asked.reads),
            filtered=moment.wanted.allegations.is_active,
        )

    def _asked_otherwise(self) -> None:
        if not self.run_bar.busy and self.asked() != self._tried:
            self.run_bar.refuse(None)  # it spoke of other settings
        self.judge()

    # --- what leaves ----------------------------------------------------------------------------

    def _export(self) -> None:
        """Hand the result on: as a report, or as a layer."""
        shown = self.shown
        if shown is None or not isinstance(shown.asked, Asked):
            return
        from gui.models.leaving import Leaving
        from gui.panels.analyse.hotspot_report import report_maker

        moment, computer = self.desk.moment, self.desk.computing.computer()
        self.desk.intents.ask(
            "result.export",
            Leaving(
                name=f"{self.key}-{shown.asked.method.value}",
                rows=len(shown.rows.keys),
                report=report_maker(shown.asked, computer, (moment.moment, moment.first_seen)),
                table=shown.leaves,
            ),
        )
