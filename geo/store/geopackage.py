"""A plan in one file: a GeoPackage that any GIS opens, or the same schema protected."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import replace
from threading import RLock
from typing import TYPE_CHECKING

from geo.errors import StoreError
from geo.store import audit, changes, files, reading
from geo.store import contents as attached
from geo.store.apply import apply
from geo.store.check_file import check_file
from geo.store.connection import (
    Connection,
    DatabaseError,
    connect,
    store_errors,
)
from geo.store.lock import PlanLock, acquire

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from geo.edit.edit import Edit
    from geo.edit.history import EditHeader
    from geo.model.entity import Kind
    from geo.model.table import Table
    from geo.store.protocol import AuditEvent, AuditRow, Bounds, Problem, Signer


class GeoPackageStore:
    """Owns the one connection to a plan file; made by `geo.store.plans`.

    Every call may come from any thread, one at a time: calls wait for each other.

    Attributes:
        path: The plan file.
        read_only: Opened for reading; a commit is refused.
        protected: The file is encrypted with a passphrase.
        warnings: Message codes of what opening could not do (for example the backup).
        backup_due: The plan is so big that its backup was left to the caller:
            `backup.back_up(store)`.
    """

    def __init__(
        self,
        path: Path,
        connection: Connection,
        *,
        passphrase: str | None = None,
        read_only: bool = False,
        lock: PlanLock | None = None,
    ) -> None:
        self.path = path
        self.read_only = read_only
        self.protected = bool(passphrase)
        self.warnings: tuple[str, ...] = ()
        self.backup_due = False
        self._passphrase = passphrase
        self._connection: Connection | None = connection
        self._lock = lock
        self._mutex = RLock()
        self._file = files.file_id(path)
        files.owned.add(self._file)

    def load(self, kind: Kind, within: Bounds | None = None) -> Table:
        """Return the rows of a kind in order of insertion; with `within`, those that touch it."""
        with self._reading() as connection:
            return reading.load(connection, kind, within)

    def commit(
        self,
        edit: Edit,
        signer: Signer | None = None,
        contents: Mapping[str, bytes] | None = None,
    ) -> Edit:
        """Apply an edit in one transaction with its audit row; see `Store.commit`."""
        edit = changes.normalised(edit)
        attached.demand_names(contents or {})
        destroyed = 0
        with self._writing() as connection:
            attached.put(connection, contents or {})
            attached.demand_there(connection, attached.put_back(edit))
            (last,) = connection.execute("SELECT max(revision) FROM edit").fetchone()
            edit = replace(edit, revision=(last or 0) + 1)
            apply(connection, edit.deltas, edit.revision)
            digest = _write_log(connection, edit)
            end = reading.last_audit_row(connection)
            _write_audit(connection, audit.of_edit(edit, digest, end, signer))
            if edit.barrier:
                destroyed = attached.purge(connection)
        if destroyed:
            self._overwrite()
        return edit

    def content(self, sha256: str) -> bytes:
        """Return what an attachment holds; see `Store.content`."""
        with self._reading() as connection:
            return attached.get(connection, sha256)

    def changes_since(self, revision: int) -> tuple[Edit, ...]:
        """Return the edits after a revision, in order, with their deltas."""
        with self._reading() as connection:
            return tuple(
                reading.edit_of(connection, head) for head in reading.headers(connection, revision)
            )

    def edit(self, edit_id: str) -> Edit:
        """Return one edit with its deltas.

        Raises:
            KeyError: There is no such edit.
        """
        with self._reading() as connection:
            return reading.edit_of(connection, reading.header(connection, edit_id))

    def edits_of(self, kind: Kind, entity_id: str) -> tuple[Edit, ...]:
        """Return the edits that touched one row, in order, each with that row's deltas alone."""
        with self._reading() as connection:
            return tuple(reading.edits_of(connection, kind, entity_id))

    def log(self) -> tuple[EditHeader, ...]:
        """Return the headers of all edits in order of revision."""
        with self._reading() as connection:
            return tuple(reading.headers(connection))

    def first_seen(self) -> dict[str, str]:
        """Return id → when the row was first inserted; see `geo.store.first_seen`."""
        with self._reading() as connection:
            return reading.first_seen(connection)

    def record(self, event: AuditEvent, signer: Signer | None = None) -> None:
        """Append an event to the audit chain."""
        with self._writing() as connection:
            end = reading.last_audit_row(connection)
            _write_audit(connection, audit.of_event(event, end, signer))

    def audit(self) -> tuple[AuditRow, ...]:
        """Return the audit chain in order."""
        with self._reading() as connection:
            return tuple(reading.audit_rows(connection))

    def check(self) -> tuple[Problem, ...]:
        """Look for damage; see `Store.check`."""
        with self._reading() as connection:
            return tuple(check_file(connection))

    def revision(self) -> int:
        """Return the revision of the last edit."""
        with self._reading() as connection:
            (last,) = connection.execute("SELECT max(revision) FROM edit").fetchone()
        return int(last or 0)

    def is_sound(self) -> bool:
        """Tell whether the file's pages are whole; for a big plan this takes seconds."""
        with self._reading() as connection:
            return bool(connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")

    def meta(self) -> dict[str, str]:
        """Return the file's own facts: ``schema_version``, ``plan_id``."""
        with self._reading() as connection:
            return dict(connection.execute("SELECT key, value FROM ucm_meta").fetchall())

    def snapshot_to(self, path: Path, *, overwrite: bool = True) -> None:
        """Write a whole copy of the plan as it is now, protected like the plan itself.

        The copy is made under another name and renamed at the end: a full disk leaves what was
        there before.

        Raises:
            PlanFileError: `path` exists and may not be overwritten, is open elsewhere, has
                unfinished edits beside it, or lies on a network drive.
            StoreError: It could not be written, or `path` is an open plan.
        """
        files.refuse_network(path)
        if path.exists() and files.file_id(path) in files.owned:
            raise StoreError("error.store.copy_onto_open_plan")
        files.demand_nothing_beside(path)
        temporary = files.temporary_beside(path)
        with self._reading() as connection, store_errors(), _held(path):
            try:
                target = connect(temporary, self._passphrase)
                try:
                    connection.backup(target)
                    # A copy that came from WAL says so in its header; it shall open without side
                    # files.
                    target.execute("PRAGMA journal_mode = DELETE")
                finally:
                    target.close()
                files.put_in_place(temporary, path, overwrite=overwrite)
            finally:
                files.remove_database(temporary)

    def abandon(self) -> None:
        """Let go of a file that was not opened after all; its connection and lock are others'."""
        connection, self._connection = self._connection, None
        if connection is not None and not self.read_only:
            with suppress(DatabaseError):
                connection.execute("PRAGMA journal_mode = DELETE")
        files.owned.discard(self._file)

    def close(self) -> None:
        """Leave one clean file without side files and let go of it. A second call does nothing."""
        with self._mutex:
            connection, self._connection = self._connection, None
            if connection is None:
                return
            try:
                if not self.read_only:
                    self._purge(connection)
                    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                    connection.execute("PRAGMA journal_mode = DELETE")
            except DatabaseError:
                # Another program reads: the side files stay, nothing is lost, the next close clears
                # them away.
                self.warnings = (*self.warnings, "error.store.side_files_stay")
            finally:
                connection.close()
                files.owned.discard(self._file)
                if self._lock is not None:
                    self._lock.release()

    def _overwrite(self) -> None:
        """Bring what was destroyed out of the file itself, and out of the log beside it."""
        with self._reading() as connection, suppress(DatabaseError):
            # Where another program reads, the next checkpoint does it.
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _purge(self, connection: Connection) -> None:
        """Destroy what nobody can bring back; a file that was moved away is left as it is."""
        with suppress(StoreError):
            self._demand_same_file()
            connection.execute("BEGIN IMMEDIATE")
            try:
                attached.purge(connection)
                connection.execute("COMMIT")
            except DatabaseError:
                connection.execute("ROLLBACK")
                raise

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._mutex, store_errors():
            if self._connection is None:
                raise StoreError("error.store.closed")
            yield self._connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """Hold one transaction: all of it, or nothing."""
        with self._reading() as connection:
            if self.read_only:
                raise StoreError("error.store.opened_read_only")
            self._demand_same_file()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def _demand_same_file(self) -> None:
        """Demand that the path still names the open file.

        Edits of a file that was moved away would go where nobody looks for them.
        """
        try:
            same = files.file_id(self.path) == self._file
        except OSError:
            raise StoreError("error.store.file_gone", name=self.path.name) from None
        if not same:
            raise StoreError("error.store.file_replaced", name=self.path.name)


@contextmanager
def _held(path: Path) -> Iterator[None]:
    """Keep other programs from a plan that is being replaced."""
    if not path.exists():
        yield
        return
    lock = acquire(path)
    try:
        yield
    finally:
        lock.release()


def _write_log(connection: Connection, edit: Edit) -> str:
    """Write an edit with its changes; return their digest."""
    connection.execute(
        "INSERT INTO edit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            edit.revision,
            edit.id,
            edit.verb.value,
            changes.dump(dict(edit.params)),
            edit.actor,
            edit.at.isoformat(),
            edit.action.value,
            edit.of,
            int(edit.barrier),
            edit.count(),
        ),
    )
    stored = [changes.encoded(delta) for delta in edit.deltas]
    for position, delta in enumerate(stored):
        connection.execute(
            "INSERT INTO delta VALUES (?, ?, ?, ?, ?)",
            (edit.revision, position, delta.kind.value, delta.operation, delta.columns),
        )
        kind = delta.kind.value
        connection.executemany(
            "INSERT INTO change (revision, position, kind, id, version, before, after) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            ((edit.revision, position, kind, *row) for row in delta.rows),
        )
    return changes.digest(changes.header_text(edit), stored)


def _write_audit(connection: Connection, row: AuditRow) -> None:
    connection.execute(
        "INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            row.seq,
            row.at.isoformat(),
            row.actor,
            row.what,
            row.edit_id,
            changes.dump(dict(row.details)),
            row.digest,
            row.previous,
            row.hash,
            row.signature,
        ),
    )
