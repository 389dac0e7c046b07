"""Scoreboard: what was reported and what was done, unit by unit, year against year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QSizePolicy

from geo.analysis.scoreboard.board import Origin
from geo.model.entity import Kind
from gui import i18n
from gui.i18n import retext, tr
from gui.panels.analyse.parts import RunBar, Statement
from gui.panels.analyse.returns_box import ReturnsBox
from gui.panels.analyse.score_form import ScoreForm
from gui.panels.analyse.score_page import IDLE, SILENT, UNITS, ScorePage
from gui.panels.base import Panel
from gui.widgets.buttons import Button
from gui.widgets.layouts import boxed, card, column, row, scrolling
from gui.widgets.states import StateView
from gui.widgets.texts import Data, Line, Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QFrame

    from geo.progress import Progress
    from geo.project import Project
    from gui.models.score_work import Shown
    from gui.workbench import Workbench

SECTION: Final = "scoreboard"
PROVINCE_DIGITS: Final = 2


class ScoreboardSection(Panel):
    """Asks, has it counted, and shows it on the map and in the page below.

    Attributes:
        shown: The scoreboard that is shown, or None.
    """

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench.desk)
        self._bench = bench
        self.shown: Shown | None = None
        self._wish: object = None
        self.form = ScoreForm()
        self.run_bar = RunBar(self.desk.runner, "scoreboard.go", "chart-bar")
        self.headline = Data(role="heading", wrap=True)
        self.statement = Statement()
        self.stale = Text("findings.stale", role="warning", wrap=True)
        self.otherwise = Text("findings.otherwise", role="warning", wrap=True)
        self.no_map = Text("scoreboard.no_map", role="warning", wrap=True)
        self.table_button = Button("scoreboard.open", "table")
        self.map_button = Button("findings.show_on_map", "map")
        self.idle_button, self.silent_button = Button("", look="link"), Button("", look="link")
        for link in (self.idle_button, self.silent_button):
            link.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.returns = ReturnsBox(self.desk)
        self.result = self._result()
        bench.drawers.bring(SECTION, self._page)
        body = column(self.form, self.returns, self.result, None, gap=10)
        body.setContentsMargins(12, 6, 8, 12)
        foot = column(Line(), boxed(column(self.run_bar, margin=10)), gap=0)
        whole = column(scrolling(boxed(body)), boxed(foot), gap=0)
        whole.setStretch(0, 1)
        self.states = StateView(boxed(whole))
        self.box.addWidget(self.states, 1)
        self._connect()
        retext(self, self._word)
        self._judge()

    def _result(self) -> QFrame:
        buttons = row(self.table_button, self.map_button, None, gap=6)
        return card(
            column(
                self.stale,
                self.otherwise,
                self.headline,
                self.idle_button,
                self.silent_button,
                buttons,
                self.no_map,
                self.statement,
                margin=10,
                gap=6,
            )
        )

    def _connect(self) -> None:
        drawers = self._bench.drawers
        self.run_bar.asked.connect(self.compute)
        self.form.changed.connect(self._judge)
        self.form.column_changed.connect(self._colour)
        self.table_button.clicked.connect(lambda: self._show_page(UNITS))
        self.idle_button.clicked.connect(lambda: self._show_page(IDLE))
        self.silent_button.clicked.connect(lambda: self._show_page(SILENT))
        self.map_button.clicked.connect(self._lay_on_map)
        self.map_button.clicked.connect(self.desk.findings.look_at)
        self.desk.findings.changed.connect(self._judge)
        self.desk.moment.changed.connect(self.mark_stale)
        self.desk.session.closed.connect(self._forget)
        self._drawers = drawers

    def _page(self) -> ScorePage:
        page = ScorePage(self.desk, SECTION)
        page.rows_wanted.connect(self._open_rows)
        page.show_result(self.shown)
        return page

    def _show_page(self, tab: str) -> None:
        self._drawers.show_page(SECTION)
        page = self._drawers.made(SECTION)
        if isinstance(page, ScorePage):
            page.show_tab(tab)

    def _open_rows(self, kind: Kind, ids: tuple[str, ...], said: Callable[[], str]) -> None:
        """Show the rows behind a figure in the register's own table."""
        self._bench.drawer.show_only(kind, ids, said)
        self._drawers.show_page("tables")

    # --- the plan -------------------------------------------------------------------------------

    def refresh(self, project: Project) -> None:
        from geo.clock import today
        from layers.coded import coded

        plan = self.desk.moment.project(project)
        kinds = (Kind.ALLEGATION, Kind.INSPECTION, Kind.OUTCOME, Kind.RETURN)
        if not any(len(plan.table(kind)) for kind in kinds):
            self.states.show_empty(
                "scoreboard.none",
                "scoreboard.none_next",
                icon="chart-bar",
                button="returns.take_in",
                press=self.returns.ask,
            )
            return
        self.states.show_full()
        alleged = coded(plan.table(Kind.ALLEGATION)["admin_code"]).values
        codes = {str(v or "")[:PROVINCE_DIGITS] for v in alleged} - {""}
        on = self.desk.moment.moment.on if self.desk.moment.is_past else today()
        returns = bool(len(plan.table(Kind.RETURN)))
        self.returns.refresh(project)
        self.form.offer(project.info.province_code, tuple(sorted(codes)), on, returns=returns)
        self._judge()

    def _forget(self) -> None:
        self.run_bar.cancel()
        self.run_bar.refuse(None)
        self.shown = None
        self._judge()

    # --- counting -------------------------------------------------------------------------------

    def compute(self) -> None:
        """Have it counted, off the main thread."""
        project = self.project
        if project is None:
            return
        plan, wish, measure = self._seen(project), self.form.wish(), self.form.measure()

        def job(progress: Progress) -> Shown:
            from gui.models.score_work import compute

            return compute(plan, wish, measure, progress)

        self.run_bar.run(job, self._show)

    def _seen(self, project: Project) -> Project:
        """Return what is shown, as a plan of its own: the open one changes while it is counted."""
        from layers.read_only import ShownPlan

        return ShownPlan(self.desk.moment.project(project), {}, self.desk.moment.moment.on)

    def _colour(self) -> None:
        """Lay another column on the map."""
        shown, measure = self.shown, self.form.measure()
        if shown is None or shown.measure is measure or self.run_bar.busy:
            return

        def job(_progress: Progress) -> Shown:
            from gui.models.score_work import coloured

            return coloured(shown, measure)

        def done(found: Shown) -> None:
            if self.shown is shown:
                self.shown = found
                self._lay_on_map()
                self._judge()

        self.desk.runner.run(job, done, self.run_bar.refuse)

    def _show(self, shown: Shown) -> None:
        first = self.shown is None
        self.shown = shown
        page = self._drawers.made(SECTION)
        if isinstance(page, ScorePage):
            page.show_result(shown)
        if first:
            # Before the map and its legend share out the room that is left.
            self._show_page(UNITS)
        self._lay_on_map()
        if self.desk.findings.is_of(SECTION):
            self.desk.findings.look_at()
        self._word()
        self._judge()
        if shown.measure is not self.form.measure():
            self._colour()

    def _lay_on_map(self) -> None:
        project, shown = self.project, self.shown
        if shown is None or project is None:
            return
        if shown.findings is None:
            if self.desk.findings.is_of(SECTION):
                self.desk.findings.clear()
            return
        self.desk.findings.show(shown.findings)
        self.desk.findings.judge(self.desk.moment.project(project))

    # --- what is said ---------------------------------------------------------------------------

    def _judge(self) -> None:
        """Say whether what is shown is what is asked for, and of the plan as it is."""
        shown, findings = self.shown, self.desk.findings
        mine = shown is not None and findings.shown is shown.findings and findings.shown is not None
        self.result.setVisible(shown is not None)
        self.returns.setVisible(self.form.wish().origin is Origin.RETURNS)
        self.map_button.setVisible(shown is not None and shown.findings is not None and not mine)
        self.no_map.setVisible(shown is not None and shown.findings is None)
        self.stale.setVisible(mine and findings.stale)
        self.otherwise.setVisible(shown is not None and self.form.wish() != shown.found.wish)

    def _word(self) -> None:
        shown = self.shown
        if shown is None:
            return
        from geo.analysis.scoreboard.measures import Measure

        found, board = shown.found, shown.found.board
        reported = board.total(Measure.REPORTED)
        self.headline.setText(
            tr("scoreboard.headline", n=reported, units=len(board.units))
            if reported is not None
            else tr("scoreboard.headline.nothing")
        )
        self.idle_button.say(
            "scoreboard.link.idle",
            days=i18n.number(found.wish.idle_days),
            count=i18n.number(len(found.idle)),
        )
        silent = len(board.no_return) + len(board.gaps())
        self.silent_button.say("scoreboard.title.no_return", count=i18n.number(silent))
        self.silent_button.setVisible(bool(silent))
        self.statement.say(shown.said)
