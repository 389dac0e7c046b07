"""The release together with what the analysis says of it.

Above both the edits and the analysis, so that neither needs to know the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.clock import now
from geo.edit.edit import Action
from geo.edit.release import demand_no_gap, release_operation, released_by
from geo.model.command import Operation

if TYPE_CHECKING:
    from datetime import datetime

    from geo.analysis.readiness.gaps import Gap
    from geo.edit.edit import Edit
    from geo.edit.reading import PlanRows


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

    Raises:
        InputError: Gaps stand in the way; the message says where.
    """
    if edit.action is not Action.DO:
        return
    for operation_id in released_by(edit):
        operation = plan.find(Operation, operation_id)
        if operation is not None:
            demand_no_gap(operation.name, standing_gaps(plan, operation_id))


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
