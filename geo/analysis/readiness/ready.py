"""The readiness of an operation: each zone with its gaps, and whether any stands in the way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geo.analysis.readiness.authorisation import operation_of
from geo.analysis.readiness.gaps import Gap, Overrides, shown
from geo.analysis.readiness.inside import zones_of
from geo.analysis.readiness.zone_gaps import ZoneRules
from geo.clock import CAMBODIA_TIME
from geo.model.command import Coordination
from geo.model.entity import Kind
from geo.model.gaps import GapCode
from geo.model.vocabulary import CoordinationAuthority, CoordinationResult
from geo.progress import NoProgress

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from geo.edit.reading import PlanRows
    from geo.model.command import Operation, Zone
    from geo.progress import Progress


@dataclass(frozen=True, slots=True)
class ZoneReadiness:
    """A zone with what is missing there.

    Attributes:
        gaps: Overridden ones too: they stay on the sheet.
    """

    zone_id: str
    name: str
    gaps: tuple[Gap, ...]

    @property
    def ready(self) -> bool:
        """Whether nothing of the zone's own stands in the way."""
        return not any(g.stands for g in self.gaps)


@dataclass(frozen=True, slots=True)
class Readiness:
    """An operation with what is missing.

    Attributes:
        zones: In the order of their priority; cancelled ones are left out.
        gaps: Of the operation as a whole.
    """

    operation_id: str
    zones: tuple[ZoneReadiness, ...]
    gaps: tuple[Gap, ...]

    @property
    def ready(self) -> bool:
        """Whether nothing stands in the way of its release."""
        return all(z.ready for z in self.zones) and not any(g.stands for g in self.gaps)


def readiness(
    plan: PlanRows, operation_id: str, *, now: datetime, progress: Progress | None = None
) -> Readiness:
    """Return what stands between an operation and its release.

    Args:
        plan: The plan; its tables never change, so that a worker thread may read them.
        operation_id: The operation.
        now: Local time without zone, or with one.
        progress: Told of each step, and asked whether to go on.

    Raises:
        InputError: The operation is gone.
        CancelledError: The user asked to stop.
    """
    operation = operation_of(plan, operation_id)
    today = (now.astimezone(CAMBODIA_TIME) if now.tzinfo else now).date()
    step, overrides = progress or NoProgress(), Overrides(plan, operation_id)
    zones = zones_of(plan, operation_id)
    rules = ZoneRules(plan, operation, zones, today, step)
    found = []
    for number, zone in enumerate(zones):
        step.step(number, len(zones), "readiness.step.zones")
        gaps = (replace(g, overridden=overrides.of(zone.id, g.what)) for g in rules.gaps(zone))
        found.append(ZoneReadiness(zone.id, zone.name, tuple(gaps)))
    own = (
        replace(g, overridden=overrides.of("", g.what))
        for g in _of_operation(plan, operation, zones, today)
    )
    return Readiness(operation_id, tuple(found), tuple(own))


def _of_operation(
    plan: PlanRows, operation: Operation, zones: tuple[Zone, ...], today: date
) -> Iterator[Gap]:
    """Yield the gaps of an operation as a whole."""
    named = shown(Kind.OPERATION, [(operation.id, operation.name)])
    if not zones:
        yield Gap(what=GapCode.NO_ZONES, examples=named)
    if not operation.periods:
        yield Gap(what=GapCode.NO_PERIODS, examples=named)
    table = plan.table(Kind.COORDINATION)
    own = table.ids[table["operation_id"] == operation.id]
    asked = [plan.get(Coordination, str(i)) for i in own]
    if not _guided(operation, asked):
        yield Gap(what=GapCode.GUIDANCE_MISSING, examples=named)
    late = [
        c
        for c in asked
        if c.result is CoordinationResult.OPEN and c.due_on is not None and c.due_on < today
    ]
    if late:
        oldest = min(c.due_on for c in late if c.due_on is not None)
        yield Gap(
            what=GapCode.OVERDUE,
            count=len(late),
            examples=shown(Kind.COORDINATION, [(c.id, c.reference) for c in late]),
            params={"days": (today - oldest).days},
        )


def _guided(operation: Operation, asked: list[Coordination]) -> bool:
    """Tell whether the ministry's guidance is there; a refusal outweighs what was noted before."""
    results = {c.result for c in asked if c.authority is CoordinationAuthority.MINISTRY}
    if CoordinationResult.AGREED in results:
        return True
    noted = bool(operation.ministry_guidance.strip())
    return noted and CoordinationResult.REFUSED not in results
