"""Ending a duty before its time: the step and its reason are one act."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geo.edit.assign import step_assignment
from geo.edit.day_log import write_log
from geo.errors import InputError
from geo.model.command import Assignment, Zone
from geo.model.vocabulary import AssignmentState

if TYPE_CHECKING:
    from geo.edit.edit import Edit
    from geo.edit.reading import PlanRows


def abort_duty(plan: PlanRows, assignment_id: str, reason: str) -> Edit:
    """Return the edit that ends a duty and writes into the log of the day why.

    Raises:
        InputError: See `step_assignment` and `write_log`; or there is no reason.
        NotAllowedError: Nobody is signed in, or the role does not permit it.
    """
    if not reason.strip():
        raise InputError("operate.abort.no_reason")
    step = step_assignment(plan, assignment_id, AssignmentState.ABORTED)
    zone = plan.get(Zone, plan.get(Assignment, assignment_id).zone_id)
    said = write_log(plan, zone.operation_id, reason, assignment_id=assignment_id)
    return replace(step, deltas=(*step.deltas, *said.deltas))
