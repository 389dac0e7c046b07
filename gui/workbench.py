"""The window while a plan is open: rail, panels, map, dossier, drawer, and how they act."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from geo.model.entity import Kind
from gui import facts
from gui.actions import WORKSPACES
from gui.acts.everything import ACTS
from gui.acts.zones import ZoneActs
from gui.drawer_place import TABLES, DrawerPlace
from gui.edits import Edits
from gui.finder import Finder
from gui.navigator import Navigator
from gui.panels.analyse.panel import AnalysePanel
from gui.panels.dossier import WIDTH, Dossier
from gui.panels.held import HeldPanel
from gui.panels.layers import LayerPanel
from gui.panels.left_side import LeftSide
from gui.panels.map_area import MapArea
from gui.panels.operate import OperatePanel
from gui.panels.plan import PlanPanel
from gui.panels.register import RegisterPanel
from gui.panels.report import ReportPanel
from gui.panels.top_bar import TopBar
from gui.tool_box import ToolBox
from gui.tool_list import TOOLS
from gui.widgets.layouts import boxed, column, row
from gui.widgets.rail import Rail
from gui.widgets.sliding import SidePlace
from layers.layer_list import default_layers

if TYPE_CHECKING:
    from collections.abc import Callable

    from gui.actions import Actions
    from gui.panels.base import Desk, Panel

LEFT_WIDTH = 300
HELD = "held"
# Where the list needs the room, the layers begin folded.
FOLDED = frozenset({"plan", "operate", "report", "analyse"})


class Workbench(QWidget):
    """Everything around the map of one plan.

    Attributes:
        language_asked: Another language is wanted.
        workspace_changed: Another workspace is shown (its name).
    """

    language_asked = Signal(str)
    workspace_changed = Signal(str)

    def __init__(
        self, desk: Desk, actions: Actions, window: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.desk, self.commands = desk, actions
        self.layers = default_layers()
        self.top = TopBar(desk, actions, window)
        self.rail = Rail()
        self.map = MapArea(desk)
        self.layer_panel = LayerPanel(desk, self.layers)
        self.register = RegisterPanel(desk, actions)
        self.analyse = AnalysePanel(self)
        self.plan = PlanPanel(desk)
        self.operate = OperatePanel(desk)
        self.report = ReportPanel(desk, self.layers)
        self.held = HeldPanel(desk)
        self.panels: dict[str, Panel] = {
            "register": self.register,
            "analyse": self.analyse,
            "plan": self.plan,
            "operate": self.operate,
            "report": self.report,
            HELD: self.held,
        }
        self.dossier = Dossier(desk)
        self.drawers = DrawerPlace(desk)
        self.drawer = self.drawers.tables
        self.window_ = window
        self.navigator = Navigator(desk, self.map.canvas)
        self.edits = Edits(desk, self.plan, window)
        self.zones = ZoneActs(self)
        self.tools = ToolBox(desk, self.map, self.zones)
        self.finder = Finder(desk, actions, self.show_row, self.navigator)
        self.workspace = WORKSPACES[0]
        self._layers_open = {name: name not in FOLDED for name in (*WORKSPACES, HELD)}
        self._arrange()
        self._connect()
        self.acts = [make(self) for make in ACTS]

    # --- furniture ------------------------------------------------------------------------------

    def _arrange(self) -> None:
        # From the outside in: whenever a widget gets a parent, Qt dresses all that stands in it.
        self.split = QSplitter(Qt.Orientation.Vertical)
        self.split.setChildrenCollapsible(False)
        body = row(self.rail, self.split, gap=0)
        body.setStretch(1, 1)
        whole = column(self.top, body, gap=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        # A splitter takes its width from its children; the box around it keeps them to theirs.
        self.stack = QStackedWidget()
        self.left = LeftSide(self.layer_panel, self.stack)
        left = boxed(column(self.left), "leftPanel")
        left.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        left.setFixedWidth(LEFT_WIDTH)
        above = QWidget()
        self.split.addWidget(above)
        self.split.addWidget(self.drawers)
        self.split.setStretchFactor(0, 1)
        self.side = SidePlace(self.dossier)
        middle = row(left, self.map, self.side, gap=0)
        middle.setStretch(1, 1)
        above.setLayout(middle)
        for panel in self.panels.values():
            self.stack.addWidget(panel)

    def _connect(self) -> None:
        desk, canvas = self.desk, self.map.canvas
        canvas.set_layers(self.layers)
        canvas.picked.connect(self._picked)
        desk.selection.changed.connect(self._selection_changed)
        desk.selection.zoom_asked.connect(self.navigator.show_selection)
        desk.session.opened.connect(self._opened)
        desk.session.closed.connect(self._closed)
        desk.session.changed.connect(lambda _edit: self._count_held())
        self.rail.chosen.connect(self.show_workspace)
        self.top.language_asked.connect(self.language_asked)
        self.top.user_chosen.connect(desk.session.act_as)
        self.top.held.clicked.connect(self.toggle_held)
        self.top.search.asked.connect(self._search)
        self.held.closed.connect(lambda: self.show_workspace(self.workspace))
        self.dossier.closed.connect(desk.selection.clear)
        self.map.tool_asked.connect(self.tools.take)
        self.map.file_dropped.connect(self.edits.import_file)
        self.register.import_asked.connect(self.edits.import_file)
        self.plan.draw_asked.connect(lambda: self.tools.take("draw_zone"))
        self.operate.plan_asked.connect(lambda: self.show_workspace("plan"))
        self.operate.accept_asked.connect(self.edits.accept)
        for panel in (self.plan, self.dossier):
            panel.assign_asked.connect(self.edits.assign)
            panel.unassign_asked.connect(self.edits.unassign)
            panel.edit_zone_asked.connect(self.tools.edit_zone)
            panel.add_team_asked.connect(self.edits.add_team)
            panel.edit_team_asked.connect(self.edits.edit_team)
        self.map.team_dropped.connect(self.edits.assign)
        self.plan.rename_asked.connect(self.zones.rename)
        self.plan.delete_asked.connect(self.zones.delete)
        self.plan.add_operation_asked.connect(self.edits.add_operation)
        self.dossier.decide_asked.connect(self.edits.decide)
        self.zones.drawn.connect(self._zone_drawn)
        self._connect_actions()

    def _connect_actions(self) -> None:
        for name in WORKSPACES:
            self.on(name, partial(self.show_workspace, name))
        for tool in TOOLS:
            self.on(tool.name, partial(self.tools.take, tool.name))
        for name in ("in", "out", "province", "selection"):
            self.on(f"zoom_{name}", partial(self.navigator.zoom, name))
        self.tools.boundaries_asked.connect(self.commands["boundaries"].trigger)
        self.on("undo", self.tools.undo)
        self.on("redo", self.tools.redo)
        self.on("search", self.top.search.begin)
        self.on("held_now", self.toggle_held)
        self.on("import", self.edits.import_file)
        self.on("add_team", self.edits.add_team)
        self.on("table", self.toggle_drawer)

    def on(self, name: str, act: Callable[[], object]) -> None:
        """Have a command of the window done."""
        self.commands[name].triggered.connect(lambda _checked=False: act())

    # --- the plan -------------------------------------------------------------------------------

    def start(self) -> None:
        """Take over a plan that was opened before the workbench was made."""
        for panel in (*self.panels.values(), self.layer_panel, self.dossier, self.drawer):
            panel.mark_stale()
        self.top.refresh()
        self._opened()

    def shut_down(self) -> None:
        """End the map's own threads."""
        self.map.canvas.close()

    def _opened(self) -> None:
        project = self.desk.session.project
        self.map.canvas.set_project(project)
        self.desk.selection.clear()
        self.show_workspace("register")
        self.tools.take("select")
        self._count_held()
        # The map knows its size only after the first layout.
        QTimer.singleShot(0, self, lambda: self.navigator.zoom("province"))

    def _closed(self) -> None:
        self.desk.selection.clear()
        self.map.canvas.set_project(None)
        self.map.canvas.set_lens(None)  # it keeps what it made of the plan

    def _count_held(self) -> None:
        project = self.desk.session.project
        if project is not None:
            self.top.show_held(facts.held_now_count(project))

    # --- workspaces -----------------------------------------------------------------------------

    def show_workspace(self, name: str) -> None:
        """Show the panel of a workspace; the map stays where it is."""
        self._layers_open[self._shown()] = self.layer_panel.is_open
        self.workspace = name
        self.rail.show_chosen(name)
        self._show_panel(name)
        self.workspace_changed.emit(name)

    def _shown(self) -> str:
        shown = self.stack.currentWidget()
        return next(name for name, panel in self.panels.items() if panel is shown)

    def _show_panel(self, name: str) -> None:
        self.stack.setCurrentWidget(self.panels[name])
        self.layer_panel.set_open(is_open=self._layers_open[name])
        self.top.held.setChecked(name == HELD)

    def toggle_held(self) -> None:
        """Show those held now in place of the workspace's list, or the list again."""
        self._show_panel(self.workspace if self._shown() == HELD else HELD)

    def toggle_drawer(self) -> None:
        """Open the table drawer at its last height, or close it."""
        kind = self.desk.selection.kind
        if kind in self.drawer.tables:
            self.drawer.show_kind(kind)
        self.drawers.toggle(TABLES)

    # --- selection and map ----------------------------------------------------------------------

    def _picked(self, kind: Kind | None, ids: list[str]) -> None:
        if kind is None or not ids:
            self.desk.selection.clear()
        else:
            self.desk.selection.select(Kind(kind), ids)

    def slide_dossier(self) -> None:
        """Let the dossier in if it has something to show, else out."""
        chosen = self.desk.selection
        self.side.slide_to(WIDTH if chosen.ids and chosen.kind in SHOWN_IN_DOSSIER else 0)

    def _selection_changed(self) -> None:
        chosen = self.desk.selection
        self.map.canvas.set_selection(chosen.kind, list(chosen.ids))
        self.slide_dossier()

    def show_row(self, kind: Kind, entity_id: str) -> None:
        """Select a row of the plan and show it on the map."""
        self.desk.selection.select(kind, [entity_id], zoom=True)

    def escape(self) -> None:
        """Step back: first the tool, then the shape of a result, then the selection."""
        if self.tools.name != "select":
            self.tools.take("select")
        elif self.desk.findings.shape:
            self.desk.findings.choose("")
        else:
            self.desk.selection.clear()

    def _zone_drawn(self, zone_id: str) -> None:
        self.show_workspace("plan")
        self.plan.name_zone(zone_id)

    def _search(self, wanted: str) -> None:
        self.top.search.show_findings(self.finder.find(self.desk.session.project, wanted))


SHOWN_IN_DOSSIER = frozenset(
    {Kind.SITE, Kind.ALLEGATION, Kind.CROSSING, Kind.ZONE, Kind.TEAM, Kind.PERSON_REF}
)
