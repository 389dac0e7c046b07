"""An operation with nothing in its way, fictional throughout; each test takes something from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from itertools import groupby
from typing import TYPE_CHECKING

from shapely import box

from geo.analysis.readiness.ready import readiness
from geo.edit.edit import Edit, inserting
from geo.edit.verbs import Verb
from geo.model.allegation import Allegation
from geo.model.codec import KIND_OF
from geo.model.command import (
    Assignment,
    Authorisation,
    Coordination,
    Operation,
    Override,
    Period,
    Team,
    TeamGroup,
    Vehicle,
    Zone,
)
from geo.model.entity import LonLat
from geo.model.plan import PlanInfo, User
from geo.model.site import Site, StatusDecision
from geo.model.support import SupportUnit
from geo.model.vocabulary import (
    MANDATORY_GROUPS,
    CoordinationAuthority,
    CoordinationResult,
    LegalStatus,
    Precision,
    Role,
    VehicleKind,
)
from geo.project import Project
from geo.store.memory import MemoryStore

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.model.entity import Entity
    from geo.model.gaps import GapCode

NOW = datetime(2022, 10, 15, 9, 0)  # noqa: DTZ001 - local, as periods are
PLANNER = User(id="planner", name="Planner (demo)", role=Role.PLANNER, public_key="ab" * 32)
AGREED, OPEN, REFUSED = (
    CoordinationResult.AGREED,
    CoordinationResult.OPEN,
    CoordinationResult.REFUSED,
)
NOT_YET = LegalStatus.UNVERIFIED
GROUPS = tuple(TeamGroup(kind, chief="Chief", members=2) for kind in MANDATORY_GROUPS)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A time in the month of the operation."""
    return datetime(2022, 10, day, hour, minute)  # noqa: DTZ001 - local, as periods are


def period(name: str, starts: datetime, ends: datetime) -> Period:
    return Period(id=name, name=name, starts=starts, ends=ends)


DAY_1 = period("day 1", at(20, 6), at(20, 18))
DAY_2 = period("day 2", at(21, 6), at(21, 18))


def square(east: float, north: float = 10.5, size: float = 0.05):
    return box(103.5 + east, north, 103.5 + east + size, north + size)


def site(name: str, east: float = 0.02, north: float = 10.52, **fields: object) -> Site:
    """A site that a court decided about, seen five days before the check."""
    known = {
        "id": name,
        "code": name,
        "point": LonLat(103.5 + east, north),
        "precision": Precision.POINT,
        "legal_status": LegalStatus.LEGAL,
        "visited_on": date(2022, 10, 10),
    }
    return Site(**(known | fields))  # type: ignore[arg-type]


def decision(of: Site) -> StatusDecision:
    """What an authority decided about a site, long before the check."""
    return StatusDecision(
        site_id=of.id,
        from_status=NOT_YET,
        to_status=of.legal_status,
        reason="Papers seen (demo)",
        authority_id="court",
        document="D-1",
        decided_on=date(2022, 8, 1),
        recorded_at=datetime(2022, 8, 1, tzinfo=UTC),
        decided_by="planner",
    )


def team(name: str, lead: str = "", **fields: object) -> Team:
    known = {"id": name, "name": name, "lead": lead or f"Leader of {name}", "groups": GROUPS}
    return Team(**(known | fields))  # type: ignore[arg-type]


def authorised(**fields: object) -> Authorisation:
    """What covers zone a in both periods, but for what is said."""
    known = {
        "zone_id": "a",
        "valid_from": at(20, 0),
        "valid_to": at(22, 0),
        "hours_from": time(6),
        "hours_to": time(18),
    }
    return Authorisation(**(known | fields))  # type: ignore[arg-type]


def reply(name: str, said: Authorisation | None, result: CoordinationResult = AGREED, **fields):
    known = {
        "id": name,
        "operation_id": "op",
        "authority": CoordinationAuthority.COURT_PROSECUTOR,
        "asked_on": date(2022, 10, 1),
        "replied_on": None if result is OPEN else date(2022, 10, 5),
        "reference": name,
        "result": result,
        "authorisation": said,
    }
    return Coordination(**(known | fields))


def allegation(name="al", **fields):
    known = {
        "id": name,
        "reference": "SECRET-1",
        "received_on": date(2022, 10, 1),
        "point": LonLat(103.52, 10.52),
        "precision": Precision.POINT,
    }
    return Allegation(**(known | fields))


def vehicle(name: str, kind: VehicleKind = VehicleKind.CAR) -> Vehicle:
    return Vehicle(kind, name)


def override(what: GapCode, zone_id: str = "a", **fields: object) -> Override:
    known = {
        "operation_id": "op",
        "zone_id": zone_id,
        "what": what.value,
        "reason": "Known to the governor",
        "decided_by": "governor",
        "decided_at": NOW,
    }
    return Override(**(known | fields))  # type: ignore[arg-type]


def nothing_missing() -> dict[str, Entity]:
    """The rows of an operation that is ready: one zone, two periods, one team."""
    rows = [
        Operation(
            id="op", name="Sweep", periods=(DAY_1, DAY_2), ministry_guidance="Guidance 7 (demo)"
        ),
        Zone(id="a", name="Alpha", outline=square(0), operation_id="op"),
        team("red", province_code="18"),
        Assignment(id="duty a", zone_id="a", team_id="red"),
        reply("letter", authorised()),
        site("s1"),
        SupportUnit(
            id="amb", name="Ambulance 1", kind=VehicleKind.AMBULANCE, point=LonLat(103.5, 10.5)
        ),
        SupportUnit(
            id="fire", name="Fire 1", kind=VehicleKind.FIRE_TRUCK, point=LonLat(103.5, 10.5)
        ),
    ]
    return {row.id: row for row in rows}


def plan_of(rows: dict[str, Entity] | Iterable[Entity]) -> Project:
    """A plan of rows, as it is opened from its store."""
    entities = list(rows.values()) if isinstance(rows, dict) else list(rows)
    entities += [decision(s) for s in entities if isinstance(s, Site) and s.legal_status != NOT_YET]
    info = PlanInfo(name="Demo", province_code="18", created_at=datetime(2022, 9, 1, tzinfo=UTC))
    ordered = sorted(entities, key=lambda e: KIND_OF[type(e)])
    kinds = groupby(ordered, key=lambda e: KIND_OF[type(e)])
    store = MemoryStore()
    store.commit(
        Edit(
            verb=Verb.CREATE_PLAN,
            deltas=(
                inserting([info]),
                inserting([PLANNER]),
                *(inserting(list(those)) for _, those in kinds),
            ),
        )
    )
    return Project(store, PLANNER)


def changed(rows: dict[str, Entity], name: str, **fields: object) -> dict[str, Entity]:
    """The rows with one of them changed."""
    return {**rows, name: replace(rows[name], **fields)}  # type: ignore[arg-type]


def with_rows(rows: dict[str, Entity], *more: Entity) -> dict[str, Entity]:
    return {**rows, **{row.id: row for row in more}}


def without(rows: dict[str, Entity], *names: str) -> dict[str, Entity]:
    return {i: row for i, row in rows.items() if i not in names}


def checked(rows: dict[str, Entity], operation_id: str = "op"):
    return readiness(plan_of(rows), operation_id, now=NOW)


def gaps(rows: dict[str, Entity], zone_id: str = "a") -> dict[GapCode, int]:
    """What stands in the way in a zone, with how often."""
    (zone,) = (z for z in checked(rows).zones if z.zone_id == zone_id)
    return {g.what: g.count for g in zone.gaps if g.stands}
