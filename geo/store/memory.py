"""A store without a file, for tests and previews: every promise but durability."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from geo.edit.history import EditHeader, header_of, replay
from geo.errors import ConflictError, StoreError
from geo.model.codec import Scalar, columns_of
from geo.model.entity import Kind
from geo.model.table import Columns, Table
from geo.store import audit, changes
from geo.store import contents as attached
from geo.store.check import content_problems
from geo.store.within import touching

if TYPE_CHECKING:
    from geo.edit.edit import Delta, Edit
    from geo.store.protocol import AuditEvent, AuditRow, Bounds, Problem, Signer

Rows = dict[str, tuple[int, Mapping[str, Scalar]]]


class MemoryStore:
    """Keeps rows in dictionaries: id → version and values, in order of insertion."""

    def __init__(self) -> None:
        self._rows: dict[Kind, Rows] = {kind: {} for kind in Kind}
        self._edits: list[Edit] = []
        self._audit: list[AuditRow] = []
        self._contents: dict[str, bytes] = {}
        self.warnings: tuple[str, ...] = ()
        self.backup_due = False
        self._closed = False

    def load(self, kind: Kind, within: Bounds | None = None) -> Table:
        """Return the rows of a kind in order of insertion; with `within`, those that touch it."""
        self._demand_open()
        rows = self._rows[kind]
        table = Table.of(
            kind,
            list(rows),
            [version for version, _ in rows.values()],
            {c.name: [row[c.name] for _, row in rows.values()] for c in columns_of(kind)},
        )
        return table if within is None else touching(table, within)

    def commit(
        self,
        edit: Edit,
        signer: Signer | None = None,
        contents: Mapping[str, bytes] | None = None,
    ) -> Edit:
        """Apply an edit as a whole with its audit row; see `Store.commit`."""
        self._demand_open()
        contents = contents or {}
        attached.demand_names(contents)
        if not attached.put_back(edit) <= {*self._contents, *contents}:
            raise StoreError("error.store.content_destroyed")
        edit = replace(changes.normalised(edit), revision=len(self._edits) + 1)
        touched = {kind: dict(self._rows[kind]) for kind in edit.kinds()}
        for delta in changes.in_order(edit.deltas):
            _apply(touched[delta.kind], delta)
        self._demand_status_of_ledger({**self._rows, **touched}, edit)
        self._rows.update(touched)
        self._edits.append(edit)
        digest = changes.digest(
            changes.header_text(edit), [changes.encoded(d) for d in edit.deltas]
        )
        self._audit.append(audit.of_edit(edit, digest, self._last(), signer))
        self._contents = {**self._contents, **contents}
        if edit.barrier:
            self._purge()
        return edit

    def content(self, sha256: str) -> bytes:
        """Return what an attachment holds; see `Store.content`."""
        self._demand_open()
        return self._contents[sha256]

    def changes_since(self, revision: int) -> tuple[Edit, ...]:
        """Return the edits after a revision, in order, with their deltas."""
        self._demand_open()
        return tuple(self._edits[revision:])

    def edit(self, edit_id: str) -> Edit:
        """Return one edit with its deltas.

        Raises:
            KeyError: There is no such edit.
        """
        for edit in reversed(self._edits):
            if edit.id == edit_id:
                return edit
        raise KeyError(edit_id)

    def edits_of(self, kind: Kind, entity_id: str) -> tuple[Edit, ...]:
        """Return the edits that touched one row, in order, each with that row's deltas alone."""
        self._demand_open()
        narrowed = (
            replace(
                e, deltas=tuple(changes.of_row(d, entity_id) for d in e.deltas if d.kind is kind)
            )
            for e in self._edits
            if any(d.kind is kind and entity_id in d.ids for d in e.deltas)
        )
        return tuple(replace(e, deltas=tuple(d for d in e.deltas if d.ids)) for e in narrowed)

    def log(self) -> tuple[EditHeader, ...]:
        """Return the headers of all edits in order of revision."""
        return tuple(header_of(edit) for edit in self._edits)

    def record(self, event: AuditEvent, signer: Signer | None = None) -> None:
        """Append an event to the audit chain."""
        self._demand_open()
        self._audit.append(audit.of_event(event, self._last(), signer))

    def audit(self) -> tuple[AuditRow, ...]:
        """Return the audit chain in order."""
        return tuple(self._audit)

    def check(self) -> tuple[Problem, ...]:
        """Look for damage; nothing can change these rows past the audit."""
        users = self.load(Kind.USER)
        keys = {i: str(k) for i, k in zip(users.ids, users["public_key"], strict=True)}
        return (
            *content_problems(self.load),
            *attached.problems(self.load(Kind.ATTACHMENT), self._contents.items()),
            *audit.problems(self._audit, keys),
        )

    def meta(self) -> dict[str, str]:
        """Return no facts: there is no file."""
        return {}

    def close(self) -> None:
        """Refuse everything from now on. A second call does nothing."""
        if not self._closed:
            self._purge()
        self._closed = True

    def _purge(self) -> None:
        """Destroy what nobody can bring back; see `geo.store.contents`."""
        rows = self._rows[Kind.ATTACHMENT].values()
        kept = {str(row[attached.DIGEST]) for _, row in rows}
        if kept.issuperset(self._contents):
            return
        alive = attached.revisions_alive(replay(self.log()))
        kept |= attached.spoken_of(e for e in self._edits if e.revision in alive)
        self._contents = {k: v for k, v in self._contents.items() if k in kept}

    def _last(self) -> AuditRow | None:
        return self._audit[-1] if self._audit else None

    def _demand_open(self) -> None:
        if self._closed:
            raise StoreError("error.store.closed")

    @staticmethod
    def _demand_status_of_ledger(rows: Mapping[Kind, Rows], edit: Edit) -> None:
        """Demand that a site's status follows from its decisions wherever the edit touches it."""
        sites: set[Scalar] = set()
        for delta in edit.deltas:
            for side in (delta.before, delta.after):
                if delta.kind is Kind.STATUS_DECISION and side is not None:
                    sites.update(side.get("site_id", ()))
                elif delta.kind is Kind.SITE and side is not None and "legal_status" in side:
                    sites.update(delta.ids)
        if not sites:
            return
        latest: dict[Scalar, tuple[tuple[str, str], Scalar]] = {}
        for _, row in rows[Kind.STATUS_DECISION].values():
            when = (str(row["decided_on"]), str(row["recorded_at"]))
            site = row["site_id"]
            if site in sites and (site not in latest or latest[site][0] <= when):
                latest[site] = (when, row["to_status"])
        for site in sites:
            found = rows[Kind.SITE].get(str(site))
            wanted = latest[site][1] if site in latest else "unverified"
            if found is not None and found[1]["legal_status"] != wanted:
                raise StoreError("error.store.status_without_decision")


