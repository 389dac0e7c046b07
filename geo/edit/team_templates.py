"""Templates of teams: groups with their tasks and numbers, and what they drive.

A template knows nobody: no chief, no leader, no contact, no name of a vehicle. It may leave the
plan into the person's own settings, so numbers of telephones and passports in a task are masked.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from geo.catalogue import text
from geo.edit.teams import OFFERED_GROUPS
from geo.errors import InputError
from geo.masking import mask
from geo.model.command import Team, TeamGroup, Vehicle
from geo.model.entity import new_id
from geo.model.vocabulary import GroupKind, VehicleKind

if TYPE_CHECKING:
    from collections.abc import Collection

    from geo.catalogue import Language

MOST_MEMBERS: Final = 500
LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class GroupTemplate:
    """A group as a template has it."""

    kind: GroupKind
    task: str = ""
    members: int = 0


@dataclass(frozen=True, slots=True)
class TeamTemplate:
    """What teams of a kind have in common."""

    name: str
    groups: tuple[GroupTemplate, ...] = ()
    vehicles: tuple[VehicleKind, ...] = ()


def command_order(language: Language) -> TeamTemplate:
    """Return the command's own order: the mandatory groups and victim support with their tasks."""
    return TeamTemplate(
        name=text("template.order", language),
        groups=tuple(
            GroupTemplate(kind, text(f"template.task.{kind.value}", language))
            for kind in OFFERED_GROUPS
        ),
    )


def template_of(team: Team, name: str) -> TeamTemplate:
    """Return what a team hands on.

    Raises:
        InputError: The name is empty.
    """
    name = name.strip()
    if not name:
        raise InputError("error.template.no_name")
    return TeamTemplate(
        name=name[:LONGEST],
        groups=tuple(GroupTemplate(g.kind, mask(g.task), g.members) for g in team.groups),
        vehicles=tuple(v.kind for v in team.vehicles),
    )


def apply_template(team: Team, template: TeamTemplate) -> Team:
    """Return a team with the groups, tasks and vehicles of a template.

    Who is in it stays: chiefs, numbers that are known already, leader, contact, vehicles. Groups
    that the template does not know stay last.
    """
    have = {g.kind: g for g in team.groups}
    groups = []
    for wanted in template.groups:
        old = have.pop(wanted.kind, TeamGroup(wanted.kind))
        task, members = wanted.task or old.task, old.members or wanted.members
        groups.append(replace(old, task=task, members=members))
    missing = Counter(template.vehicles) - Counter(v.kind for v in team.vehicles)
    vehicles = (*team.vehicles, *(Vehicle(kind) for kind in missing.elements()))
    return replace(team, groups=(*groups, *have.values()), vehicles=vehicles)


def duplicate_of(team: Team, taken: Collection[str]) -> Team:
    """Return a new team like another one, under a name that is not taken.

    Its leader, its contact and the names of its vehicles stay behind: two teams that share them
    would be in each other's way.
    """
    number = 2
    while f"{team.name} ({number})" in taken:
        number += 1
    return Team(
        id=new_id(),
        name=f"{team.name} ({number})",
        province_code=team.province_code,
        groups=team.groups,
        vehicles=tuple(Vehicle(v.kind) for v in team.vehicles),
    )


def template_to_json(template: TeamTemplate) -> str:
    """Return a template as JSON text."""
    return json.dumps(
        {
            "name": template.name,
            "groups": [
                {"kind": g.kind.value, "task": g.task, "members": g.members}
                for g in template.groups
            ],
            "vehicles": [v.value for v in template.vehicles],
        },
        ensure_ascii=False,
        indent=1,
    )


def template_from_json(written: str) -> TeamTemplate:
    """Return the template of a JSON text.

    Raises:
        InputError: It is no template.
    """
    try:
        values = json.loads(written)
        name = str(values["name"]).strip()[:LONGEST]
        groups = {GroupKind(g["kind"]): _group(g) for g in values["groups"]}
        vehicles = tuple(VehicleKind(v) for v in values["vehicles"])
    except (ValueError, TypeError, KeyError, AttributeError):
        raise InputError("error.template.damaged") from None
    if not name:
        raise InputError("error.template.damaged")
    return TeamTemplate(name, tuple(groups.values()), vehicles)


def _group(values: dict[str, object]) -> GroupTemplate:
    task, members = values["task"], values["members"]
    if not isinstance(task, str) or not isinstance(members, int):
        raise TypeError
    return GroupTemplate(GroupKind(str(values["kind"])), task, min(max(members, 0), MOST_MEMBERS))
