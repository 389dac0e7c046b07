"""Who does what, where and when: teams, operations, zones, assignments, coordination."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time

from geo.model.entity import Area, Entity, new_id
from geo.model.vocabulary import (
    MANDATORY_GROUPS,
    AssignmentState,
    CoordinationAuthority,
    CoordinationResult,
    GroupKind,
    OperationState,
    VehicleKind,
    ZoneState,
)


@dataclass(frozen=True, slots=True)
class TeamGroup:
    """A group of a team: who leads it, what it does, how many it has, by role and never by name."""

    kind: GroupKind
    chief: str = ""
    task: str = ""
    members: int = 0


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A vehicle by kind and the name it is called by in the team."""

    kind: VehicleKind
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Team(Entity):
    """A team led by a deputy provincial governor.

    Attributes:
        short_name: Written into the zone on the map, a few characters.
        lead: The leader's office or title.
        lead_user_id: The user who accepts for this team, or empty.
        province_code: NCDD code.
        contact: Radio channel or duty telephone of the team.
    """

    name: str
    short_name: str = ""
    lead: str = ""
    lead_user_id: str = ""
    province_code: str = ""
    groups: tuple[TeamGroup, ...] = ()
    vehicles: tuple[Vehicle, ...] = ()
    contact: str = ""

    def empty_mandatory_groups(self) -> tuple[GroupKind, ...]:
        """Return the mandatory groups that are missing or have neither chief nor members."""
        staffed = {g.kind for g in self.groups if g.chief or g.members}
        return tuple(kind for kind in MANDATORY_GROUPS if kind not in staffed)


@dataclass(frozen=True, slots=True)
class Period:
    """An operational period, local time."""

    id: str
    name: str
    starts: datetime
    ends: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation(Entity):
    """An operation of a provincial command.

    Attributes:
        proposed_by: User id; may not release it.
        released_by: User id of the governor who released it, or empty.
    """

    name: str
    province_code: str = ""
    periods: tuple[Period, ...] = ()
    commander: str = ""
    ministry_guidance: str = ""
    state: OperationState = OperationState.DRAFT
    proposed_by: str = ""
    released_by: str = ""
    released_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone(Entity):
    """An area of operations.

    Attributes:
        outline: Valid polygon, lon/lat degrees.
        colour: Index into the four zone colours.
        priority: 1 is first.
    """

    name: str
    outline: Area
    colour: int = 0
    priority: int = 1
    operation_id: str = ""
    state: ZoneState = ZoneState.DRAFT


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment(Entity):
    """A team's duty in a zone for one operational period; a reassignment keeps history.

    Attributes:
        period_id: Id of a period of the zone's operation; empty means the whole operation.
        replaces: Id of the assignment that this one follows, or empty.
    """

    zone_id: str
    team_id: str
    period_id: str = ""
    tasks: tuple[str, ...] = ()
    state: AssignmentState = AssignmentState.DRAFT
    accepted_by: str = ""
    replaces: str = ""


@dataclass(frozen=True, slots=True)
class Authorisation:
    """What the prosecutor authorised: sites or a zone, from and to, hours of day, witnesses."""

    site_ids: tuple[str, ...] = ()
    zone_id: str = ""
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    hours_from: time | None = None
    hours_to: time | None = None
    witnesses: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Coordination(Entity):
    """A request to another authority and what came of it."""

    operation_id: str
    authority: CoordinationAuthority
    asked_on: date | None = None
    due_on: date | None = None
    replied_on: date | None = None
    reference: str = ""
    result: CoordinationResult = CoordinationResult.OPEN
    authorisation: Authorisation | None = None


def new_period(name: str, starts: datetime, ends: datetime) -> Period:
    """Return a period with a new id."""
    return Period(id=new_id(), name=name, starts=starts, ends=ends)


def with_group(team: Team, group: TeamGroup) -> Team:
    """Return `team` with `group` in place of its group of the same kind, or added last."""
    kept = tuple(group if g.kind is group.kind else g for g in team.groups)
    return replace(team, groups=kept if group in kept else (*kept, group))
