"""What every store promises. The contract suite in ``tests/geo/store/`` runs over all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from geo.edit.edit import Edit
    from geo.edit.history import EditHeader
    from geo.model.entity import Kind
    from geo.model.table import Table


class Bounds(NamedTuple):
    """A rectangle in degrees, EPSG:4326."""

    west: float
    south: float
    east: float
    north: float


class Signer(Protocol):
    """Signs audit rows with a user's key."""

    user_id: str

    def sign(self, message: bytes) -> bytes:
        """Return the Ed25519 signature of `message`, 64 bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEvent:
    """Something that is logged without changing the plan: a record read, a print, an export.

    Attributes:
        what: ``read``, ``print``, ``export``, ``open`` …
        details: Codes and counts only: no field values, names or coordinates.
    """

    what: str
    actor: str
    at: datetime
    details: Mapping[str, str | int]


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRow:
    """One link of the audit chain.

    Attributes:
        seq: 1, 2, 3 … without a gap.
        what: ``edit`` or the event's word.
        edit_id: The edit, or empty for an event.
        digest: SHA-256 over the edit's changes, or empty for an event, hexadecimal.
        previous: Hash of the row before, hexadecimal; 64 zeros for the first.
        hash: SHA-256 over everything above and `previous`, hexadecimal.
        signature: Ed25519 signature of `hash` by the actor's key, hexadecimal, or empty when no
            key was at hand.
    """

    seq: int
    at: datetime
    actor: str
    what: str
    edit_id: str
    details: Mapping[str, str | int]
    digest: str
    previous: str
    hash: str
    signature: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that `check` found.

    Attributes:
        what: Message code.
        where: Table, row or audit number; no field values.
    """

    what: str
    where: str


class Store(Protocol):
    """Keeps the rows of one plan, the history of its edits and what is attached to its rows.

    Attributes:
        warnings: Message codes of what opening could not do (for example the backup).
        backup_due: The plan is so big that its backup was left to the caller:
            `geo.store.backup.back_up`.
    """

    warnings: tuple[str, ...]
    backup_due: bool

    def load(self, kind: Kind, within: Bounds | None = None) -> Table:
        """Return the rows of a kind in order of their insertion.

        With `within`, only those whose geometry touches it.
        """

    def commit(
        self,
        edit: Edit,
        signer: Signer | None = None,
        contents: Mapping[str, bytes] | None = None,
    ) -> Edit:
        """Apply an edit in one transaction with its audit row and return it with its revision.

        Checks that every row has the version the edit expects and, for updates and deletions, the
        values that the edit says it had before. Decisions are applied before the sites that they
        decide about.

        Args:
            edit: With who and when.
            signer: Of its actor.
            contents: What the edit's attachments hold, by SHA-256; kept in the same transaction,
                each content once.

        Raises:
            ConflictError: A row is not as the edit expects; nothing was changed.
            StoreError: Disk full, file moved or gone, or an attachment that was destroyed for good
                is to come back; nothing was changed.
        """

    def content(self, sha256: str) -> bytes:
        """Return what an attachment holds, by the SHA-256 of what the plan keeps.

        It stays while a row or an edit that can be undone or redone speaks of it, and is destroyed
        when the plan is closed, or at once by an edit that ends undo.

        Raises:
            KeyError: There is no such content.
        """

    def changes_since(self, revision: int) -> tuple[Edit, ...]:
        """Return the edits after a revision, in order, with their deltas."""

    def edit(self, edit_id: str) -> Edit:
        """Return one edit with its deltas.

        Raises:
            KeyError: There is no such edit.
        """

    def edits_of(self, kind: Kind, entity_id: str) -> tuple[Edit, ...]:
        """Return the edits that touched one row, in order, each with that row's deltas alone."""

    def log(self) -> tuple[EditHeader, ...]:
        """Return the headers of all edits in order of revision."""

    def record(self, event: AuditEvent, signer: Signer | None = None) -> None:
        """Append an event to the audit chain."""

    def audit(self) -> tuple[AuditRow, ...]:
        """Return the audit chain in order."""

    def check(self) -> tuple[Problem, ...]:
        """Look for damage.

        In the database, geometry, references, rows changed behind the audit, the chain and its
        signatures, what is attached.
        """

    def meta(self) -> dict[str, str]:
        """Return the facts of the file itself: ``schema_version``, ``plan_id``, ``protected``."""

    def close(self) -> None:
        """Leave a clean file and let go of it. A second call does nothing."""
