"""What the functions that make edits need to read: the plan's rows as they are now.

A protocol and not `Project` itself, so that edits stay pure and need no store.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar, cast

from geo.model.codec import KIND_OF
from geo.model.entity import Entity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.edit.edit import Delta
    from geo.model.entity import Kind
    from geo.model.plan import PlanInfo, User
    from geo.model.table import Table

E = TypeVar("E", bound=Entity)


class PlanRows(Protocol):
    """The rows of an open plan; `geo.project.Project` is one."""

    user: User | None

    @property
    def info(self) -> PlanInfo:
        """The plan's title row."""

    def table(self, kind: Kind) -> Table:
        """Return the rows of a kind."""

    def all(self, cls: type[E]) -> tuple[E, ...]:
        """Return every entity of a class."""

    def get(self, cls: type[E], entity_id: str) -> E:
        """Return one entity.

        Raises:
            KeyError: There is none with this id.
        """

    def find(self, cls: type[E], entity_id: str) -> E | None:
        """Return one entity, or None."""


class PlanAfter:
    """A plan as it would be after changes that are not made yet.

    For an edit of several parts, of which a later one must see what an earlier one brings.
    """

    def __init__(self, plan: PlanRows, deltas: Iterable[Delta]) -> None:
        """Keep the plan and what would change; nothing is written."""
        self._plan = plan
        self.user = plan.user
        self._tables: dict[Kind, Table] = {}
        for delta in deltas:
            self._tables[delta.kind] = applied(self.table(delta.kind), delta)

    @property
    def info(self) -> PlanInfo:
        """The plan's title row."""
        return self._plan.info

    def table(self, kind: Kind) -> Table:
        """Return the rows of a kind."""
        return self._tables[kind] if kind in self._tables else self._plan.table(kind)

    def all(self, cls: type[E]) -> tuple[E, ...]:
        """Return every entity of a class."""
        return cast("tuple[E, ...]", tuple(self.table(KIND_OF[cls]).entities()))

    def get(self, cls: type[E], entity_id: str) -> E:
        """Return one entity.

        Raises:
            KeyError: There is none with this id.
        """
        return cast("E", self.table(KIND_OF[cls]).entity(entity_id))

    def find(self, cls: type[E], entity_id: str) -> E | None:
        """Return one entity, or None."""
        return self.get(cls, entity_id) if entity_id in self.table(KIND_OF[cls]) else None


def applied(table: Table, delta: Delta) -> Table:
    """Return a table after a change; the table itself never changes."""
    if delta.before is None:
        return table.with_inserted(delta.ids, (1,) * len(delta.ids), delta.after or {})
    if delta.after is None:
        return table.without(delta.ids)
    return table.with_updated(delta.ids, tuple(v + 1 for v in delta.versions), delta.after)
