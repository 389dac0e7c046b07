"""The steps of one zone: coordinated, under way, completed, cancelled."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geo.edit.edit import Edit, updating
from geo.edit.gate_release import demand_signed_in
from geo.edit.states import DUTY_OVER
from geo.edit.verbs import Verb
from geo.errors import InputError
from geo.model.command import Assignment, Zone
from geo.model.vocabulary import AssignmentState, ZoneState

if TYPE_CHECKING:
    from geo.edit.reading import PlanRows


def step_zone(plan: PlanRows, zone_id: str, state: ZoneState) -> Edit:
    """Return the edit that takes a zone to its next state.

    It is submitted, withdrawn and made ready with its operation. Coordinated needs the prosecutor's
    authorisation. Teams that never went into a zone that is completed or cancelled are aborted.

    Raises:
        InputError: It is gone, the state does not follow or not now, or a team is still there.
        NotAllowedError: Nobody is signed in.
    """
    zone = plan.find(Zone, zone_id)
    if zone is None:
        raise InputError("error.zone.gone")
    if zone.state is state:
        raise InputError(
            "error.zone.no_such_step",
            name=zone.name,
            zone_is=zone.state.value,
            zone_to=state.value,
        )
    deltas = [updating(zone, replace(zone, state=state))]
    if state in {ZoneState.COMPLETED, ZoneState.CANCELLED}:
        deltas += [
            updating(a, replace(a, state=AssignmentState.ABORTED))
            for a in plan.all(Assignment)
            if a.zone_id == zone_id and a.state not in DUTY_OVER | {AssignmentState.UNDER_WAY}
        ]
    edit = Edit(verb=Verb.STEP_ZONE, params={"name": zone.name}, deltas=tuple(deltas))
    return demand_signed_in(plan, edit)
