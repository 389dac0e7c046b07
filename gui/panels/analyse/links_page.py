"""The graph of links below the map, and beside it where chains stop and who lies between."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from geo.model.entity import Kind
from gui import i18n
from gui.i18n import retext, tr
from gui.models.link_work import GraphNode
from gui.panels.analyse.found_page import FoundTable
from gui.panels.analyse.links_stops import StopList
from gui.panels.base import Desk, Panel
from gui.widgets.buttons import IconButton, Segments
from gui.widgets.graph import STEP, LinkGraph
from gui.widgets.graph_paint import paint_node
from gui.widgets.layouts import Flow, boxed, column, row
from gui.widgets.texts import Elided, Text
from layers.found_links import connection_key
from layers.said import Named

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from geo.project import Project
    from gui.models.link_work import ShownLinks

STOPS, BETWEEN, CHAINS = "stops", "between", "chains"
LEAST_PX: Final = 360
SIGN_PX: Final = 30
_SIGNS: Final[tuple[tuple[str, dict[str, object]], ...]] = (
    ("links.sign.person", {}),
    ("links.sign.arrested", {"arrested": True}),
    ("links.sign.stops", {"arrested": True, "stops": True}),
    ("links.sign.leader", {"rank": 4}),
    ("links.sign.hub", {"hub": True}),
)


class _Sign(QWidget):
    """A sign of the graph in its legend."""

    def __init__(self, **more: object) -> None:
        super().__init__()
        values = {"rank": 0, "arrested": False, "stops": False, "hub": False} | more
        self._node = GraphNode(
            kind=Kind.PERSON_REF,
            id="",
            name=Named(""),
            what=Named(""),
            symbol=None,
            **values,  # type: ignore[arg-type] # those of the table above
        )
        self.setFixedSize(QSize(SIGN_PX, SIGN_PX))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            middle = self.rect().toRectF().center()
            paint_node(painter, self._node, middle)
        finally:
            painter.end()


class LinksPage(Panel):
    """Graph, stops, tables: what is chosen in one is chosen in all, on the map and in the dossier.

    Attributes:
        closed: The user closes the page.
        full_asked: The page is to have the whole height, or only its own again.
    """

    closed = Signal()
    full_asked = Signal(bool)
    wanted_px = LEAST_PX

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("drawer")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.shown: ShownLinks | None = None
        self._rows: dict[str, int] = {}
        self.title = Elided(role="heading")
        self.stale = Text("findings.stale", role="warning")
        self.what = Segments(
            [
                (STOPS, "links.page.stops"),
                (BETWEEN, "links.page.between"),
                (CHAINS, "links.page.chains"),
            ],
            "links.page.what",
        )
        self.what.choose(STOPS)
        self.graph = LinkGraph()
        self.stops = StopList(desk)
        self.between, self.chains = FoundTable(), FoundTable()
        self.full_button = IconButton("arrows-maximize", "links.page.full")
        self.full_button.setCheckable(True)
        self.stack = QStackedWidget()
        self._parts = {STOPS: self.stops, BETWEEN: self.between, CHAINS: self.chains}
        for part in self._parts.values():
            self.stack.addWidget(part)
        self._arrange()
        self._connect()
        retext(self, self._word)
        self.show_links(None)

    def _arrange(self) -> None:
        close = IconButton("x", "window.close")
        close.clicked.connect(self.closed)
        bigger, smaller = (
            IconButton("plus", "links.graph.in"),
            IconButton("minus", "links.graph.out"),
        )
        whole = IconButton("focus-2", "links.graph.fit")
        bigger.clicked.connect(lambda: self.graph.zoom(STEP))
        smaller.clicked.connect(lambda: self.graph.zoom(1 / STEP))
        whole.clicked.connect(self.graph.fit)
        self.full_button.toggled.connect(self.full_asked)
        views = (bigger, smaller, whole, self.full_button, close)
        head = row(self.title, self.stale, self.what, *views, gap=6)
        head.setStretch(0, 1)
        head.setContentsMargins(12, 6, 8, 4)
        legend = Flow(10)
        for code, more in _SIGNS:
            legend.addWidget(boxed(row(_Sign(**more), Text(code, role="caption"), gap=2)))
        signs = boxed(legend)
        signs.setContentsMargins(8, 0, 8, 2)
        left = column(self.graph, signs, gap=0)
        left.setStretch(0, 1)
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.setChildrenCollapsible(False)
        halves.addWidget(boxed(left))
        halves.addWidget(self.stack)
        halves.setStretchFactor(0, 3)
        halves.setStretchFactor(1, 2)
        halves.setSizes([600, 460])
        self.box.addLayout(head)
        self.box.addWidget(halves, 1)

    def _connect(self) -> None:
        self.what.chosen.connect(lambda key: self.stack.setCurrentWidget(self._parts[key]))
        self.graph.node_chosen.connect(self._node_chosen)
        self.graph.opened.connect(self._node_chosen)
        self.graph.connection_chosen.connect(self._connection_chosen)
        self.stops.chosen.connect(self._go)
        self.stops.ended.connect(self.mark_stale)
        self.between.chosen.connect(lambda key: self._go(int(key)))
        self.chains.chosen.connect(self._chain_chosen)
        self.desk.selection.changed.connect(self._selected)
        self.desk.findings.chosen.connect(self._line_chosen)
        self.desk.findings.changed.connect(self._judge)
        self.desk.session.closed.connect(lambda: self.show_links(None))

    def refresh(self, project: Project) -> None:
        """Show the persons as they stand now; what is being typed outlasts a change."""
        if not self.stops.editing:
            self.stops.show_links(self.shown, project)
        self._judge()

    def show_links(self, shown: ShownLinks | None) -> None:
        """Show a result, or what to do to get one."""
        before, self.shown = self.shown, shown
        self._rows = {n.id: row for row, n in enumerate(shown.nodes)} if shown is not None else {}
        self.graph.show_links(shown)
        self.between.show_rows(shown.between if shown is not None else None)
        self.chains.show_rows(shown.chains if shown is not None else None)
        if not (self.stops.editing and before is not None and shown is not None):
            self.stops.show_links(shown, self.project)
        self._word()
        self._judge()
        self._selected()

    # --- what is chosen -------------------------------------------------------------------------

    def _go(self, row: int) -> None:
        self.graph.choose_connection(-1)
        self.graph.choose_node(row)
        self._node_chosen(row)

    def _node_chosen(self, row: int) -> None:
        """Show a node's dossier; on the map a place is set off by it."""
        if self.shown is None:
            return
        if self.desk.findings.is_of("links"):
            self.desk.findings.choose("")
        if row < 0:
            self.desk.selection.clear()
            return
        node = self.shown.nodes[row]
        self.between.choose(str(row))
        if self.project is not None and node.id in self.project.table(node.kind):
            self.desk.selection.select(node.kind, [node.id])

    def _connection_chosen(self, row: int) -> None:
        findings, key = self.desk.findings, connection_key(row)
        on_map = findings.shown is not None and findings.shown.bounds_of(key) is not None
        if findings.is_of("links"):
            findings.choose(key if on_map else "", zoom=on_map)

    def _chain_chosen(self, key: str) -> None:
        if self.shown is not None:
            self._go(self.shown.links.chains.chains[int(key)].nodes[-1])

    def _selected(self) -> None:
        """Set off in the graph what is selected on the map, in a list or in a dossier."""
        chosen = self.desk.selection
        row = self._rows.get(chosen.ids[0], -1) if len(chosen.ids) == 1 else -1
        self.graph.choose_node(row)
        self.between.choose(str(row))

    def _line_chosen(self, key: str) -> None:
        if not self.desk.findings.is_of("links"):
            return
        kind, _, row = key.partition("-")
        self.graph.choose_connection(int(row) if kind == "connection" else -1)

    # --- what is said ---------------------------------------------------------------------------

    def _judge(self) -> None:
        findings = self.desk.findings
        self.stale.setVisible(findings.is_of("links") and findings.stale)

    def _word(self) -> None:
        words = ""
        if self.shown is not None:
            network = self.shown.links.network
            words = tr(
                "links.page.title",
                nodes=i18n.number(len(network)),
                links=i18n.number(network.n_links),
                day=i18n.day(network.on),
            )
        self.title.setText(words)
