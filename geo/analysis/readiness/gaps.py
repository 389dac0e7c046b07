"""Gaps: what is missing, how often, where for example, and who took it upon himself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from geo.model.command import Operation, Override
from geo.model.entity import Kind
from geo.model.gaps import NEVER_OVERRIDDEN, GapCode
from geo.model.vocabulary import OperationState

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from geo.edit.reading import PlanRows
    from geo.model.table import Table

MOST_EXAMPLES: Final = 5
_NAMES_OF_SITE: Final = ("code", "name_km", "name_en", "name_zh")


@dataclass(frozen=True, slots=True)
class Example:
    """A row that a gap is about.

    Attributes:
        kind: Of the row.
        id: Of the row.
        name: What it is called in the plan; empty for an allegation, whose reference is nobody's
            business, and then it is called by its id.
    """

    kind: Kind
    id: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something that stands between a zone or operation and its release.

    Attributes:
        what: Its code in the catalogue, with `count` and `params` as the values.
        count: Of how many: sites, allegations, periods, teams, conflicts.
        examples: The first few of them.
        overridden: The override that stands, or None.
    """

    what: GapCode
    count: int = 1
    examples: tuple[Example, ...] = ()
    params: Mapping[str, str | int] = field(default_factory=dict)
    overridden: Override | None = None

    @property
    def overridable(self) -> bool:
        """Whether the governor may take it upon himself."""
        return self.what not in NEVER_OVERRIDDEN

    @property
    def stands(self) -> bool:
        """Whether it stands in the way: nobody took it upon himself."""
        return self.overridden is None


class Overrides:
    """The overrides of an operation, by zone and gap."""

    def __init__(self, plan: PlanRows, operation_id: str) -> None:
        """Read those of the proposal that lies before the governor now.

        One without a reason or a person who decided it overrides nothing.
        """
        operation = plan.find(Operation, operation_id)
        lies_there = operation is not None and operation.state is not OperationState.DRAFT
        proposal = operation.submitted if operation is not None and lies_there else None
        table = plan.table(Kind.OVERRIDE)
        own = table.ids[table["operation_id"] == operation_id]
        found = (plan.get(Override, str(i)) for i in own)
        self._of: dict[tuple[str, str], Override] = {}
        for o in sorted(found, key=lambda o: (str(o.decided_at or ""), o.id)):
            if o.reason.strip() and o.decided_by and o.submission == proposal:
                self._of[o.zone_id, o.what] = o

    def of(self, zone_id: str, what: GapCode) -> Override | None:
        """Return the last override of a gap; a zone is empty for the operation as a whole.

        What only the prosecutor can close has none, whatever stands in the plan.
        """
        return None if what in NEVER_OVERRIDDEN else self._of.get((zone_id, what.value))


def rows_shown(table: Table, rows: NDArray[np.intp]) -> tuple[Example, ...]:
    """Return the first of some sites or allegations as examples."""
    return tuple(
        Example(table.kind, str(table.ids[row]), _called(table, int(row)))
        for row in rows[:MOST_EXAMPLES]
    )


def shown(kind: Kind, named: Sequence[tuple[str, str]]) -> tuple[Example, ...]:
    """Return the first of some ids and names as examples, each once."""
    return tuple(Example(kind, i, name) for i, name in dict.fromkeys(named))[:MOST_EXAMPLES]


def _called(table: Table, row: int) -> str:
    if table.kind is not Kind.SITE:
        return ""
    return next((str(table[c][row]) for c in _NAMES_OF_SITE if table[c][row]), "")
