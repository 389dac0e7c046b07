"""The one door: everything that becomes a file, a printout or the clipboard passes `release`.

What comes out holds only the fields that the table of `geo.privacy.grades` lets pass at a grade, of
only those rows that qualify, together with how many rows were withheld and why.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from geo.edit.merging import live_sites
from geo.model.codec import ENTITY_TYPES, POINT_COLUMNS, Column, Scalar, columns_of
from geo.model.entity import Kind
from geo.model.table import Table
from geo.model.vocabulary import AllegationStatus, Grade
from geo.privacy.grades import ROW_RULES, Rule, may_count, rule
from geo.privacy.grid import Cells, cover
from geo.privacy.scope import Scope, completed, decided, exact, own
from geo.project import Project

if TYPE_CHECKING:
    from geo.edit.edit import Edit
    from geo.edit.history import EditHeader
    from geo.store.protocol import AuditEvent, AuditRow, Bounds, Problem, Signer

BoolArray = NDArray[np.bool_]

PLAN = Scope()
"""The whole plan: no province and no operation in particular."""


@dataclass(frozen=True, slots=True)
class ReleasedTable:
    """The rows of one kind that may leave at a grade.

    Attributes:
        columns: Only the fields that may leave, each of shape ``(n,)``; where a field's own rule is
            narrower than its row's, None (NaN for a coordinate) stands where it may not.
        ids: Ids of the rows, to join released tables in memory; never to be written.
        withheld: Reason → rows that do not leave: ``scope``, ``grade``, ``undecided``,
            ``not_completed``, ``cells``. Rows and withheld ones together are the rows of the plan.
    """

    kind: Kind
    grade: Grade
    columns: Mapping[str, NDArray[Any]]
    ids: NDArray[np.object_]
    withheld: Mapping[str, int]

    def __len__(self) -> int:
        """Return the number of rows that leave."""
        return len(self.ids)

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield each row as field → value."""
        for i in range(len(self)):
            yield {name: values[i] for name, values in self.columns.items()}


def release(project: Project, kind: Kind, grade: Grade, scope: Scope = PLAN) -> ReleasedTable:
    """Return the rows and fields of a kind that may leave at a grade.

    Args:
        project: The plan.
        kind: Kind of the rows.
        grade: Grade of the copy.
        scope: Operation or province that the copy is about.
    """
    return _released(project, kind, grade, own(project, scope)[kind])


def _released(project: Project, kind: Kind, grade: Grade, mine: BoolArray) -> ReleasedTable:
    table = project.table(kind)
    masks = _masks(project, kind, grade, mine)
    some = np.zeros(len(table), dtype=bool)
    for mask in masks.values():
        some |= mask
    columns = {
        name: _values(table, name, mask, some, project if kind is Kind.IMPORT_ROW else None)
        for name, mask in masks.items()
    }
    withheld = Counter({"scope": int((~mine).sum())})
    withheld[_reason(kind, grade)] += int((mine & ~some).sum())
    return ReleasedTable(kind, grade, columns, table.ids[some], +withheld)


def release_cells(
    project: Project, grade: Grade, scope: Scope = PLAN
) -> tuple[Cells, dict[str, int]]:
    """Return the cells by which the places of allegations may leave, and how many are withheld.

    Only where the table's rule for the place is `Rule.GRID`; else there is no cell. Duplicates are
    not counted (``duplicate``); what is not known as a point has no cell (``no_point``), nor has
    what lies where there are too few premises (``cells``).
    """
    kind = Kind.ALLEGATION
    table = project.table(kind)
    none = np.zeros(0)
    if any(rule(kind, name, grade) is not Rule.GRID for name in POINT_COLUMNS):
        return cover((none, none), (none, none)), {"grade": len(table)} if len(table) else {}
    mine = own(project, scope)[kind]
    first = mine & (table["status"] != AllegationStatus.DUPLICATE.value)
    known = first & exact(table)
    sites = project.table(Kind.SITE)
    placed = exact(sites) & live_sites(sites)
    cells = cover(
        (table["lon"][known], table["lat"][known]),
        (sites["lon"][placed], sites["lat"][placed]),
    )
    withheld = Counter(
        scope=int((~mine).sum()),
        duplicate=int((mine & ~first).sum()),
        no_point=int((first & ~known).sum()),
        cells=cells.withheld,
    )
    return cells, dict(+withheld)


def tally(
    project: Project,
    kind: Kind,
    fields: tuple[str, ...],
    grade: Grade,
    scope: Scope = PLAN,
) -> dict[tuple[Any, ...], int] | None:
    """Count the rows of a kind by fields, or return None if any of them may not be counted so.

    At the public grade always None: such counts leave only as a `public.PublicRelease`, which also
    looks at earlier ones. Rows that qualify only by a decision or a completed operation are counted
    only where they qualify.
    """
    if grade is Grade.PUBLIC or not all(may_count(kind, name, grade) for name in fields):
        return None
    table = project.table(kind)
    mine = own(project, scope)[kind].copy()
    for name in fields:
        mine &= _qualifies(project, kind, rule(kind, name, grade))
    picked = [table[name][mine] for name in fields]
    return dict(Counter(zip(*picked, strict=True)))


def released_project(project: Project, grade: Grade, scope: Scope = PLAN) -> Project:
    """Return a plan of only what may leave at a grade: what a map of that grade is drawn from.

    A field that may not leave is empty in it; rows that make no sense without one (decisions
    without the status before) are left out whole. It cannot be changed or stored.
    """
    return Project(_ReleasedStore(project, grade, scope))