def _apply(rows: Rows, delta: Delta) -> None:
    before = _as_rows(delta.before, len(delta.ids))
    after = _as_rows(delta.after, len(delta.ids))
    required = [c.name for c in columns_of(delta.kind) if not c.nullable]
    for entity_id, version, old, new in zip(delta.ids, delta.versions, before, after, strict=True):
        if new is not None and any(new.get(name, "") is None for name in required):
            raise StoreError("error.store.refused")
        found = rows.get(entity_id)
        if delta.before is None:
            if found is not None:
                raise ConflictError("error.conflict.exists", kind=delta.kind.value, id=entity_id)
            rows[entity_id] = (1, new or {})
            continue
        if found is None:
            raise ConflictError("error.conflict.gone", kind=delta.kind.value, id=entity_id)
        if found[0] != version or any(found[1][k] != v for k, v in (old or {}).items()):
            raise ConflictError(
                "error.conflict.changed",
                kind=delta.kind.value,
                id=entity_id,
                version=found[0],
                row=changes.shown_row(delta.kind, found[1]),
            )
        if delta.after is None:
            del rows[entity_id]
        else:
            rows[entity_id] = (version + 1, {**found[1], **(new or {})})


def _as_rows(columns: Columns | None, count: int) -> list[dict[str, Scalar] | None]:
    if columns is None:
        return [None] * count
    if not columns:
        return [{} for _ in range(count)]
    names = list(columns)
    return [dict(zip(names, row, strict=True)) for row in zip(*columns.values(), strict=True)]
