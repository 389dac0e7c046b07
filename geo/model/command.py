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


@dataclass(frozen=True, slots=True)
class Limits:
    """What an operation demands of those who must be near, and how fast one travels.

    Attributes:
        ambulance_minutes: Longest drive of an ambulance to any site of a zone.
        fire_minutes: The same of a fire truck.
        speed_kmh: Assumed speed on the straight line; roads are longer, so it is set low.
        notice_minutes: What a team needs between two duties besides the drive.
        stale_days: A register older than this is called stale.
    """

    ambulance_minutes: int = 30
    fire_minutes: int = 45
    speed_kmh: float = 35.0
    notice_minutes: int = 30
    stale_days: int = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation(Entity):
    """An operation of a provincial command.

    Attributes:
        proposed_by: User id of who submitted it, or made it; may not release it.
        made_by: User id of who made it; may not release it either. Empty in older plans, where it
            is who proposed it, until somebody submits it.
        released_by: User id of the governor who released it, or empty.
        submitted: How many times it was submitted: what was decided of one proposal does not hold
            for the next.
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
    limits: Limits = Limits()
    made_by: str = ""
    submitted: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone(Entity):
    """An area of operations.

    Attributes:
        outline: Valid polygon, lon/lat degrees.
        colour: Index into the four zone colours.
        priority: 1 is first.
        units: Codes of the communes or ids of the H3 cells that a split gave it; empty for a zone
            that was drawn by hand.
        locked: A new split and a rebalance leave it as it is.
        kept: Those of its units that stay in it when others go; see `geo.edit.kept_units`.
    """

    name: str
    outline: Area
    colour: int = 0
    priority: int = 1
    operation_id: str = ""
    state: ZoneState = ZoneState.DRAFT
    units: tuple[str, ...] = ()
    locked: bool = False
    kept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One thing that a group does on the day.

    Attributes:
        code: What is to be done, a code of the catalogue.
        done_at: Local time, or None while it is open.
        done_by: User id, or empty.
    """

    group: GroupKind
    code: str
    done_at: datetime | None = None
    done_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment(Entity):
    """A team's duty in a zone for one operational period; a reassignment keeps history.

    Attributes:
        period_id: Id of a period of the zone's operation; empty means the whole operation.
        replaces: Id of the assignment that this one follows, or empty.
        checklist: What was ticked off; items that are not in it are open.
    """

    zone_id: str
    team_id: str
    period_id: str = ""
    tasks: tuple[str, ...] = ()
    state: AssignmentState = AssignmentState.DRAFT
    accepted_by: str = ""
    replaces: str = ""
    accepted_at: datetime | None = None
    checklist: tuple[ChecklistItem, ...] = ()


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Override(Entity):
    """A gap in the readiness that somebody takes upon himself, with a reason.

    It stays for ever, in the audit and on the sheet. A missing or refused authorisation of the
    prosecutor cannot be overridden.

    Attributes:
        zone_id: The zone, or empty for the operation as a whole.
        what: Code of the gap.
        decided_by: User id.
        submission: Of which proposal: `Operation.submitted` when it was decided. Withdrawn and
            submitted again, the operation is another, and the gap stands again.
    """

    operation_id: str
    zone_id: str = ""
    what: str
    reason: str
    decided_by: str = ""
    decided_at: datetime | None = None
    submission: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry(Entity):
    """A line of the log of the day, with its time; never changed, only followed by another.

    Attributes:
        at: Local time of what happened.
        code: What happened, a code of the catalogue; empty for a line in free words.
        words: Free words; like all free text they never leave the plan.
        written_by: User id.
    """

    operation_id: str
    zone_id: str = ""
    assignment_id: str = ""
    site_id: str = ""
    at: datetime
    code: str = ""
    words: str = ""
    written_by: str = ""


def new_period(name: str, starts: datetime, ends: datetime) -> Period:
    """Return a period with a new id."""
    return Period(id=new_id(), name=name, starts=starts, ends=ends)


def with_group(team: Team, group: TeamGroup) -> Team:
    """Return `team` with `group` in place of its group of the same kind, or added last."""
    kept = tuple(group if g.kind is group.kind else g for g in team.groups)
    return replace(team, groups=kept if group in kept else (*kept, group))
