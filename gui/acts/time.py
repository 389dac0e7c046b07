"""Time and filters: the strip below the map, the notice above it, the card of filters over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QBoxLayout

from gui.panels.filter_panel import WIDTH, FilterPanel
from gui.panels.filter_words import PART
from gui.panels.moment_notice import MapNotice, PagePast
from gui.panels.time_strip import TimeStrip
from gui.widgets.layouts import column
from layers.moment import Mode, Moment

if TYPE_CHECKING:
    from geo.model.entity import Kind
    from gui.workbench import Workbench
    from layers.seen import FirstSeen

MARGIN = 12
BESIDE_TOOLS = 68
HIGHEST = 560
FROZEN = "time.error.past"
READING_TOOLS = frozenset({"select", "pan", "measure"})


class TimeActs(QObject):
    """Has the whole window look at another day or through a filter.

    While a past day is shown nothing is changed: what would be edited is not what is seen, and a
    site drawn as it was last year could be taken for how it is. One press leads back to today.
    """

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self._bench, self._desk = bench, bench.desk
        self._wanted = Moment()
        self.notice = MapNotice(bench.desk)
        self.strip = TimeStrip(bench.desk)
        self.strip.setVisible(bench.desk.settings.time_strip)
        self.filters = FilterPanel(bench.desk, bench.map)
        self.filters.hide()
        box = bench.map.layout()
        if isinstance(box, QBoxLayout):
            box.insertWidget(0, self.notice)
            box.addWidget(self.strip)
        # The dossier shows the plan as it is: beside a map of last year that must be said.
        page = column(PagePast(bench.desk))
        page.setContentsMargins(12, 6, 12, 0)
        bench.dossier.box.insertLayout(1, page)
        bench.on("time_strip", self.toggle_strip)
        bench.on("filter_map", self.toggle_filters)
        bench.desk.intents.answer("time.show", self.show)
        bench.desk.intents.answer("time.filter", self.open_filters)
        self.strip.asked.connect(self.show)
        self.strip.closed.connect(self.toggle_strip)
        self.filters.closed.connect(self.toggle_filters)
        bench.map.installEventFilter(self)
        bench.desk.moment.changed.connect(self._changed)
        bench.desk.session.opened.connect(bench.desk.moment.forget)
        bench.desk.session.closed.connect(bench.desk.moment.forget)
        self._changed()

    # --- the moment -----------------------------------------------------------------------------

    def show(self, moment: Moment) -> None:
        """Show a moment; what that takes of the log and the ledger is read off the main thread."""
        self._wanted = moment
        model, project = self._desk.moment, self._desk.session.project
        if project is None:
            return
        ready = moment.mode is not Mode.KNOWN or model.first_seen is not None
        if not moment.is_past or (ready and model.is_past):
            model.show(moment)
            return
        self._desk.runner.run(
            lambda _progress: self._prepared(moment), self._arrived, self._desk.toast.fail
        )

    def _prepared(self, moment: Moment) -> tuple[Moment, FirstSeen | None]:
        """On a worker: sort the ledger, and for *as known then* read when the rows came in."""
        from geo.store.first_seen import first_seen
        from layers.lens import Lens
        from layers.seen import FirstSeen

        seen = self._desk.moment.first_seen
        if moment.mode is Mode.KNOWN and seen is None:
            reading = self._desk.session.on_store_thread(lambda plan: first_seen(plan.store))
            seen = FirstSeen(reading.result())
        project = self._desk.session.project
        if project is not None:
            Lens(moment, first_seen=seen).masks(project)
        return moment, seen

    def _arrived(self, prepared: tuple[Moment, FirstSeen | None]) -> None:
        moment, seen = prepared
        if moment == self._wanted and self._desk.session.project is not None:
            self._desk.moment.show(moment, seen)
        elif self._wanted.is_past:
            self.show(self._wanted)

    def _changed(self) -> None:
        """Let everything that shows the plan show it through the new lens."""
        bench, model = self._bench, self._desk.moment
        self._wanted = model.moment
        project = self._desk.session.project
        if project is not None:
            project.frozen = FROZEN if model.is_past else ""
        if model.is_past and bench.tools.name not in READING_TOOLS:
            bench.tools.take("select")
        bench.map.canvas.set_lens(model.lens if project is not None else None)
        for panel in (*bench.panels.values(), bench.layer_panel, bench.dossier, bench.drawer):
            panel.mark_stale()

    # --- the strip and the card -----------------------------------------------------------------

    def toggle_strip(self) -> None:
        """Open the strip, or close it; the day stays."""
        is_open = self.strip.isHidden()
        self._desk.settings.time_strip = is_open
        self.strip.setVisible(is_open)
        if is_open:
            self.strip.bars.setFocus()

    def toggle_filters(self) -> None:
        """Open the card of filters, or close it; the filter stays."""
        if self.filters.isHidden():
            self.open_filters()
        else:
            self.filters.hide()
            self._bench.map.canvas.setFocus()

    def open_filters(self, kind: Kind | None = None) -> None:
        """Open the card of filters at a kind."""
        if kind in PART:
            self.filters.show_kind(PART[kind])
        self._place()
        self.filters.show()
        self.filters.raise_()
        self.filters.kinds.setFocus()

    def put_away(self) -> None:
        """Show the whole present, with nothing of time and filters open."""
        self._desk.moment.forget()
        self.strip.hide()
        self.filters.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        canvas = self._bench.map.canvas
        height = min(max(canvas.height() - 2 * MARGIN, 200), HIGHEST)
        left = min(BESIDE_TOOLS, max(self._bench.map.width() - WIDTH, 0))
        self.filters.setGeometry(left, canvas.y() + MARGIN, WIDTH, height)
