"""Long work on a worker thread: progress, cancel, and a result on the main thread."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Qt, Signal, Slot

from geo.errors import CancelledError, PlanError
from gui.log import log_bug

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.progress import Progress

TELL_S: Final = 0.03
"""Seconds between two reports of progress that reach the window."""
BREATH_S: Final = 0.004
PAUSE_S: Final = 0.0005


class Task(QObject):
    """One piece of work under way.

    Attributes:
        progressed: Emitted with done, total and the code of the stage.
        finished: Emitted with the result, on the main thread.
        failed: Emitted with the `PlanError`; a cancelled task fails with `CancelledError`.
        ended: Emitted after either.
    """

    progressed = Signal(int, int, str)
    finished = Signal(object)
    failed = Signal(object)
    ended = Signal()

    def __init__(self, work: Callable[[Progress], Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work: Callable[[Progress], Any] | None = work
        self._cancelled = threading.Event()
        self._over = False
        self._stage, self._told, self._breathed = "", 0.0, time.perf_counter()

    @property
    def running(self) -> bool:
        """Whether neither a result nor an error has arrived."""
        return not self._over

    def cancel(self) -> None:
        """Ask the work to stop at its next step; returns at once."""
        self._cancelled.set()

    def step(self, done: int, total: int, code: str = "") -> None:
        """Report progress from the worker; see `geo.progress.Progress`."""
        if self._cancelled.is_set():
            raise CancelledError
        now = time.perf_counter()
        if code != self._stage or now - self._told > TELL_S or done >= total:
            self._stage, self._told = code, now
            self.progressed.emit(done, total, code)
        # Every call of Qt gives the interpreter's lock away and must wait for it again: beside a
        # thread that computes without a pause a window of some hundred calls takes a second.
        if now - self._breathed > BREATH_S:
            time.sleep(PAUSE_S)
            self._breathed = time.perf_counter()

    def work_off(self) -> tuple[Any, PlanError | None]:
        """Do the work on the calling thread and return what came of it, or why nothing did."""
        try:
            self.step(0, 0)
            return (self._work(self) if self._work is not None else None), None
        except PlanError as error:
            return None, error
        except Exception as bug:  # noqa: BLE001 - a bug in a worker must reach the window too
            log_bug(bug)
            return None, PlanError("window.error.unexpected")

    def settle(self, result: object, error: PlanError | None) -> None:
        """Tell on the main thread what came of it."""
        self._over = True
        # Here and not on the worker goes whatever the work held, which may be the last of a widget.
        self._work = None
        if error is not None:
            self.failed.emit(error)
        elif self._cancelled.is_set():
            self.failed.emit(CancelledError())
        else:
            self.finished.emit(result)
        self.ended.emit()


class TaskRunner(QObject):
    """Runs tasks on a few threads of its own."""

    _settled = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None, threads: int = 2) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="task")
        self._tasks: set[Task] = set()
        self._of_plan: set[Task] = set()
        self._closed = False
        # Sent by the runner, which outlives its threads: a task may be gone before the worker has
        # come back from telling.
        self._settled.connect(self._settle, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[Progress], Any],
        done: Callable[[Any], None],
        failed: Callable[[PlanError], None],
        *,
        outlives_plan: bool = False,
    ) -> Task:
        """Start `work` and return its task.

        Args:
            work: Called on a worker thread with a `Progress`; touches no widget.
            done: Called on the main thread with what `work` returned.
            failed: Called on the main thread with a `PlanError`.
            outlives_plan: It has nothing to do with the plan that is open.
        """
        task = Task(work, self)
        if self._closed:
            # A dialog that goes with its window may still want something cleared away.
            task.cancel()
            return task
        self._tasks.add(task)
        if not outlives_plan:
            self._of_plan.add(task)
        task.finished.connect(done)
        task.failed.connect(failed)
        task.ended.connect(lambda: self._forget(task))
        self._pool.submit(self._work_off, task)
        return task

    def busy(self) -> bool:
        """Tell whether any task is under way."""
        return bool(self._tasks)

    def drop_plan(self) -> None:
        """Cancel all that was begun for the plan: it is closed, and no result may reach another."""
        for task in self._of_plan:
            task.cancel()

    def close(self) -> None:
        """Cancel everything and wait for the workers to notice; nothing is begun any more."""
        self._closed = True
        for task in self._tasks:
            task.cancel()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _work_off(self, task: Task) -> None:
        result, error = task.work_off()
        self._settled.emit(task, result, error)

    @Slot(object, object, object)
    def _settle(self, task: Task, result: object, error: PlanError | None) -> None:
        task.settle(result, error)

    def _forget(self, task: Task) -> None:
        self._tasks.discard(task)
        self._of_plan.discard(task)
        task.deleteLater()
