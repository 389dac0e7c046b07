"""The release together with what the analysis says of it.

Above both the edits and the analysis, so that neither needs to know the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.clock import now
from geo.edit.edit import Action
from geo.edit.reading import PlanAfter
from geo.edit.release import demand_no_gap, release_operation, released_by
from geo.edit.states import RUNNING, ZONE_OVER
from geo.errors import InputError
from geo.model.command import Operation, Zone
from geo.model.entity import Kind
from geo.model.vocabulary import ZoneState

if TYPE_CHECKING:
    from datetime import datetime

    from geo.analysis.readiness.gaps import Gap
    from geo.edit.edit import Edit
    from geo.edit.reading import PlanRows

# By their codes (`geo.analysis.readiness.authorisation.Reason`), so that it need not be imported.
_TIMES: Final = {"readiness.reason.outside_dates", "readiness.reason.outside_hours"}
_REFUSED: Final = "readiness.reason.refused"


def release(plan: PlanRows, operation_id: str, *, at: datetime | None = None) -> Edit:
    """Return the edit by which the governor releases an operation.

    Args:
        plan: The plan.
        operation_id: Of the operation.
        at: The moment for which its readiness is asked; None is now.

    Raises:
        InputError: It cannot be released now, or gaps stand in the way; the message says where.
        NotAllowedError: Who is signed in may not release it.
    """
    return release_operation(plan, operation_id, standing_gaps(plan, operation_id, at=at))


def demand_ready(plan: PlanRows, edit: Edit) -> None:
    """Refuse a release that is not ready, whoever made the edit and whatever it calls itself.

    And after the release nobody goes on without the prosecutor either: no time is added that was
    not authorised, and no zone begins that was refused since.

    Raises:
        InputError: Gaps stand in the way; the message says where.
    """
    if edit.action is not Action.DO:
        return
    _demand_authorised(plan, edit)
    for operation_id in released_by(edit):
        operation = plan.find(Operation, operation_id)
        if operation is not None:
            demand_no_gap(operation.name, standing_gaps(plan, operation_id))


def _demand_authorised(plan: PlanRows, edit: Edit) -> None:
    """Refuse time beyond what was authorised, and a zone that was refused after its release."""
    kinds = {d.kind for d in edit.deltas if d.before is not None and d.after is not None}
    if not kinds & {Kind.OPERATION, Kind.ZONE}:
        return
    after = PlanAfter(plan, edit.deltas)
    zones = [z for z in after.all(Zone) if z.operation_id and z.state not in ZONE_OVER]
    for operation_id in _touched(edit, Kind.OPERATION, "periods"):
        old, new = plan.find(Operation, operation_id), after.get(Operation, operation_id)
        if old is None or old.state not in RUNNING:
            continue
        for period in (p for p in new.periods if p not in old.periods):
            own = [z for z in zones if z.operation_id == operation_id]
            bare = [z.name for z in own if _bare(after, z, period.id) & _TIMES]
            if bare:
                raise InputError(
                    "error.operation.time_not_authorised", period=period.name, zones=", ".join(bare)
                )
    begun = _touched(edit, Kind.ZONE, "state")
    for zone in zones:
        if zone.id in begun and zone.state is ZoneState.ACTIVE and _REFUSED in _bare(after, zone):
            raise InputError("error.zone.refused_since", name=zone.name)


def _touched(edit: Edit, kind: Kind, column: str) -> set[str]:
    """Return the ids of the rows of a kind of which an edit changes a column."""
    changed = (d for d in edit.deltas if d.kind is kind and d.before is not None)
    return {i for d in changed if d.after is not None and column in d.after for i in d.ids}


def _bare(plan: PlanRows, zone: Zone, period_id: str = "") -> set[str]:
    """Return the reasons why sites of a zone are not covered."""
    from geo.analysis.readiness.authorisation import not_covered  # the window starts without it

    return {found.reason.value for found in not_covered(plan, zone.id, period_id)}


def standing_gaps(
    plan: PlanRows, operation_id: str, *, at: datetime | None = None
) -> tuple[tuple[str, str], ...]:
    """Return what stands between an operation and its release, each as zone and code of the gap.

    What who proposed or made the operation has overridden stands all the same: nobody waves his own
    plan through, not even if he was its governor before he proposed it.
    """
    from geo.analysis.readiness.ready import readiness  # the window starts without it

    operation = plan.find(Operation, operation_id)
    if operation is None:
        return ()
    own = {operation.proposed_by, operation.made_by} - {""}

    def stands(gap: Gap) -> bool:
        return gap.stands or gap.overridden is None or gap.overridden.decided_by in own

    found = readiness(plan, operation_id, now=at or now())
    named = [("", gap) for gap in found.gaps]
    named += [(zone.name, gap) for zone in found.zones for gap in zone.gaps]
    return tuple((name, gap.what.value) for name, gap in named if stands(gap))
