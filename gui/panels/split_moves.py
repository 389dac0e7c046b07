"""Moving units between zones: every zone's workload and deviation, at once with each move."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from geo.edit.verbs import Verb
from gui import i18n
from gui.i18n import retext, tr
from gui.models.split_words import Figures, percent
from gui.panels.split_lines import ZoneLine
from gui.panels.split_page import WIDTH
from gui.rights import permit
from gui.widgets.buttons import Button, IconButton, explain
from gui.widgets.layouts import boxed, clear, column, row, scrolling
from gui.widgets.states import Picture, StateView
from gui.widgets.texts import Data, Text

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from geo.errors import PlanError
    from geo.project import Project
    from gui.tasks.runner import Task
    from gui.tools.rebalance import RebalanceTool


class MovesPage(QWidget):
    """Shows the zones while units move between them.

    Attributes:
        closed: The user leaves it; nothing is changed.
        take_asked: What was moved is to be taken over.
        undo_asked: The last move is to be taken back.
        lock_asked: A zone is to be locked or unlocked (position, locked).
        again_asked: It failed and is to be tried again.
    """

    closed = Signal()
    take_asked = Signal()
    undo_asked = Signal()
    lock_asked = Signal(int, bool)
    again_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("dossier")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDTH)
        self.lines: list[ZoneLine] = []
        self._colours: tuple[int, ...] = ()
        self._tool: RebalanceTool | None = None
        self._locked: frozenset[int] = frozenset()
        self.summary = Data(wrap=True)
        self.undo = Button("split.move.undo", "arrow-back-up")
        self.leave = Button("window.cancel")
        self.take = Button("split.move.take", "check", look="primary")
        self._zones = column(gap=6)
        keys = Text("split.move.keys", role="caption", wrap=True)
        self.kept = Data(role="caption", wrap=True)
        self._legend = boxed(row(Picture("lock", size=16), self.kept, gap=6))
        body = column(self.summary, self._zones, self._legend, keys, None, gap=10)
        body.setContentsMargins(16, 12, 16, 12)
        self.states = StateView(scrolling(boxed(body)))
        foot = boxed(row(self.undo, None, self.leave, self.take, margin=12), "dossierFoot")
        foot.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setLayout(column(self._head(), self.states, foot, gap=0))
        self.undo.clicked.connect(self.undo_asked)
        self.leave.clicked.connect(self.closed)
        self.take.clicked.connect(self.take_asked)
        retext(self, self.refresh)

    def _head(self) -> QWidget:
        close = IconButton("x", "window.close", keys="Esc")
        close.clicked.connect(self.closed)
        head = row(Text("action.move_units", role="title"), None, close)
        head.setContentsMargins(16, 12, 8, 10)
        box = boxed(head, "panelHead")
        box.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        return box

    # --- states ---------------------------------------------------------------------------------

    def show_loading(self, task: Task) -> None:
        """Show that the units are being weighed."""
        self._tool = None
        self.states.show_loading("split.step.units", task)
        self._show_buttons()

    def show_error(self, error: PlanError) -> None:
        """Say why units cannot be moved."""
        self._tool = None
        self.states.show_error(error, "split.again", self.again_asked.emit)
        self._show_buttons()

    def show_tool(
        self,
        tool: RebalanceTool,
        colours: Sequence[int],
        locked: Collection[int],
        lockable: Collection[int],
    ) -> None:
        """Show the zones of a tool.

        Args:
            tool: What moves the units.
            colours: Of each zone.
            locked: Zones that neither give nor take.
            lockable: Those that can be locked and unlocked.
        """
        self._tool, self._colours = tool, tuple(colours)
        self._locked = frozenset(locked)
        clear(self._zones)
        self.lines = []
        for zone, figures in enumerate(self._figures(tool)):
            line = ZoneLine(figures, number=zone + 1, with_lock=zone in lockable)
            line.show_locked(locked=zone in self._locked)
            line.lock.clicked.connect(
                lambda _checked=False, z=zone: self.lock_asked.emit(z, z not in self._locked)
            )
            self.lines.append(line)
            self._zones.addWidget(line)
        self.states.show_full()
        self.refresh()

    # --- figures --------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the figures as they are now, what is in the hand included."""
        tool = self._tool
        if tool is None:
            return
        changed = tool.changed
        for zone, (line, figures) in enumerate(zip(self.lines, self._figures(tool), strict=True)):
            line.show_figures(figures)
            line.mark(target=zone == tool.target and tool.error is None)
            pending = zone in changed and zone not in self._locked
            explain(line.lock, "error.split.pending" if pending else "", name=figures.name)
        worst = tool.shown.figures().max_deviation
        before = tool.first.figures().max_deviation
        self.summary.setText(
            tr(
                "split.move.summary",
                n=i18n.number(tool.count),
                now=percent(worst).lstrip("+±"),
                before=percent(before).lstrip("+±"),
            )
        )
        self._say_kept(tool)
        self._show_buttons()

    def _say_kept(self, tool: RebalanceTool) -> None:
        """Say what the padlocks on the map mean, and in which zones how many are."""
        ids, zone = tool.first.units.ids, tool.first.zone.tolist()
        of_zone = Counter(z for unit, z in zip(ids, zone, strict=True) if unit in tool.kept)
        count = [f"{tool.first.names[z]} {i18n.number(n)}" for z, n in sorted(of_zone.items())]
        self.kept.setText(
            tr("split.move.kept_in", zones=", ".join(count)) if count else tr("split.move.keep")
        )

    def say_rights(self, project: Project) -> None:
        """Let the button say who may take over."""
        if permit(self.take, project, Verb.REBALANCE):
            self._show_buttons()

    def _show_buttons(self) -> None:
        tool = self._tool
        self.undo.setEnabled(tool is not None and tool.can_undo)
        if tool is None or not tool.can_finish:
            explain(self.take, "tool.move_units.nothing")
        else:
            explain(self.take)

    def _figures(self, tool: RebalanceTool) -> list[Figures]:
        state = tool.shown
        found = state.figures()
        return [
            Figures(
                name=state.names[z],
                colour=self._colours[z],
                workload=float(found.workload[z]),
                deviation=float(found.deviation[z]),
                compactness=float(found.compactness[z]),
                count=tuple(found.count[z].tolist()),
            )
            for z in range(len(state.zone_ids))
        ]
