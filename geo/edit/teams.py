"""Making and changing teams."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geo.edit.edit import Edit, deleting, inserting, updating
from geo.edit.verbs import Verb
from geo.edit.zones import PLANNED
from geo.errors import InputError
from geo.model.command import Assignment, Team, TeamGroup
from geo.model.vocabulary import MANDATORY_GROUPS, GroupKind

if TYPE_CHECKING:
    from geo.edit.reading import PlanRows

# Rescue comes first, so a new team is offered victim support besides what is mandatory.
OFFERED_GROUPS = (*MANDATORY_GROUPS, GroupKind.VICTIM_SUPPORT)


def new_team(name: str, *, province_code: str = "") -> Team:
    """Return a team with the groups of the command's own order, still empty."""
    groups = tuple(TeamGroup(kind) for kind in OFFERED_GROUPS)
    return Team(name=name, province_code=province_code, groups=groups)


def add_team(plan: PlanRows, team: Team) -> Edit:
    """Return the edit that adds a team.

    Raises:
        InputError: The name is empty or taken.
    """
    team = _named(plan, team)
    return Edit(verb=Verb.ADD_TEAM, params={"name": team.name}, deltas=(inserting([team]),))


def edit_team(plan: PlanRows, team: Team) -> Edit:
    """Return the edit that gives a team the state `team`.

    Raises:
        InputError: The name is empty or taken, or the team is gone.
    """
    old = team_of(plan, team.id)
    team = _named(plan, team)
    return Edit(verb=Verb.EDIT_TEAM, params={"name": team.name}, deltas=(updating(old, team),))


def delete_team(plan: PlanRows, team_id: str) -> Edit:
    """Return the edit that removes a team that has no assignment and never accepted one.

    Raises:
        InputError: The team is gone, still assigned, or once accepted a zone.
    """
    team = team_of(plan, team_id)
    assigned = [a for a in plan.all(Assignment) if a.team_id == team_id]
    if any(a.state not in PLANNED for a in assigned):
        raise InputError("error.team.has_history", name=team.name)
    if assigned:
        raise InputError("error.team.assigned", name=team.name)
    return Edit(verb=Verb.DELETE_TEAM, params={"name": team.name}, deltas=(deleting(team),))


def team_of(plan: PlanRows, team_id: str) -> Team:
    """Return a team.

    Raises:
        InputError: The team is gone.
    """
    team = plan.find(Team, team_id)
    if team is None:
        raise InputError("error.team.gone")
    return team


def _named(plan: PlanRows, team: Team) -> Team:
    """Return `team` with its name as it is kept, if it may have that name."""
    team = replace(team, name=team.name.strip())
    if not team.name:
        raise InputError("error.team.no_name")
    if any(t.name == team.name and t.id != team.id for t in plan.all(Team)):
        raise InputError("error.team.name_taken", name=team.name)
    return team
