"""What may be done with a duty now, and why something may not, in the plan's own words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.edit.assign import PLANNED, accept, step_assignment
from geo.edit.states import ASSIGNMENT_STEPS, ZONE_STEPS, following
from geo.edit.zone_steps import step_zone
from geo.errors import PlanError
from geo.model.vocabulary import AssignmentState, Role, ZoneState
from gui.i18n import message, tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.edit.edit import Edit
    from geo.model.command import Assignment, Team, Zone
    from geo.project import Project

_A, _Z = AssignmentState, ZoneState
STEPS: Final = {
    _A.ACCEPTED: ("start", _A.UNDER_WAY),
    _A.UNDER_WAY: ("complete", _A.COMPLETED),
    _A.COMPLETED: ("debrief", _A.DEBRIEFED),
}
"""What comes next for a team that accepted."""
ON_THE_DAY: Final = (_Z.ACTIVE, _Z.SUSPENDED, _Z.COMPLETED, _Z.REVIEWED)
"""What a zone becomes on its day; whatever came before is the business of Plan."""
OPENED: Final = frozenset({_Z.READY, _Z.ACTIVE, _Z.SUSPENDED, _Z.COMPLETED})


@dataclass(frozen=True, slots=True)
class Act:
    """What may be done.

    Attributes:
        name: Its words are ``operate.act.<name>``.
        to: State that it leads to: of the assignment, or of its zone.
        why: Why it cannot be done now, in words, or empty.
    """

    name: str
    to: AssignmentState | ZoneState
    why: str = ""


def main_act(
    project: Project, duty: Assignment, zone: Zone | None, team: Team | None
) -> Act | None:
    """Return the act that comes next, or None where all is over."""
    if duty.state in PLANNED:
        return Act("accept", _A.ACCEPTED, _why_no_accept(project, duty, team))
    if duty.state is _A.ACCEPTED and zone is not None and zone.state is _Z.READY:
        return zone_act(project, zone, _Z.ACTIVE)
    if duty.state not in STEPS:
        return None
    name, to = STEPS[duty.state]
    return Act(name, to, refusal(project, lambda plan: step_assignment(plan, duty.id, to)))


def abort_act(project: Project, duty: Assignment) -> Act | None:
    """Return the act that ends a duty before its time, or None where it is over."""
    if _A.ABORTED not in following(ASSIGNMENT_STEPS, duty.state) or duty.state is _A.DRAFT:
        return None
    why = refusal(project, lambda plan: step_assignment(plan, duty.id, _A.ABORTED))
    return Act("abort", _A.ABORTED, why)


def zone_acts(project: Project, zone: Zone | None) -> tuple[Act, ...]:
    """Return what may follow for a zone on its day."""
    if zone is None or zone.state not in OPENED:
        return ()
    return tuple(
        zone_act(project, zone, to) for to in following(ZONE_STEPS, zone.state) if to in ON_THE_DAY
    )


def zone_act(project: Project, zone: Zone, to: ZoneState) -> Act:
    """Return the act that takes a zone to another state."""
    names = {
        _Z.ACTIVE: "zone_resume" if zone.state is _Z.SUSPENDED else "zone_open",
        _Z.SUSPENDED: "zone_suspend",
        _Z.COMPLETED: "zone_complete",
        _Z.REVIEWED: "zone_review",
    }
    return Act(names[to], to, refusal(project, lambda plan: step_zone(plan, zone.id, to)))


def refusal(project: Project, build: Callable[[Project], Edit]) -> str:
    """Return why the plan would refuse an edit, in its very words, or empty."""
    try:
        project.prepare(build(project))
    except PlanError as error:
        return message(error)
    return ""


def _why_no_accept(project: Project, duty: Assignment, team: Team | None) -> str:
    """Return why the user cannot accept; who may is said before what is missing."""
    user = project.user
    if user is None:
        return tr("panel.why.nobody")
    if user.role is not Role.DEPUTY_GOVERNOR:
        return tr("panel.why.only_deputy")
    if team is not None and team.lead_user_id != user.id:
        return tr("panel.why.not_your_team")
    if refusal(project, lambda plan: accept(plan, duty.id)):
        return tr("panel.why.not_released")
    return ""
