"""Links: the network of sites, crossings and pseudonymous persons, and where its chains stop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer

from geo.clock import today
from geo.edit.verbs import Verb
from geo.model.entity import Kind
from gui import i18n
from gui.i18n import retext, tr
from gui.panels.analyse.links_page import LinksPage
from gui.panels.analyse.parts import RunBar, Statement
from gui.panels.base import Panel
from gui.rights import permit
from gui.widgets.buttons import Button
from gui.widgets.layouts import Flow, boxed, card, column, row, scrolling
from gui.widgets.states import StateView
from gui.widgets.texts import Data, Line, Text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QFrame

    from geo.edit.edit import Edit
    from geo.progress import Progress
    from geo.project import Project
    from gui.models.link_work import ShownLinks
    from gui.workbench import Workbench

SECTION: Final = "links"
_OURS: Final = frozenset({Kind.LINK, Kind.PERSON_REF, Kind.PERSON_DECISION})


class LinksSection(Panel):
    """Has the network measured; the map shows its lines, the page below its graph and its stops.

    Attributes:
        shown: The result that is shown, or None.
    """

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench.desk)
        self._bench = bench
        self.shown: ShownLinks | None = None
        self.count = Data(wrap=True)
        self.add = Button("panel.links.add_person", "user-question")
        self.run_bar = RunBar(self.desk.runner, "links.go", "share")
        self.headline = Data(role="heading", wrap=True)
        self.stale = Text("findings.stale", role="warning", wrap=True)
        self.statement = Statement()
        self.page_button = Button("links.graph_button", "share")
        self.map_button = Button("findings.show_on_map", "map")
        self.result = self._result()
        bench.drawers.bring(SECTION, self._page)
        about = column(Text("links.about", role="caption", wrap=True), self.count, gap=6)
        body = column(about, boxed(row(self.add, None)), self.result, None, gap=10)
        body.setContentsMargins(12, 6, 8, 12)
        foot = column(Line(), boxed(column(self.run_bar, margin=10)), gap=0)
        whole = column(scrolling(boxed(body)), boxed(foot), gap=0)
        whole.setStretch(0, 1)
        self.states = StateView(boxed(whole))
        self.box.addWidget(self.states, 1)
        self.run_bar.asked.connect(self.compute)
        self.add.clicked.connect(lambda: self.desk.intents.ask("person.add"))
        self.page_button.clicked.connect(lambda: bench.drawers.toggle(SECTION))
        self.map_button.clicked.connect(self._lay_on_map)
        self.map_button.clicked.connect(self.desk.findings.look_at)
        self.desk.findings.changed.connect(self._judge)
        self.desk.moment.changed.connect(self.mark_stale)
        self.desk.session.changed.connect(self._plan_changed)
        self.desk.session.closed.connect(self._forget)
        retext(self, self._word)
        self._judge()

    def _result(self) -> QFrame:
        buttons = Flow(6)
        for button in (self.page_button, self.map_button):
            buttons.addWidget(button)
        return card(column(self.stale, self.headline, buttons, self.statement, margin=10, gap=6))

    def _page(self) -> LinksPage:
        page = LinksPage(self.desk)
        page.full_asked.connect(self._bench.drawers.set_full)
        page.closed.connect(lambda: page.full_button.setChecked(False))
        page.show_links(self.shown)
        return page

    # --- the plan -------------------------------------------------------------------------------

    def refresh(self, project: Project) -> None:
        links, persons = project.table(Kind.LINK), project.table(Kind.PERSON_REF)
        if not len(links) and not len(persons):
            self.states.show_empty("links.empty", "links.empty_next", icon="share")
            return
        self.states.show_full()
        self.count.setText(
            tr(
                "links.count",
                links=i18n.number(len(links)),
                persons=i18n.number(len(persons)),
            )
        )
        permit(self.add, project, Verb.ADD_PERSON)
        self._judge()
        self._warm_up()

    def _warm_up(self) -> None:
        """Let the worker read its libraries while the user looks at the section."""
        from geo.analysis.links.job import WARM

        self.desk.computing.warm_up(self.desk.runner, *WARM)

    def _forget(self) -> None:
        self.run_bar.cancel()
        self.run_bar.refuse(None)
        self.shown = None
        self._judge()

    def _plan_changed(self, edit: Edit) -> None:
        """Renew arrests, roles and chains; who lies between is measured only when it is asked."""
        before, project = self.shown, self.project
        if before is None or project is None or not edit.kinds() & _OURS:
            return
        plan = self.desk.moment.project(project)

        def work(_progress: Progress) -> ShownLinks | None:
            from gui.models.link_work import renewed

            return renewed(before, plan)

        def done(after: ShownLinks | None) -> None:
            if after is not None and self.shown is before:
                self._show(after)

        # What cannot be renewed is told to be of an older plan.
        self.desk.runner.run(work, done, lambda _error: None)

    # --- computing ------------------------------------------------------------------------------

    def compute(self) -> None:
        """Have the network measured, off the main thread."""
        project = self.project
        if project is None:
            return
        moment, computer = self.desk.moment, self.desk.computing.computer()
        plan = moment.project(project)
        on = moment.moment.on if moment.is_past else today()

        def job(progress: Progress) -> ShownLinks:
            from gui.models.link_work import compute

            return compute(plan, on, computer, progress)

        self.run_bar.run(job, self._computed)

    def _computed(self, shown: ShownLinks) -> None:
        first = self.shown is None
        self._show(shown)
        self.desk.findings.look_at()
        self.desk.session.record("read", kind=Kind.LINK.value, rows=shown.links.network.n_links)
        if first:
            # The legend comes first: the page below takes what room it leaves.
            QTimer.singleShot(0, self, lambda: self._bench.drawers.show_page(SECTION))

    def _show(self, shown: ShownLinks) -> None:
        self.shown = shown
        page = self._bench.drawers.made(SECTION)
        if isinstance(page, LinksPage):
            page.show_links(shown)
        self._lay_on_map()
        self._word()
        self._judge()

    def _lay_on_map(self) -> None:
        project = self.project
        if self.shown is not None and project is not None:
            self.desk.findings.show(self.shown.findings)
            self.desk.findings.judge(self.desk.moment.project(project))

    # --- what is said ---------------------------------------------------------------------------

    def _judge(self) -> None:
        shown, findings = self.shown, self.desk.findings
        mine = shown is not None and findings.shown is shown.findings
        self.result.setVisible(shown is not None)
        self.map_button.setVisible(shown is not None and not mine)
        self.stale.setVisible(mine and findings.stale)

    def _word(self) -> None:
        if self.shown is None:
            return
        links = self.shown.links
        self.headline.setText(
            tr(
                "links.headline",
                stops=i18n.number(len(links.chains.stops)),
                hubs=i18n.number(len(links.hubs)),
            )
        )
        self.statement.say(self.shown.findings.note)
