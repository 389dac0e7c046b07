"""What a lock of a zone or of a unit bars while units are on the move."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from geo.analysis.split.rebalance import Rebalance
    from geo.errors import PlanError


def why_no_step(
    first: Rebalance,
    now: Rebalance,
    reasons: Mapping[int, PlanError],
    kept: Collection[str],
) -> PlanError | None:
    """Return why a step leads where it may not: what it moves was locked since.

    It would only be refused at the end.

    Args:
        first: The zones as the plan has them.
        now: The zones after the step.
        reasons: Why zones neither give nor take, by their position.
        kept: Ids of units that stay.
    """
    moved = (now.zone != first.zone).nonzero()[0].tolist()
    zones = sorted({int(state.zone[unit]) for unit in moved for state in (now, first)})
    barred = next((zone for zone in zones if zone in reasons), None)
    if barred is not None:
        return reasons[barred]
    unit = next((u for u in moved if now.units.ids[u] in kept), None)
    if unit is None:
        return None
    return InputError("error.split.unit_stays", unit=now.units.ids[unit])


def why_no_lock(
    first: Rebalance, now: Rebalance, reasons: Mapping[int, PlanError], units: Sequence[int]
) -> PlanError | None:
    """Return why units can be neither locked nor unlocked.

    Those that were moved must be taken over first: they are not the zone's yet.
    """
    for unit in units:
        zone = int(now.zone[unit])
        if zone != int(first.zone[unit]):
            return InputError("error.split.pending_unit", name=now.names[zone])
        if zone in reasons:
            return reasons[zone]
    return None
