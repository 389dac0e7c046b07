"""What attachments hold, beside the rows and found by its digest.

Removing an attachment can be taken back, so its content stays as long as a row or an edit that can
be undone or redone speaks of it. A photograph can endanger people, so it does not stay longer: what
nobody can bring back is overwritten (``secure_delete``) when the plan is closed, and at once by an
edit that ends undo, such as `geo.edit.attachments.destroy`. What the copies in ``.ucm-backup`` hold
is not reached from here; see `geo.store.backup`.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from geo.edit.history import replay
from geo.errors import StoreError
from geo.model.entity import Kind
from geo.store import reading
from geo.store.changes import values_of
from geo.store.protocol import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from geo.edit.edit import Edit
    from geo.edit.history import History
    from geo.model.table import Table
    from geo.store.connection import Connection

DIGEST = "content_sha256"


def digest_of(data: bytes) -> str:
    """Return the name under which a content is kept: its SHA-256, hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def demand_names(contents: Mapping[str, bytes]) -> None:
    """Demand that each content has its own digest for a name.

    Raises:
        ValueError: One has not: a bug of whoever made the edit.
    """
    for name, data in contents.items():
        if digest_of(data) != name:
            message = "a content does not have its digest for a name"
            raise ValueError(message)


def put(connection: Connection, contents: Mapping[str, bytes]) -> None:
    """Keep contents, each once, inside the caller's transaction."""
    connection.executemany("INSERT OR IGNORE INTO content VALUES (?, ?)", contents.items())


def get(connection: Connection, sha256: str) -> bytes:
    """Return a content.

    Raises:
        KeyError: There is none with this digest.
    """
    row = connection.execute("SELECT data FROM content WHERE sha256 = ?", (sha256,)).fetchone()
    if row is None:
        raise KeyError(sha256)
    return bytes(row[0])


def put_back(edit: Edit) -> set[str]:
    """Return the digests that an undo or redo brings back with their attachments."""
    if edit.action == "do":
        # A new attachment comes with its content; what a test or import leaves out `check` finds.
        return set()
    return {
        str(digest)
        for delta in edit.deltas
        if delta.kind is Kind.ATTACHMENT and delta.before is None and delta.after is not None
        for digest in delta.after[DIGEST]
    }


def demand_there(connection: Connection, digests: Iterable[str]) -> None:
    """Demand that what an undo brings back is still kept.

    Raises:
        StoreError: It was destroyed for good.
    """
    for digest in digests:
        if not connection.execute("SELECT 1 FROM content WHERE sha256 = ?", (digest,)).fetchone():
            raise StoreError("error.store.content_destroyed")


def purge(connection: Connection) -> int:
    """Destroy the contents that neither a row nor an edit that can come back speaks of.

    Inside the caller's transaction.

    Returns:
        How many there were.
    """
    loose = {
        str(sha256)
        for (sha256,) in connection.execute(
            "SELECT sha256 FROM content WHERE sha256 NOT IN (SELECT content_sha256 FROM attachment)"
        )
    }
    if not loose:
        return 0
    alive = revisions_alive(replay(reading.headers(connection)))
    for revision, columns, before, after in connection.execute(
        "SELECT revision, d.columns, before, after FROM change AS c "
        "JOIN delta AS d USING (revision, position) WHERE c.kind = ?",
        (Kind.ATTACHMENT.value,),
    ).fetchall():
        names = json.loads(columns)
        if revision in alive and DIGEST in names:
            place = names.index(DIGEST)
            loose -= {str(values_of(side)[place]) for side in (before, after) if side is not None}
    connection.executemany("DELETE FROM content WHERE sha256 = ?", ((d,) for d in loose))
    return len(loose)


def revisions_alive(history: History) -> set[int]:
    """Return the revisions of the edits that can be undone or redone."""
    return {head.revision for head in (*history.undoable, *history.redoable)}


def spoken_of(edits: Iterable[Edit]) -> set[str]:
    """Return the digests that edits speak of."""
    return {
        str(digest)
        for edit in edits
        for delta in edit.deltas
        if delta.kind is Kind.ATTACHMENT
        for side in (delta.before, delta.after)
        for digest in (side or {}).get(DIGEST, ())
    }


def pairs(connection: Connection) -> Iterator[tuple[str, bytes]]:
    """Yield each digest with its content, one at a time: together they may not fit into memory."""
    for sha256, data in connection.execute("SELECT sha256, data FROM content"):
        yield str(sha256), bytes(data)


def problems(attachments: Table, kept: Iterable[tuple[str, bytes]]) -> Iterator[Problem]:
    """Yield contents that are not what their digest says, and attachments without theirs.

    The digest stands in the attachment's row, the row in its edit, and the edit in the signed
    chain: a photograph that was exchanged is found however it was done.
    """
    sizes: dict[str, int] = {}
    for sha256, data in kept:
        sizes[sha256] = len(data)
        if digest_of(data) != sha256:
            yield Problem("check.content_changed", f"content {sha256}")
    rows = zip(attachments.ids, attachments[DIGEST], attachments["size"], strict=True)
    for attachment_id, digest, size in rows:
        where = f"{Kind.ATTACHMENT.value} {attachment_id}"
        if digest not in sizes:
            yield Problem("check.content_missing", where)
        elif sizes[digest] != size:
            yield Problem("check.content_size", where)
