"""What the functions that make edits need to read: the plan's rows as they are now.

A protocol and not `Project` itself, so that edits stay pure and need no store.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from geo.model.entity import Entity

if TYPE_CHECKING:
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
