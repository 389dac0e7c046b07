"""A plan that reads other tables than the one it looks at: the past, or a part. Never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.project import Project

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from geo.edit.edit import Edit
    from geo.edit.history import EditHeader
    from geo.model.entity import Kind
    from geo.model.table import Table
    from geo.store.protocol import AuditRow, Bounds


class ShownPlan(Project):
    """What is shown of a plan; it cannot be changed or stored.

    Attributes:
        day: Of which day it is.
    """

    def __init__(self, plan: Project, tables: Mapping[Kind, Table], day: date) -> None:
        """Read `tables` in place of the plan's own of these kinds."""
        super().__init__(_ReadStore(plan, tables), plan.user)  # type: ignore[arg-type] # only what reads
        self.day = day


class _ReadStore:
    """Hands out the tables; whatever would write is missing, so that nothing can."""

    def __init__(self, plan: Project, tables: Mapping[Kind, Table]) -> None:
        self._plan = plan
        self._tables = dict(tables)

    def load(self, kind: Kind, within: Bounds | None = None) -> Table:  # noqa: ARG002 - protocol
        found = self._tables.get(kind)
        return self._plan.table(kind) if found is None else found

    def log(self) -> tuple[EditHeader, ...]:
        """Nothing can be taken back in it."""
        return ()

    def commit(self, edit: Edit, signer: object = None) -> Edit:
        raise NotImplementedError

    def audit(self) -> tuple[AuditRow, ...]:
        """Copies are numbered by the plan's own audit chain."""
        return self._plan.store.audit()

    def meta(self) -> dict[str, str]:
        return self._plan.store.meta()

    def close(self) -> None:
        return None