def withheld_in(project: Project, grade: Grade, scope: Scope) -> dict[Kind, dict[str, int]]:
    """Return, for the kinds that a map shows, how many rows are withheld and why."""
    shown = (Kind.SITE, Kind.ALLEGATION, Kind.CROSSING, Kind.ZONE, Kind.TEAM)
    found = {}
    for kind in shown:
        if rule(kind, "lon", grade) is Rule.GRID:
            withheld = release_cells(project, grade, scope)[1]
        else:
            withheld = dict(release(project, kind, grade, scope).withheld)
        if withheld:
            found[kind] = withheld
    return found


def _masks(project: Project, kind: Kind, grade: Grade, mine: BoolArray) -> dict[str, BoolArray]:
    found: dict[str, BoolArray] = {}
    by_rule: dict[Rule, BoolArray] = {}
    for column in columns_of(kind):
        what = rule(kind, column.name, grade)
        if what not in ROW_RULES:
            continue
        if what not in by_rule:
            by_rule[what] = mine & _qualifies(project, kind, what)
        found[column.name] = by_rule[what]
    return found


def _qualifies(project: Project, kind: Kind, what: Rule) -> BoolArray:
    if what is Rule.DECIDED:
        return decided(project, kind)
    if what in {Rule.COMPLETED, Rule.COUNT_COMPLETED}:
        return completed(project, kind)
    return np.ones(len(project.table(kind)), dtype=bool)


def _values(
    table: Table, name: str, mask: BoolArray, some: BoolArray, rejects_of: Project | None
) -> NDArray[Any]:
    values = table[name].copy()
    values[~mask] = np.nan if name in POINT_COLUMNS else None
    if rejects_of is not None and name == "value":
        values[~_harmless(rejects_of, table)] = None
    return values[some]


def _harmless(project: Project, rejects: Table) -> BoolArray:
    """A rejected value may leave if its field may: no allegation's text leaves as a reject."""
    batches = project.table(Kind.IMPORT_BATCH)
    target = dict(zip(batches.ids, batches["target"], strict=True))
    return np.array(
        [
            batch_id in target
            and rule(Kind(target[batch_id]), str(field), Grade.COMMAND) is not Rule.DENY
            for batch_id, field in zip(rejects["batch_id"], rejects["field"], strict=True)
        ],
        dtype=bool,
    )


def _reason(kind: Kind, grade: Grade) -> str:
    rules = {rule(kind, column.name, grade) for column in columns_of(kind)}
    if Rule.DECIDED in rules:
        return "undecided"
    return "not_completed" if Rule.COMPLETED in rules else "grade"


EPOCH = "1970-01-01T00:00:00+00:00"


def _blank(kind: Kind, column: Column) -> Scalar:
    """Return what stands for a withheld value where a row cannot do without one.

    None where nothing is neutral, as among the members of a closed vocabulary.
    """
    if column.nullable:
        return None
    fields = {field.name: field for field in dataclasses.fields(ENTITY_TYPES[kind])}
    default = fields[column.name].default if column.name in fields else dataclasses.MISSING
    if isinstance(default, str | int | float):
        return str(default) if isinstance(default, str) else default
    if default == ():
        return "[]"
    written = str(fields[column.name].type) if column.name in fields else ""
    neutral: dict[str, Scalar] = {"str": "", "int": 0, "float": 0.0, "datetime": EPOCH}
    return neutral.get(written)


def _filled(kind: Kind, column: Column, released: ReleasedTable) -> list[Any]:
    blank = _blank(kind, column)
    values = released.columns.get(column.name)
    if values is None:
        return [blank] * len(released)
    return [blank if value is None else value for value in values]


class _ReleasedStore:
    """Holds released rows in memory; nothing can be written to it, and nothing is attached."""

    warnings: tuple[str, ...] = ()
    backup_due = False

    def __init__(self, project: Project, grade: Grade, scope: Scope) -> None:
        self._tables = {}
        mine = own(project, scope)
        for kind in Kind:
            released = _released(project, kind, grade, mine[kind])
            columns = {column.name: _filled(kind, column, released) for column in columns_of(kind)}
            if any(None in columns[c.name] for c in columns_of(kind) if not c.nullable):
                self._tables[kind] = Table.empty(kind)
                continue
            versions = [1] * len(released)
            self._tables[kind] = Table.of(kind, list(released.ids), versions, columns)

    def load(self, kind: Kind, within: Bounds | None = None) -> Table:  # noqa: ARG002 - protocol
        return self._tables[kind]

    def commit(
        self,
        edit: Edit,
        signer: Signer | None = None,
        contents: Mapping[str, bytes] | None = None,
    ) -> Edit:
        raise NotImplementedError

    def content(self, sha256: str) -> bytes:
        raise KeyError(sha256)

    def changes_since(self, revision: int) -> tuple[Edit, ...]:
        raise NotImplementedError

    def edit(self, edit_id: str) -> Edit:
        raise KeyError(edit_id)

    def edits_of(self, kind: Kind, entity_id: str) -> tuple[Edit, ...]:  # noqa: ARG002 - protocol
        return ()

    def log(self) -> tuple[EditHeader, ...]:
        return ()

    def record(self, event: AuditEvent, signer: Signer | None = None) -> None:
        raise NotImplementedError

    def audit(self) -> tuple[AuditRow, ...]:
        return ()

    def check(self) -> tuple[Problem, ...]:
        return ()

    def meta(self) -> dict[str, str]:
        return {}

    def close(self) -> None:
        return None
