"""Readiness, below the map: each zone of an operation, what is missing there, what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTableWidgetItem

from geo.errors import CancelledError
from geo.model.command import Zone
from geo.model.entity import Kind
from geo.model.plan import User
from gui import i18n, icons, theme
from gui.i18n import tr
from gui.models.operation_words import counted, gap_words, standing
from gui.panels.base import Desk, Panel
from gui.panels.operation_next import looked_at
from gui.panels.readiness_gaps import GapLine
from gui.panels.readiness_watch import SPEAKS
from gui.widgets.buttons import Button, IconButton
from gui.widgets.layouts import boxed, clear, column, row, scrolling
from gui.widgets.line_table import LineTable
from gui.widgets.states import StateView
from gui.widgets.texts import Chip, Data, Elided, Text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QHBoxLayout

    from geo.analysis.readiness.gaps import Gap
    from geo.analysis.readiness.ready import Readiness
    from geo.model.command import Operation
    from geo.model.vocabulary import OperationState, ZoneState
    from geo.project import Project
    from gui.panels.readiness_watch import ReadinessWatch

LIST_WIDTH: Final = 330
WHOLE: Final = ""
"""The row of the operation as a whole."""


class ReadinessPage(Panel):
    """What stands between an operation and its release.

    Attributes:
        closed: The user closes the page.
        zone_id: The zone whose gaps are shown; empty for the operation as a whole.
    """

    closed = Signal()
    wanted_px = 330

    def __init__(self, desk: Desk, watch: ReadinessWatch) -> None:
        super().__init__(desk)
        self.setObjectName("drawer")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.watch = watch
        self.zone_id = WHOLE
        self.lines: list[GapLine] = []
        self._ids: list[str] = []
        self._filling = False
        self.title = Elided(role="caption")
        self.busy = Chip(tone="plain")
        self.again = Button("command.look_again", "refresh", look="link")
        self.again.clicked.connect(lambda: self.watch.look(again=True))
        self.coordinated = Button("command.zone_coordinated", "gavel")
        self.coordinated.clicked.connect(
            lambda: self.desk.intents.ask("zone.coordinated", self.zone_id)
        )
        self.list = self._list()
        self._gaps = column(gap=6)
        self.states = StateView(boxed(self._full()))
        self.box.addLayout(self._head())
        self.box.addWidget(self.states, 1)
        watch.changed.connect(self.mark_stale)
        desk.moment.changed.connect(self.mark_stale)
        theme.on_theme(self, self.mark_stale)

    def _head(self) -> QHBoxLayout:
        close = IconButton("x", "window.close")
        close.clicked.connect(self.closed)
        head = row(
            Text("command.readiness", role="heading"), 8, self.title, self.busy, self.again,
            self.coordinated, close, margin=8,
        )  # fmt: skip
        head.setStretch(2, 1)
        return head

    def _list(self) -> LineTable:
        heads = ("readiness.head.zone", "readiness.head.state", "readiness.head.missing")
        table = LineTable("command.readiness", heads, wide=0)
        table.currentCellChanged.connect(self._row_chosen)
        table.opened.connect(self.desk.selection.zoom_asked)
        return table

    def _full(self) -> QHBoxLayout:
        left = boxed(column(self.list, gap=0))
        left.setFixedWidth(LIST_WIDTH)
        inner = column(self._gaps, None)
        inner.setContentsMargins(12, 4, 12, 8)
        whole = row(left, scrolling(boxed(inner)), gap=0)
        whole.setStretch(1, 1)
        return whole

    # --- showing --------------------------------------------------------------------------------

    def refresh(self, project: Project) -> None:
        self.watch.look()
        operation = looked_at(project, self.desk.moment.duty.operation_id)
        found = self.watch.found.get(operation.id) if operation is not None else None
        self.again.setVisible(self.watch.error is not None)
        self.busy.setText(tr("command.computing") if self.watch.busy else "")
        self.busy.setVisible(self.watch.busy and found is not None)
        self.title.setText(self._title(operation, found))
        self.coordinated.hide()
        if operation is None:
            self._empty("command.no_operation", "command.no_operation_next")
        elif operation.state not in SPEAKS:
            self._empty("command.over", "command.over_next")
        elif found is not None:
            self._show(project, operation, found)
        elif self.watch.error is not None:
            self._fail()
        else:
            self.states.show_loading("command.computing", self.watch.task)

    def _title(self, operation: Operation | None, found: Readiness | None) -> str:
        if operation is None or found is None:
            return operation.name if operation is not None else ""
        n = standing(operation, found)
        if not n:
            return tr("readiness.ready", operation=operation.name)
        return tr("readiness.not_ready", operation=operation.name, count=i18n.number(n))

    def _empty(self, title: str, text: str) -> None:
        self.states.show_empty(title, text, icon="clipboard-check")

    def _fail(self) -> None:
        error = self.watch.error
        if isinstance(error, CancelledError):
            self.states.show_empty(
                "command.stopped",
                "command.stopped_next",
                icon="clipboard-check",
                button="command.look_again",
                press=lambda: self.watch.look(again=True),
            )
        elif error is not None:
            self.states.show_error(error, "command.look_again", lambda: self.watch.look(again=True))

    def _show(self, project: Project, operation: Operation, found: Readiness) -> None:
        rows: list[tuple[str, str, OperationState | ZoneState, tuple[Gap, ...]]] = [
            (WHOLE, tr("readiness.whole_operation"), operation.state, found.gaps)
        ]
        for ready in found.zones:
            zone = project.find(Zone, ready.zone_id)
            if zone is not None:
                rows.append((zone.id, zone.name, zone.state, ready.gaps))
        self._ids = [r[0] for r in rows]
        if self.zone_id not in self._ids:
            self.zone_id = WHOLE
        self._filling = True
        self.list.setRowCount(len(rows))
        for at, (_, name, state, gaps) in enumerate(rows):
            n, waved = counted(operation, gaps)
            sign = QTableWidgetItem(gap_words(n, waved))
            colours = theme.current()
            if n:
                sign.setIcon(icons.icon("alert-triangle", colours.warning))
            elif waved:  # somebody answers for it: that is not the same as nothing missing
                sign.setIcon(icons.icon("shield-exclamation", colours.warning))
            else:
                sign.setIcon(icons.icon("circle-check", colours.accent))
            for place, item in enumerate(
                (QTableWidgetItem(name), QTableWidgetItem(i18n.label(state)), sign)
            ):
                self.list.setItem(at, place, item)
        self.list.setCurrentCell(self._ids.index(self.zone_id), 0)
        self._filling = False
        self._show_gaps(project, operation, found)
        self.states.show_full()

    def _show_gaps(self, project: Project, operation: Operation, found: Readiness) -> None:
        clear(self._gaps)
        self.lines = []
        gaps: tuple[Gap, ...] = found.gaps
        for ready in found.zones:
            if ready.zone_id == self.zone_id:
                gaps = ready.gaps
        names = {u.id: u.name for u in project.all(User)}
        for gap in gaps:
            line = GapLine(project, operation, gap, names)
            line.example_asked.connect(
                lambda kind, i: self.desk.selection.select(kind, [i], zoom=True)
            )
            line.close_asked.connect(self._close_gap)
            line.override_asked.connect(self._override)
            self.lines.append(line)
            self._gaps.addWidget(line)
        if not gaps:
            self._gaps.addWidget(Data(tr("command.nothing_missing"), role="muted", wrap=True))
        self._offer_coordinated(project, operation)

    def _offer_coordinated(self, project: Project, operation: Operation) -> None:
        """Offer the step of a zone whose answer came before it was submitted."""
        from geo.edit.coordination import authorised
        from geo.edit.verbs import Verb
        from geo.model.vocabulary import OperationState, ZoneState
        from gui.rights import permit

        zone = project.find(Zone, self.zone_id) if self.zone_id else None
        waits = (
            zone is not None
            and operation.state is OperationState.SUBMITTED
            and zone.state is ZoneState.SUBMITTED
            and authorised(project, zone)
        )
        self.coordinated.setVisible(waits)
        permit(self.coordinated, project, Verb.STEP_ZONE)

    # --- what the user does ---------------------------------------------------------------------

    def show_zone(self, zone_id: str) -> None:
        """Show the gaps of a zone."""
        if zone_id in self._ids:
            self.list.setCurrentCell(self._ids.index(zone_id), 0)

    def _row_chosen(self, at: int, *_: int) -> None:
        if self._filling or not 0 <= at < len(self._ids):
            return
        self.zone_id = self._ids[at]
        if self.zone_id:
            self.desk.selection.select(Kind.ZONE, [self.zone_id])
        project = self.project
        if project is not None:
            operation = looked_at(project, self.desk.moment.duty.operation_id)
            found = self.watch.found.get(operation.id) if operation is not None else None
            if operation is not None and found is not None:
                self._show_gaps(project, operation, found)

    def _close_gap(self, gap: Gap) -> None:
        project = self.project
        operation = looked_at(project, self.desk.moment.duty.operation_id) if project else None
        if operation is not None:
            self.desk.intents.ask("gap.close", operation.id, self.zone_id, gap)

    def _override(self, gap: Gap) -> None:
        project = self.project
        operation = looked_at(project, self.desk.moment.duty.operation_id) if project else None
        if operation is not None:
            self.desk.intents.ask("gap.override", operation.id, self.zone_id, gap)
