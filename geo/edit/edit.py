"""The one way a plan changes: an `Edit`, which can be inverted, stored, audited and undone.

An edit holds column-wise deltas: an import of 100,000 rows is one delta of some columns, a moved
vertex is a delta of one column of one row. Undo is a new edit with the deltas inverted, so that the
history never shrinks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum

from geo.edit.verbs import Verb
from geo.model.codec import KIND_OF, Scalar, to_row
from geo.model.entity import Entity, Kind, new_id
from geo.model.table import Columns, columns_from_rows


class Action(StrEnum):
    """Whether an edit is new, takes one back, or puts one back."""

    DO = "do"
    UNDO = "undo"
    REDO = "redo"


@dataclass(frozen=True, slots=True)
class Delta:
    """Rows of one kind before and after.

    Attributes:
        kind: Kind of the rows.
        ids: Their ids, in order.
        versions: Versions the rows have now, as the editor saw them; 0 for rows to be inserted.
        before: Column name → values; None when the rows are inserted.
        after: Column name → values; None when the rows are deleted. An update names the same
            columns in both and only those that change; an insert or delete names all columns.
    """

    kind: Kind
    ids: tuple[str, ...]
    versions: tuple[int, ...]
    before: Columns | None
    after: Columns | None

    def changes_something(self) -> bool:
        """Tell whether any row is another afterwards."""
        if self.before is None or self.after is None:
            return bool(self.ids)
        return any(tuple(v) != tuple(self.before[name]) for name, v in self.after.items())

    def inverse(self) -> Delta:
        """Return the delta that takes this one back, expecting the versions that it leaves."""
        if self.before is None:
            left = tuple(1 for _ in self.ids)
        elif self.after is None:
            left = tuple(0 for _ in self.ids)
        else:
            left = tuple(v + 1 for v in self.versions)
        return Delta(self.kind, self.ids, left, self.after, self.before)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One command of a user: all of it happens, or nothing.

    Attributes:
        id: UUIDv4 as text.
        verb: What was done; its sentence stands in the catalogue under ``edit.<verb>``.
        params: Values for that sentence.
        deltas: What changes.
        actor: User id; stamped by `Project.commit`.
        at: When (UTC); stamped by `Project.commit`.
        action: New, undo or redo.
        of: Id of the edit that is undone or redone, or empty.
        barrier: Ends undo: an operation's release can only be corrected by a new edit.
        revision: Position in the plan's history, given by the store; 0 before the commit.
    """

    id: str = field(default_factory=new_id)
    verb: Verb
    params: Mapping[str, str | int] = field(default_factory=dict)
    deltas: tuple[Delta, ...]
    actor: str = ""
    at: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    action: Action = Action.DO
    of: str = ""
    barrier: bool = False
    revision: int = 0

    def inverse(self, action: Action) -> Edit:
        """Return the edit that takes this one back, as an undo or (of an undo) a redo."""
        return Edit(
            verb=self.verb,
            params=self.params,
            deltas=tuple(d.inverse() for d in reversed(self.deltas)),
            action=action,
            of=self.id if action is Action.UNDO else self.of,
        )

    def kinds(self) -> frozenset[Kind]:
        """Return the kinds of rows that it touches."""
        return frozenset(d.kind for d in self.deltas)

    def count(self) -> int:
        """Return the number of rows that it touches."""
        return sum(len(d.ids) for d in self.deltas)


def inserting(entities: Sequence[Entity]) -> Delta:
    """Return the delta that adds `entities`, all of one kind.

    Raises:
        ValueError: There are none, or they are of several kinds.
    """
    kinds = {KIND_OF[type(e)] for e in entities}
    if len(kinds) != 1:
        message = "inserting() takes one or more entities of one kind"
        raise ValueError(message)
    return inserting_columns(
        kinds.pop(), [e.id for e in entities], columns_from_rows([to_row(e) for e in entities])
    )


def inserting_columns(
    kind: Kind, ids: Sequence[str], columns: Mapping[str, Sequence[Scalar]]
) -> Delta:
    """Return the delta that adds many rows at once, given as columns (see `codec.columns_of`)."""
    return Delta(kind, tuple(ids), (0,) * len(ids), None, columns)


def updating(old: Entity, new: Entity) -> Delta:
    """Return the delta between two states of one entity, holding only the columns that differ.

    Raises:
        ValueError: They are two entities.
    """
    if (type(old), old.id) != (type(new), new.id):
        message = "updating() takes two states of one row"
        raise ValueError(message)
    before, after = to_row(old), to_row(new)
    changed = [name for name, value in after.items() if before[name] != value]
    return Delta(
        KIND_OF[type(old)],
        (old.id,),
        (old.version,),
        {name: (before[name],) for name in changed},
        {name: (after[name],) for name in changed},
    )


def deleting(entity: Entity) -> Delta:
    """Return the delta that removes `entity`."""
    return Delta(
        KIND_OF[type(entity)],
        (entity.id,),
        (entity.version,),
        {name: (value,) for name, value in to_row(entity).items()},
        None,
    )


def stamped(edit: Edit, *, actor: str, at: datetime) -> Edit:
    """Return `edit` with who and when."""
    return replace(edit, actor=actor, at=at)
