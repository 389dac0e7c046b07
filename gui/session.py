"""The plan that the window has open: one thread owns its store, the main thread owns its tables.

An intent becomes an edit on the main thread only after the edit before it was absorbed, so that two
quick commands never build upon the same state.
"""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal, Slot

from geo.collector import at_rest
from geo.errors import PlanError
from gui.log import log_bug
from gui.store_work import (
    Job,
    Written,
    key_of,
    let_go,
    load_plan,
    look_after,
    recording,
    written,
)

if TYPE_CHECKING:
    # At run time these would bring numpy and shapely into the first second of the window.
    from collections.abc import Callable, Mapping

    from geo.edit.edit import Edit
    from geo.model.plan import User
    from geo.project import Project
    from geo.store.protocol import Signer, Store

MANY_ROWS = 2_000
"""An edit of more is checked on the store's thread, so that the window stays awake."""


class PlanSession(QObject):
    """The open plan, or none.

    Attributes:
        opened: A plan is open; `project` is set.
        closed: It was closed.
        changed: Emitted with each edit after it was absorbed.
        failed: Emitted with a `PlanError`: nothing was changed.
        warned: Emitted with the `PlanError`s of what could not be done besides: the plan is open
            all the same.
        user_changed: Somebody else acts.
        busy_changed: An edit is on its way to the disk, or the last one arrived.
    """

    opened = Signal()
    closed = Signal()
    changed = Signal(object)
    failed = Signal(object)
    warned = Signal(object)
    user_changed = Signal()
    busy_changed = Signal(bool)
    _loaded = Signal(object, object)
    _written = Signal(object, object, object)
    _refused = Signal(object)
    _found = Signal(object, object)

    def __init__(
        self,
        signer_of: Callable[[str], Signer | None] | None = None,
        parent: QObject | None = None,
    ) -> None:
        """Take the way to a user's key on this machine; without one nobody can act."""
        super().__init__(parent)
        self._signer_of = signer_of or (lambda _user_id: None)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="store")
        self._queue: deque[Job] = deque()
        self._writing = False
        self._opening = False
        self._project: Project | None = None
        self._signers: dict[str, Signer] = {}
        queued = Qt.ConnectionType.QueuedConnection
        self._loaded.connect(self._take, queued)
        self._written.connect(self._absorb, queued)
        self._refused.connect(self.failed, queued)
        self._found.connect(self._warn, queued)

    # --- opening and closing ------------------------------------------------------------------

    @property
    def project(self) -> Project | None:
        """The open plan."""
        return self._project

    @property
    def busy(self) -> bool:
        """Whether an edit is on its way to the disk."""
        return self._writing or bool(self._queue)

    def open(self, make_store: Callable[[], Store], preferred_user: str = "") -> None:
        """Open a plan; `opened` or `failed` follows.

        Args:
            make_store: Called on the store's own thread, which no other thread will share.
            preferred_user: Id of the user who acts, if this machine holds the key.
        """
        if self._opening:
            return
        self.close()
        self._opening = True

        def load() -> None:
            store = None
            try:
                store = make_store()
                loaded = load_plan(store, preferred_user, self._signer_of)
            except PlanError as error:
                let_go(store)
                self._loaded.emit(None, error)
            except Exception as bug:  # noqa: BLE001 - a bug on the store's thread must reach the window
                log_bug(bug)
                let_go(store)
                self._loaded.emit(None, PlanError("window.error.unexpected"))
            else:
                self._loaded.emit(loaded, None)

        self._thread.submit(load)

    @Slot(object, object)
    def _take(
        self, loaded: tuple[Project, dict[str, Signer]] | None, error: PlanError | None
    ) -> None:
        self._opening = False
        if loaded is None:
            self.failed.emit(error)
            return
        self._project, self._signers = loaded
        self._project.changed.connect(self.changed.emit)
        self.opened.emit()
        self._thread.submit(self._look_after, self._project)

    def _look_after(self, project: Project) -> None:
        """Tell what opening found, and make the copy of a plan that is too big to make it first."""
        errors = look_after(project.store)
        if errors:
            self._found.emit(project, errors)

    @Slot(object, object)
    def _warn(self, project: Project, errors: list[PlanError]) -> None:
        if self._project is project:
            self.warned.emit(errors)

    def close(self) -> None:
        """Finish all that was asked and let go of the plan; returns when the file is closed."""
        self._finish()
        project, self._project = self._project, None
        if project is None:
            return
        project.changed.disconnect()
        self._thread.submit(project.close).result()
        self._writing = False
        self._signers = {}
        self.closed.emit()
        project.forget()

    def _finish(self) -> None:
        """Wait until every edit that was asked for is on the disk or refused."""
        while self._project is not None and self.busy:
            self._thread.submit(int).result()  # behind whatever is being written
            QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall.value)

    def shut_down(self) -> None:
        """Close the plan and end the store's thread."""
        self.close()
        self._thread.shutdown(wait=True)

    # --- users --------------------------------------------------------------------------------

    def users_here(self) -> tuple[User, ...]:
        """Return the plan's active users whose key is on this machine."""
        from geo.model.plan import User

        if self._project is None:
            return ()
        return tuple(u for u in self._project.all(User) if u.active and u.id in self._signers)

    def act_as(self, user: User) -> None:
        """Let another user act, whose key must be on this machine."""
        if self._project is None or user.id not in self._signers:
            self.failed.emit(PlanError("window.error.no_key"))
            return
        self._project.user, self._project.signer = user, self._signers[user.id]
        self.user_changed.emit()

    # --- edits --------------------------------------------------------------------------------

    def do(
        self,
        build: Callable[[Project], Edit],
        done: Callable[[Edit], None] | None = None,
        failed: Callable[[PlanError], None] | None = None,
        contents: Mapping[str, bytes] | None = None,
        *,
        apart: bool = False,
    ) -> None:
        """Build an edit once all edits before it are in the tables, and commit it.

        Args:
            build: Called on the main thread.
            done: Called on the main thread with the committed edit, after `changed`.
            failed: Called on the main thread with the error; without it the signal `failed` tells.
            contents: What its attachments hold, by SHA-256.
            apart: Build and check it on the store's thread: the analysis is asked before it.
        """
        self._enqueue(Job(build, on_store=apart, done=done, failed=failed, contents=contents))

    def commit(
        self,
        edit: Edit,
        done: Callable[[Edit], None] | None = None,
        failed: Callable[[PlanError], None] | None = None,
        contents: Mapping[str, bytes] | None = None,
    ) -> None:
        """Commit a ready-made edit; see `do`. One of many rows is looked at off the main thread."""
        many = edit.count() > MANY_ROWS
        self._enqueue(Job(lambda _project: edit, many, done, failed, contents))

    def undo(self, done: Callable[[Edit], None] | None = None) -> None:
        """Take back the last edit."""
        self._enqueue(Job(lambda project: project.undo_edit(), on_store=True, done=done))

    def redo(self, done: Callable[[Edit], None] | None = None) -> None:
        """Put back what was last taken back."""
        self._enqueue(Job(lambda project: project.redo_edit(), on_store=True, done=done))

    def record(self, what: str, **details: str | int) -> None:
        """Log a read in the audit chain; a refusal reaches `failed`."""
        write = recording(self._project, what, details)
        if write is None:
            return

        def told() -> None:
            try:
                write()
            except PlanError as error:
                self._refused.emit(error)

        self._thread.submit(told)

    def recorder(self) -> Callable[..., None]:
        """Return a function like `Project.record` for a worker thread: it waits for the disk.

        The function raises `PlanError` when the row could not be written, and then nothing may
        leave the application. It writes into the log of the plan that is open now, and no other:
        once that is closed, nothing of it leaves any more.
        """
        of = self._project

        def record(what: str, **details: str | int) -> None:
            write = recording(of, what, details) if self._project is of else None
            if write is None:
                raise PlanError("window.error.no_plan")
            self._thread.submit(write).result()

        return record

    def on_store_thread(self, work: Callable[[Project], Any]) -> Future[Any]:
        """Run something that reads the store, such as its audit chain, on the store's thread.

        Raises:
            PlanError: No plan is open.
        """
        project = self._project
        if project is None:
            raise PlanError("window.error.no_plan")
        return self._thread.submit(work, project)

    def _enqueue(self, job: Job) -> None:
        if self._project is None:
            self.failed.emit(PlanError("window.error.no_plan"))
            return
        self._queue.append(job)
        self._next()

    def _next(self) -> None:
        project = self._project
        if self._writing or not self._queue or project is None:
            return
        job = self._queue.popleft()
        try:
            ready = None if job.on_store else project.prepare(job.build(project))
        except PlanError as error:
            self._tell_failed(job, error)
            self._next()
            return
        self._writing = True
        self.busy_changed.emit(True)
        self._thread.submit(self._write, job, project, self._signers, ready)

    def _write(
        self, job: Job, project: Project, signers: Mapping[str, Signer], ready: Edit | None
    ) -> None:
        """Commit on the store's thread: the main thread never waits for the disk."""
        try:
            edit = ready if ready is not None else project.prepare(job.build(project))
            # By the edit's own actor: meanwhile somebody else may have been chosen to act.
            with at_rest() if edit.count() > MANY_ROWS else nullcontext():
                done = project.store.commit(edit, key_of(edit.actor, signers), job.contents)
                outcome = written(project, done)
        except PlanError as error:
            self._written.emit(job, project, error)
        except Exception as bug:  # noqa: BLE001 - a bug on the store's thread must reach the window
            log_bug(bug)
            self._written.emit(job, project, PlanError("window.error.unexpected"))
        else:
            self._written.emit(job, project, outcome)

    @Slot(object, object, object)
    def _absorb(self, job: Job, project: Project, outcome: Written | PlanError) -> None:
        if self._project is not project:  # closed meanwhile; the disk has the edit
            return
        self._writing = False
        if isinstance(outcome, PlanError):
            self._tell_failed(job, outcome)
        else:
            project.absorb(outcome.edit, outcome.tables)
            if job.done is not None:
                job.done(outcome.edit)
        self._next()
        if not self._writing:
            self.busy_changed.emit(False)

    def _tell_failed(self, job: Job, error: PlanError) -> None:
        if job.failed is not None:
            job.failed(error)
        else:
            self.failed.emit(error)
