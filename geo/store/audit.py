"""The audit chain: each row holds the hash of the row before and is signed by its actor.

A row that is changed, removed or put in between breaks the chain. What the chain alone cannot show
is that its last rows were cut off together with their edits; a copy of the last hash, printed on a
report or kept in a backup, shows that.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from geo.keys import verify
from geo.store.changes import dump
from geo.store.protocol import AuditEvent, AuditRow, Problem, Signer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from geo.edit.edit import Edit

FIRST = "0" * 64
EDIT = "edit"


def of_edit(edit: Edit, digest: str, last: AuditRow | None, signer: Signer | None) -> AuditRow:
    """Return the chain's next row, for an edit with its revision."""
    details: dict[str, str | int] = {
        "verb": edit.verb.value,
        "action": edit.action.value,
        "revision": edit.revision,
        "count": edit.count(),
    }
    return _next(last, signer, edit.at, edit.actor, EDIT, edit.id, details, digest)


def of_event(event: AuditEvent, last: AuditRow | None, signer: Signer | None) -> AuditRow:
    """Return the chain's next row, for an event that changes nothing."""
    return _next(last, signer, event.at, event.actor, event.what, "", event.details, "")


def _next(  # noqa: PLR0913, PLR0917 - a row's fields, in their order
    last: AuditRow | None,
    signer: Signer | None,
    at: datetime,
    actor: str,
    what: str,
    edit_id: str,
    details: Mapping[str, str | int],
    digest: str,
) -> AuditRow:
    row = AuditRow(
        seq=last.seq + 1 if last else 1,
        at=at,
        actor=actor,
        what=what,
        edit_id=edit_id,
        details=dict(sorted(details.items())),
        digest=digest,
        previous=last.hash if last else FIRST,
        hash="",
        signature="",
    )
    row = replace(row, hash=hash_of(row))
    # A key signs only for its own user: another one's name is never signed.
    if signer is None or signer.user_id != actor:
        return row
    return replace(row, signature=signer.sign(bytes.fromhex(row.hash)).hex())


def hash_of(row: AuditRow) -> str:
    """Return the SHA-256 over a row's fields and the hash of the row before, hexadecimal."""
    fields = [
        row.seq,
        row.at.isoformat(),
        row.actor,
        row.what,
        row.edit_id,
        dict(sorted(row.details.items())),
        row.digest,
        row.previous,
    ]
    return hashlib.sha256(dump(fields).encode()).hexdigest()


def problems(
    rows: Iterable[AuditRow], public_keys: Mapping[str, str], *, before: AuditRow | None = None
) -> Iterator[Problem]:
    """Look along the chain for breaks and wrong signatures.

    Args:
        rows: The chain, or its end.
        public_keys: Public key of each user by id.
        before: The row before the first of `rows`; None where `rows` is the whole chain.
    """
    last = before
    for row in rows:
        where = f"audit {row.seq}"
        if row.seq != (last.seq + 1 if last else 1):
            yield Problem("check.audit_gap", where)
        elif row.previous != (last.hash if last else FIRST):
            yield Problem("check.audit_chain", where)
        if row.hash != hash_of(row):
            yield Problem("check.audit_row", where)
        elif row.signature and not _signed(row, public_keys):
            yield Problem("check.audit_signature", where)
        elif not row.signature and public_keys.get(row.actor):
            yield Problem("check.audit_unsigned", where)
        last = row


def _signed(row: AuditRow, public_keys: Mapping[str, str]) -> bool:
    try:
        signature = bytes.fromhex(row.signature)
    except ValueError:
        return False
    return verify(public_keys.get(row.actor, ""), bytes.fromhex(row.hash), signature)
