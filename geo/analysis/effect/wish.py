"""What is asked of a completed operation, and what goes to the worker for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, cast

import numpy as np
import shapely

from geo.analysis.border.wish import DayKind, Days, days_of
from geo.analysis.effect.doors import Doors, doors_of
from geo.analysis.evidence import Counting, Evidence, LeftOut, evidence
from geo.analysis.readiness.inside import zones_of
from geo.analysis.split.wanted import official_outlines, outlines_for
from geo.errors import InputError
from geo.model.command import Operation
from geo.model.entity import Area
from geo.model.vocabulary import AdminLevel, OperationState
from geo.territory import Territory

if TYPE_CHECKING:
    from geo.edit.reading import PlanRows
    from geo.progress import Progress

DONE: Final = frozenset({OperationState.COMPLETED, OperationState.REVIEWED})
LEAST_DAYS, MOST_DAYS = 14, 730
LEAST_RING_M, MOST_RING_M = 100.0, 50_000.0
_LEVELS: Final = {2: AdminLevel.PROVINCE, 4: AdminLevel.DISTRICT, 6: AdminLevel.COMMUNE}
BEGUN: Final = frozenset(
    {OperationState.ACTIVE, OperationState.SUSPENDED, OperationState.COMPLETED,
     OperationState.REVIEWED}
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the user asks for.

    Attributes:
        operation_id: A completed operation.
        days: Length of the time before and of the one after.
        ring_m: Width of the ring around its zones.
        control: NCDD code of the control area; empty is the rest of the operation's province.
        by: Which day of an allegation counts. Received is the careful choice: what happened
            lately may not have been told yet.
        counting: Which allegations count. Weights are of no use here: the test counts.
    """

    operation_id: str
    days: int = 90
    ring_m: float = 2_000.0
    control: str = ""
    by: DayKind = DayKind.RECEIVED
    counting: Counting = field(default_factory=Counting)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Order:
    """What the worker needs.

    Attributes:
        wish: What is asked for.
        name: Of the operation.
        starts: Its first day.
        ends: Its last day.
        before: First day of the time before; the last one is the day before `starts`.
        after: Last day of the time after; the first one is the day after `ends`.
        said: Allegations of both times, arrays of shape ``(n,)``.
        later: Which of them belong to the time after, shape ``(n,)``.
        inside: The zones together, lon/lat degrees.
        control: Outline of the control area, before inside and ring are taken out.
        outlines: Of the units of what is known by a unit only, by code.
        doors: How soon what was alleged was looked at.
        others: Names of other operations that were under way in these times.
    """

    wish: Wish
    name: str
    starts: date
    ends: date
    before: date
    after: date
    said: Evidence
    later: np.ndarray[tuple[int], np.dtype[np.bool_]]
    inside: Area
    control: Area
    outlines: Mapping[str, Area]
    doors: Doors
    others: tuple[str, ...]


def completed(plan: PlanRows) -> tuple[Operation, ...]:
    """Return the operations that can be asked about, the last first."""
    found = [o for o in plan.all(Operation) if o.state in DONE and o.periods]
    return tuple(sorted(found, key=lambda o: (_last(o), o.name), reverse=True))


def order(plan: PlanRows, wish: Wish, on: date, progress: Progress | None = None) -> Order:
    """Return the order for a plan; on a worker thread, as it walks over all rows.

    Raises:
        InputError: The operation is not completed, has no times or zones, or the times before and
            after do not fit between the plan's first allegation and the day shown.
    """
    if progress is not None:
        progress.step(0, 2, "effect.step.reading")
    operation = plan.find(Operation, wish.operation_id)
    if operation is None or operation.state not in DONE or not operation.periods:
        raise InputError("error.effect.not_completed")
    zones = zones_of(plan, operation.id)
    if not zones:
        raise InputError("error.effect.no_zones", name=operation.name)
    if not LEAST_RING_M <= wish.ring_m <= MOST_RING_M:
        raise InputError(
            "error.effect.ring", least=f"{LEAST_RING_M:.0f}", most=f"{MOST_RING_M:.0f}"
        )
    said = evidence(plan, wish.counting)
    day = days_of(said, wish.by)
    starts, ends = min(p.starts for p in operation.periods).date(), _last(operation)
    before, after = _times(day, wish.days, starts, ends, on)
    kept = (day >= np.datetime64(before)) & (day <= np.datetime64(after))
    during = (day >= np.datetime64(starts)) & (day <= np.datetime64(ends))
    dated = ~np.isnat(day)
    told = said.only(dated, LeftOut.NO_DAY).only((kept & ~during)[dated], LeftOut.OTHER_PERIOD)
    inside = cast("Area", shapely.union_all([z.outline for z in zones]))
    return Order(
        wish=wish,
        name=operation.name,
        starts=starts,
        ends=ends,
        before=before,
        after=after,
        said=told,
        later=day[dated & kept & ~during] > np.datetime64(ends),
        inside=inside,
        control=_control(plan, wish, operation),
        outlines=outlines_for(plan, sorted(set(told.unit[told.area_only].tolist()))),
        doors=doors_of(plan, said, [z.outline for z in zones], before, ends),
        others=_others(plan, operation, before, after),
    )


def _last(operation: Operation) -> date:
    return max(p.ends for p in operation.periods).date()


def _times(day: Days, days: int, starts: date, ends: date, on: date) -> tuple[date, date]:
    """Return the first day before and the last day after.

    Raises:
        InputError: There are not so many days between the first allegation and the day shown.
    """
    if not LEAST_DAYS <= days <= MOST_DAYS:
        raise InputError("error.effect.days", least=LEAST_DAYS, most=MOST_DAYS)
    known = day[~np.isnat(day)]
    first: date = known.min().astype(object) if len(known) else starts
    most = min((on - ends).days, (starts - first).days)
    if most < LEAST_DAYS:
        code = "error.effect.too_soon" if (on - ends).days <= most else "error.effect.too_early"
        raise InputError(code, least=LEAST_DAYS, days=max(most, 0))
    if days > most:
        raise InputError("error.effect.too_long", days=days, most=most)
    return starts - timedelta(days=days), ends + timedelta(days=days)


def _control(plan: PlanRows, wish: Wish, operation: Operation) -> Area:
    """Return the outline of the control area.

    Raises:
        InputError: Nobody knows it.
    """
    code = wish.control or operation.province_code
    level = _LEVELS.get(len(code))
    found = official_outlines(plan, level, code).get(code) if level is not None else None
    found = found or cast("Area | None", Territory.load().provinces.get(code))
    if found is None:
        raise InputError("error.effect.no_control")
    return found


def _others(plan: PlanRows, operation: Operation, before: date, after: date) -> tuple[str, ...]:
    """Return the names of other operations that were under way in these times."""
    return tuple(
        sorted(
            o.name
            for o in plan.all(Operation)
            if o.id != operation.id
            and o.state in BEGUN
            and any(p.starts.date() <= after and p.ends.date() >= before for p in o.periods)
        )
    )
