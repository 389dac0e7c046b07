"""The open plan: its tables in memory, who is acting, and the one path by which it changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar, cast

from psygnal import Signal

from geo.edit.edit import Action, Delta, Edit, stamped
from geo.edit.gate import demand_apart, demand_change, demand_decisions
from geo.edit.gate_day import demand_day
from geo.edit.gate_persons import demand_persons
from geo.edit.gate_release import demand_acts
from geo.edit.gate_returns import demand_signed_returns
from geo.edit.gate_undo import demand_genuine
from geo.edit.history import History, header_of, replay
from geo.edit.reading import applied
from geo.edit.verbs import demand
from geo.errors import ConflictError, InputError, NotAllowedError, PlanFileError
from geo.model.codec import KIND_OF
from geo.model.entity import Entity, Kind
from geo.model.plan import PlanInfo, User
from geo.model.table import Table
from geo.releasing import demand_ready
from geo.store.protocol import AuditEvent, Signer, Store

if TYPE_CHECKING:
    from collections.abc import Mapping


E = TypeVar("E", bound=Entity)


class Project:
    """A plan that is open. No Qt: the window listens through a bridge, the command line not at all.

    Attributes:
        changed: Emitted with the edit after a commit was absorbed.
        user: Who is acting, or None before anybody signed in (reading only).
        frozen: Code of why nothing may be changed at present, or empty; the window freezes a plan
            while it shows a past day.
    """

    changed = Signal(Edit)

    def __init__(
        self, store: Store, user: User | None = None, signer: Signer | None = None
    ) -> None:
        """Load every kind from `store`."""
        self.store = store
        self.user = user
        self.signer = signer
        self.frozen = ""
        self._tables = {kind: store.load(kind) for kind in Kind}
        self.history: History = replay(store.log())

    def table(self, kind: Kind) -> Table:
        """Return the rows of a kind as they are now; the table itself never changes."""
        return self._tables[kind]

    def all(self, cls: type[E]) -> tuple[E, ...]:
        """Return every entity of a class: for the small kinds."""
        return cast("tuple[E, ...]", tuple(self._tables[KIND_OF[cls]].entities()))

    def get(self, cls: type[E], entity_id: str) -> E:
        """Return one entity.

        Raises:
            KeyError: There is none with this id.
        """
        return cast("E", self._tables[KIND_OF[cls]].entity(entity_id))

    def find(self, cls: type[E], entity_id: str) -> E | None:
        """Return one entity, or None if there is none with this id."""
        return self.get(cls, entity_id) if entity_id in self._tables[KIND_OF[cls]] else None

    @property
    def info(self) -> PlanInfo:
        """The plan's title row.

        Raises:
            PlanFileError: The plan has none.
        """
        title = next(iter(self.all(PlanInfo)), None)
        if title is None:
            raise PlanFileError("error.plan.no_title")
        return title

    def prepare(self, edit: Edit) -> Edit:
        """Check an edit and the right to make it, and stamp it with who and when.

        Every way to the store leads through here: the window's as well as `commit`. Rows that would
        stay as they are are left out.

        Raises:
            NotAllowedError: Nobody is signed in, or somebody who is no active user of the plan; the
                role does not permit it; a legal status would change without a decision, a state or
                a signature without its act; a ringleader would be named without a decision; an
                undo is none; or the plan is frozen.
            InputError: A state does not follow now, or gaps stand between an operation and its
                release.
            NothingChangedError: Everything would stay as it is.
            OverlapError: Two zones of an operation would hold the same ground.
            ValueError: It touches a row twice.
        """
        if self.frozen:
            raise NotAllowedError(self.frozen)
        actor = self._actor()
        demand(actor, edit.verb)
        edit = demand_change(edit)
        demand_decisions(edit, actor.id)
        demand_genuine(edit, self.history, self.store.edit, actor.id)
        demand_apart(edit, self._tables[Kind.ZONE])
        demand_day(self, edit, actor.id)
        demand_signed_returns(self, edit, actor)
        demand_persons(self, edit, actor.id)
        edit = demand_acts(self, edit, actor)
        demand_ready(self, edit)
        return stamped(edit, actor=actor.id, at=datetime.now(UTC))

    def commit(self, edit: Edit, contents: Mapping[str, bytes] | None = None) -> Edit:
        """Make an edit and wait until the disk has it: the command line's way, and the tests'.

        Args:
            edit: To be made.
            contents: What its attachments hold, by SHA-256.

        Raises:
            NotAllowedError: Who is signed in may not do it; see `prepare`.
            NothingChangedError: Everything would stay as it is; nothing is kept.
            ConflictError: Somebody else changed a row meanwhile.
            StoreError: It could not be written; nothing was changed.
        """
        done = self.store.commit(self.prepare(edit), self.signer, contents)
        self.absorb(done)
        return done

    def tables_after(self, edit: Edit) -> Mapping[Kind, Table]:
        """Return the tables as they are once a committed edit is absorbed; nothing is changed yet.

        Any thread may ask: tables never change, and the next edit waits until this one is absorbed.
        """
        tables = dict(self._tables)
        for delta in edit.deltas:
            tables[delta.kind] = applied(tables[delta.kind], delta)
        return tables

    def absorb(self, edit: Edit, tables: Mapping[Kind, Table] | None = None) -> None:
        """Bring the tables up to date with a committed edit and tell the listeners.

        The window commits on the store's thread, where it also makes the new tables, and absorbs on
        the main thread.

        Args:
            edit: The committed edit.
            tables: What `tables_after` returned for it.
        """
        after = self.tables_after(edit) if tables is None else tables
        # Both or neither: a plan that shows half an edit would be worse than one that shows none.
        self._tables, self.history = dict(after), self.history.after(header_of(edit))
        self.changed.emit(edit)

    def undo_edit(self) -> Edit:
        """Return the edit that takes back the last one.

        Raises:
            InputError: There is nothing to take back.
            ConflictError: A row was changed since by somebody else.
        """
        if not self.history.undoable:
            raise InputError("error.nothing_to_undo")
        return self._inverse(self.history.undoable[-1].id, Action.UNDO)

    def redo_edit(self) -> Edit:
        """Return the edit that puts back what was last taken back.

        Raises:
            InputError: There is nothing to put back.
            ConflictError: A row was changed since by somebody else.
        """
        if not self.history.redoable:
            raise InputError("error.nothing_to_redo")
        return self._inverse(self.history.redoable[-1].id, Action.REDO)

    def undo(self) -> Edit:
        """Take back the last edit and wait for the disk; see `undo_edit`."""
        return self.commit(self.undo_edit())

    def redo(self) -> Edit:
        """Put back what was last taken back and wait for the disk; see `redo_edit`."""
        return self.commit(self.redo_edit())

    def record(self, what: str, **details: str | int) -> None:
        """Log a read, print or export of sensitive records in the audit chain."""
        actor = self.user.id if self.user else ""
        self.store.record(
            AuditEvent(what=what, actor=actor, at=datetime.now(UTC), details=details), self.signer
        )

    def close(self) -> None:
        """Let go of the plan."""
        self.store.close()

    def forget(self) -> None:
        """Let go of the rows too: whoever still holds a closed plan holds nothing of it."""
        self._tables = {kind: Table.empty(kind) for kind in Kind}
        self.history = History()

    def _actor(self) -> User:
        """Return who is signed in, with the role that stands in the plan now."""
        if self.user is None:
            raise NotAllowedError("error.nobody_signed_in")
        known = self.find(User, self.user.id)
        if known is None or not known.active or known.public_key != self.user.public_key:
            raise NotAllowedError("error.user.not_of_plan", name=self.user.name)
        return known

    def _inverse(self, edit_id: str, action: Action) -> Edit:
        original = self.store.edit(edit_id)
        edit = original.inverse(Action.UNDO) if action is Action.UNDO else original
        deltas = tuple(self._with_current_versions(d) for d in edit.deltas)
        if action is Action.UNDO:
            return replace(edit, deltas=deltas)
        return Edit(
            verb=edit.verb, params=edit.params, deltas=deltas, action=Action.REDO, of=edit_id
        )

    def _with_current_versions(self, delta: Delta) -> Delta:
        """Expect the versions in memory; the store compares the values that the edit left."""
        if delta.before is None:
            return replace(delta, versions=(0,) * len(delta.ids))
        table = self._tables[delta.kind]
        if any(entity_id not in table for entity_id in delta.ids):
            raise ConflictError("error.conflict.gone", kind=delta.kind.value)
        return replace(
            delta, versions=tuple(int(table.versions[table.index[i]]) for i in delta.ids)
        )
