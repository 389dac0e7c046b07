"""Keeps the live layers up to date, off the main thread, as plan, day and filter change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer

from geo.model.asking import LiveLayer
from gui.acts.doing import Acts

if TYPE_CHECKING:
    from geo.errors import PlanError
    from geo.model.table import Table
    from geo.progress import Progress
    from gui.tasks.runner import Task
    from gui.workbench import Workbench
    from layers.live import LiveRows

SETTLE_MS: Final = 250
"""A burst of edits is asked for once."""


class LiveActs(Acts):
    """Asks every saved question again, once nothing has changed for a moment."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self._task: Task | None = None
        self._made_of: tuple[object, ...] = ()
        self._settling = QTimer(bench)
        self._settling.setSingleShot(True)
        self._settling.setInterval(SETTLE_MS)
        self._settling.timeout.connect(self.look)
        live = self.desk.live
        live.changed.connect(lambda: bench.map.canvas.set_live(live.drawn))
        live.changed.connect(lambda: bench.layer_panel.set_live(live.rows))
        self.desk.session.changed.connect(lambda _edit: self._settling.start())
        self.desk.session.opened.connect(self._settling.start)
        self.desk.moment.changed.connect(self._settling.start)
        self.desk.session.closed.connect(self._forget)

    def _forget(self) -> None:
        self._stop()
        self._settling.stop()
        self._made_of = ()
        self.desk.live.forget()

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
        self._task, self.desk.live.busy = None, False

    def look(self) -> None:
        """Ask anew, if anything that an answer follows from is another one."""
        project = self.project
        if project is None:
            return
        layers = project.all(LiveLayer)
        if not layers:
            self._stop()
            self._made_of = ()
            if self.desk.live.rows:
                self.desk.live.show(())
            return
        from layers.live import MADE_OF
        from layers.read_only import ShownPlan

        on, shown = self.desk.moment.moment.on, self.desk.moment.project(project)
        made_of: tuple[Table, ...] = tuple(shown.table(kind) for kind in MADE_OF)
        if self._made_of and self._made_of[0] == on and _same(self._made_of[1:], made_of):
            return
        self._stop()
        self._made_of = (on, *made_of)
        still = ShownPlan(shown, {}, on)

        def work(progress: Progress) -> tuple[LiveRows, ...]:
            from layers.live_asked import live_rows

            return live_rows(still, layers, on, progress)

        def done(rows: tuple[LiveRows, ...]) -> None:
            if task is self._task:
                self._task, self.desk.live.busy = None, False
                self.desk.live.show(rows)

        def failed(error: PlanError) -> None:
            if task is self._task:
                self._task, self.desk.live.busy = None, False
                self._made_of = ()
                self.desk.toast.fail(error)

        self.desk.live.busy = True
        task = self._task = self.desk.runner.run(work, done, failed)


def _same(first: tuple[object, ...], second: tuple[Table, ...]) -> bool:
    """Compare tables by identity: they never change in place."""
    return all(a is b for a, b in zip(first, second, strict=True))
