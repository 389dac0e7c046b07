"""When each row came into a plan, from the log of its edits: what was known on a past evening."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.edit.edit import Edit
    from geo.store.protocol import Store


def first_seen(store: Store) -> dict[str, str]:
    """Return id → when the row was first inserted (UTC, ISO text).

    A row that an undo took away and a redo brought back counts from its first time. Reads the whole
    log, so that it belongs on the store's own thread.
    """
    asked = getattr(store, "first_seen", None)
    if asked is not None:
        found: dict[str, str] = asked()
        return found
    return first_in(store.changes_since(0))


def first_in(edits: Iterable[Edit]) -> dict[str, str]:
    """Return the same of edits in order of revision."""
    found: dict[str, str] = {}
    for edit in edits:
        at = edit.at.isoformat()
        for delta in edit.deltas:
            if delta.before is None:
                for entity_id in delta.ids:
                    found.setdefault(entity_id, at)
    return found
