"""Hotspots: where allegations gather, by the method of the user's choice, sure and unsure apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer

from geo.model.entity import Kind
from gui import i18n
from gui.i18n import retext
from gui.models.hotspot_asked import Method
from gui.panels.analyse.found_page import FoundPage
from gui.panels.analyse.hotspot_form import HotspotForm
from gui.panels.analyse.parts import RunBar, Statement
from gui.panels.base import Panel
from gui.widgets.buttons import Button
from gui.widgets.layouts import boxed, card, column, row, scrolling
from gui.widgets.states import StateView
from gui.widgets.texts import Data, Line, Text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QFrame

    from geo.progress import Progress
    from geo.project import Project
    from gui.models.hotspot_work import Shown, Work
    from gui.workbench import Workbench

SECTION: Final = "hotspots"
PROVINCE_DIGITS: Final = 2


class HotspotSection(Panel):
    """Asks, has it computed, and shows it on the map, in the table and in sentences.

    Attributes:
        shown: The result that is shown, or None.
    """

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench.desk)
        self._bench = bench
        self.shown: Shown | None = None
        self._warm = False
        self.form = HotspotForm(tuple(Method))
        self.run_bar = RunBar(self.desk.runner, "hot.go", "hexagon")
        self.headline = Data(role="heading", wrap=True)
        self.statement = Statement()
        self.stale = Text("findings.stale", role="warning", wrap=True)
        self.otherwise = Text("hot.otherwise", role="warning", wrap=True)
        self.table_button = Button("hot.table", "table")
        self.map_button = Button("hot.show_on_map", "map")
        self.export_button = Button("hot.export", "file-export")
        self.result = self._result()
        bench.drawers.bring(SECTION, self._page)
        body = column(self.form, self.result, None, gap=10)
        body.setContentsMargins(12, 6, 8, 12)
        self.area = scrolling(boxed(body))
        foot = column(Line(), boxed(column(self.run_bar, margin=10)), gap=0)
        whole = column(self.area, boxed(foot), gap=0)
        whole.setStretch(0, 1)
        self.states = StateView(boxed(whole))
        self.box.addWidget(self.states, 1)
        self.run_bar.asked.connect(self.compute)
        self.form.changed.connect(self._asked_otherwise)
        self.table_button.clicked.connect(lambda: bench.drawers.toggle(SECTION))
        self.map_button.clicked.connect(self._lay_on_map)
        self.map_button.clicked.connect(self.desk.findings.look_at)
        self.export_button.clicked.connect(self._export)
        self.desk.findings.changed.connect(self._judge)
        self.desk.moment.changed.connect(self.mark_stale)
        self.desk.session.closed.connect(self._forget)
        retext(self, self._word)
        self._judge()

    def _result(self) -> QFrame:
        buttons = row(self.table_button, self.export_button, None, gap=6)
        inside = column(
            self.stale,
            self.otherwise,
            self.headline,
            self.map_button,
            buttons,
            self.statement,
            margin=10,
            gap=6,
        )
        return card(inside)

    def _page(self) -> FoundPage:
        page = FoundPage(self.desk, SECTION)
        if self.shown is not None:
            page.show_rows(self.shown.findings.title, self.shown.rows)
        return page

    # --- the plan -------------------------------------------------------------------------------

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
        self._judge()
        if not self._warm:
            self._warm = True
            self._warm_up()

    def _warm_up(self) -> None:
        """Let the worker read its libraries while the user looks at the form."""
        from geo.analysis.hotspots.job import WARM

        computer = self.desk.computing.computer()
        self.desk.runner.run(
            lambda _progress: computer.warm(*WARM),
            lambda _none: None,
            lambda _error: None,  # whatever it is, the first computing says it
            outlives_plan=True,
        )

    def _forget(self) -> None:
        self.run_bar.cancel()
        self.run_bar.refuse(None)
        self.shown = None
        self._judge()

    # --- computing ------------------------------------------------------------------------------

    def compute(self) -> None:
        """Have it computed, off the main thread."""
        project = self.project
        if project is None:
            return
        work, computer = self._work(project), self.desk.computing.computer()

        def job(progress: Progress) -> Shown:
            from gui.models.hotspot_work import compute

            return compute(work, computer, progress)

        self.run_bar.run(job, self._show)

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

    def _show(self, shown: Shown) -> None:
        self.shown = shown
        page = self._bench.drawers.made(SECTION)
        if isinstance(page, FoundPage):
            page.show_rows(shown.findings.title, shown.rows)
        self._lay_on_map()
        self.desk.findings.look_at()
        self._word()
        self._judge()
        # Its place is known once it has been laid out.
        QTimer.singleShot(0, self.area, self._show_headline)

    def _show_headline(self) -> None:
        bar = self.area.verticalScrollBar()
        bar.setValue(min(self.result.y(), bar.maximum()))

    def _lay_on_map(self) -> None:
        project = self.project
        if self.shown is not None and project is not None:
            self.desk.findings.show(self.shown.findings)
            self.desk.findings.judge(self.desk.moment.project(project))

    def _export(self) -> None:
        """Hand the result on: as a report, or as a layer."""
        shown = self.shown
        if shown is None:
            return
        from gui.models.leaving import Leaving
        from gui.panels.analyse.hotspot_report import report_maker

        moment, computer = self.desk.moment, self.desk.computing.computer()
        self.desk.intents.ask(
            "result.export",
            Leaving(
                name=f"{SECTION}-{shown.asked.method.value}",
                rows=len(shown.rows.keys),
                report=report_maker(shown.asked, computer, (moment.moment, moment.first_seen)),
                table=shown.leaves,
            ),
        )

    # --- what is said ---------------------------------------------------------------------------

    def _asked_otherwise(self) -> None:
        if not self.run_bar.busy:
            self.run_bar.refuse(None)  # it spoke of other settings
        self._judge()

    def _judge(self) -> None:
        """Say whether what is shown is what is asked for, and of the plan as it is."""
        shown, findings = self.shown, self.desk.findings
        mine = shown is not None and findings.shown is shown.findings
        self.result.setVisible(shown is not None)
        self.map_button.setVisible(shown is not None and not mine)
        self.stale.setVisible(mine and findings.stale)
        self.otherwise.setVisible(shown is not None and self.form.asked() != shown.asked)

    def _word(self) -> None:
        shown = self.shown
        if shown is not None:
            self.headline.setText(shown.headline.words(i18n.language()))
            self.statement.say(shown.said, shown.warned)
