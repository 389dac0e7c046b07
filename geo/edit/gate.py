"""The gate before the store: what no edit may do, whoever made it and however.

An edit changes something, and each row once. And the first rule, an allegation is not a verdict: no
edit changes a site's legal status but by the decisions that it enters itself, each with its
reason, authority and document, in the name of who is signed in. The store refuses a status that
does not follow from the ledger; this refuses a ledger that nobody stands for.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geo.edit.edit import Action
from geo.edit.gate_ground import demand_apart
from geo.edit.verbs import Verb
from geo.errors import NotAllowedError, NothingChangedError
from geo.model.entity import Kind
from geo.model.vocabulary import LegalStatus

if TYPE_CHECKING:
    from geo.edit.edit import Delta, Edit
    from geo.model.codec import Scalar

__all__ = ("demand_apart", "demand_change", "demand_decisions")

_MUST_STAND = ("reason", "document", "authority_id")


def demand_change(edit: Edit) -> Edit:
    """Return an edit without what it would leave as it is.

    Taking back and putting back are let through as they are, so that no edit of an older plan can
    stand in the way of undo.

    Raises:
        NothingChangedError: It changes nothing at all.
        ValueError: It touches a row twice, so that the second change would not see the first: a bug
            of whoever made the edit.
    """
    if edit.action is not Action.DO:
        return edit
    deltas = tuple(d for d in edit.deltas if d.changes_something())
    if not deltas:
        raise NothingChangedError
    for kind in edit.kinds():
        ids = [i for d in deltas if d.kind is kind for i in d.ids]
        if len(ids) != len(set(ids)):
            message = f"{edit.verb.value} touches a row of {kind.value} twice"
            raise ValueError(message)
    return replace(edit, deltas=deltas)


def demand_decisions(edit: Edit, actor: str) -> None:
    """Refuse an edit that touches a legal status or the ledger otherwise than by deciding.

    Taking back and putting back are not looked at: what they repeat passed this gate before.

    Raises:
        NotAllowedError: It does.
    """
    if edit.action is not Action.DO:
        return
    decided: dict[Scalar, Scalar] = {}
    for delta in edit.deltas:
        if delta.kind is Kind.STATUS_DECISION:
            decided |= _decided(edit, delta, actor)
    for delta in edit.deltas:
        if delta.kind is not Kind.SITE or delta.after is None or "legal_status" not in delta.after:
            continue
        wanted = delta.after["legal_status"]
        if delta.before is None:
            if any(status != LegalStatus.UNVERIFIED for status in set(wanted)):
                raise _refused()
        elif any(decided.get(i) != status for i, status in zip(delta.ids, wanted, strict=True)):
            raise _refused()


def _decided(edit: Edit, delta: Delta, actor: str) -> dict[Scalar, Scalar]:
    """Return each site's last decided status in a delta of the ledger, which may only grow."""
    entries = delta.after
    if edit.verb is not Verb.DECIDE_STATUS or delta.before is not None or entries is None:
        raise _refused()
    for name in _MUST_STAND:
        if not all(str(value or "").strip() for value in entries[name]):
            raise _refused()
    if set(entries["decided_by"]) != {actor}:
        raise _refused()
    return dict(zip(entries["site_id"], entries["to_status"], strict=True))


def _refused() -> NotAllowedError:
    return NotAllowedError("error.site.status_without_decision")
