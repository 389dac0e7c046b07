"""An operation with everything that the papers of a duty speak of; nothing here is real."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from shapely import box

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
from geo.model.gaps import GapCode
from geo.model.plan import PlanInfo, User
from geo.model.site import Authority, Site, StatusDecision
from geo.model.support import SupportUnit
from geo.model.vocabulary import (
    AllegationKind,
    AllegationStatus,
    Answer,
    AssignmentState,
    CoordinationAuthority,
    CoordinationResult,
    GroupKind,
    LegalStatus,
    OperationState,
    Precision,
    Role,
    SiteKind,
    VehicleKind,
    ZoneState,
)
from geo.project import Project
from geo.store.memory import MemoryStore

SECRET = "SECRET"
G = GroupKind
GOVERNOR = User(id="gov", name="Demo Governor", role=Role.GOVERNOR)
PLANNER = User(id="plan", name=f"{SECRET} planner", role=Role.PLANNER)
DAY = datetime(2022, 9, 17, 4)  # noqa: DTZ001 - local
MORNING = Period("p1", "First shift", DAY.replace(hour=5), DAY.replace(hour=11))
EVENING = Period("p2", "Second shift", DAY.replace(hour=11), DAY.replace(hour=19))
RAID = Operation(
    id="raid",
    name="Demo operation Lotus",
    province_code="18",
    periods=(MORNING, EVENING),
    commander="Governor of the province (demo)",
    state=OperationState.RELEASED,
)
NORTH = Zone(
    id="north",
    name="Zone North",
    outline=box(103.515, 10.60, 103.545, 10.63),
    colour=1,
    operation_id="raid",
    state=ZoneState.READY,
)
SOUTH = Zone(
    id="south",
    name="Zone South",
    outline=box(103.515, 10.57, 103.545, 10.60),
    operation_id="raid",
    state=ZoneState.READY,
)
GOLD = Team(
    id="gold",
    name="Team Gold",
    short_name="G",
    lead="Deputy governor (demo)",
    groups=(
        TeamGroup(G.MILITARY_POLICE_INSPECTION, "Chief of inspection", "Enter and search", 12),
        TeamGroup(G.CAMERA_FOOTAGE, "Chief of footage", "Secure recordings", 3),
        TeamGroup(G.MINUTES, "Chief of minutes", "Minutes, forms", 4),
        TeamGroup(G.REPORTS, "Chief of reports", "Report every hour", 2),
        TeamGroup(G.VICTIM_SUPPORT, "Chief of support", "Safe place, screening, referral", 6),
        TeamGroup(G.INTERPRETER, "", "", 0),
    ),
    vehicles=(Vehicle(VehicleKind.VAN, "Van 1"), Vehicle(VehicleKind.BUS, "Bus for people")),
    contact="Channel 5",
)
SILVER = Team(id="silver", name="Team Silver", contact=f"{SECRET} channel")
DUTY = Assignment(
    id="duty",
    zone_id="north",
    team_id="gold",
    period_id="p1",
    tasks=("Close the north gate before entry", "Bring people out to the school yard"),
    state=AssignmentState.ACCEPTED,
    accepted_by="deputy",
    accepted_at=DAY.replace(day=16),
)
OTHER = Assignment(id="other", zone_id="south", team_id="silver", period_id="p1")
COURT = Authority(id="court", name_km="តុលាការ", name_en="Court (demo)")


def _sites() -> list[Site]:
    kinds = (SiteKind.CASINO, SiteKind.HOTEL_GUESTHOUSE, SiteKind.OFFICE_COMPOUND, SiteKind.SHOP)
    decided = {1: LegalStatus.ILLEGAL, 2: LegalStatus.LEGAL}
    found = [
        Site(
            id=f"site-{n}",
            code=f"DEMO-{n:03d}",
            name_en=f"Demo {('Lotus', 'Kite', 'Banana', 'River')[n % 4]} {n}",
            name_km=f"សាកល្បង ឈូក {n}",
            kind=kinds[n % 4],
            point=LonLat(103.52 + 0.003 * n, 10.605 + 0.0027 * ((n * 5) % 8)),
            precision=Precision.POINT,
            legal_status=decided.get(n, LegalStatus.UNVERIFIED),
            admin_code="180101",
        )
        for n in range(8)
    ]
    found.append(
        Site(
            id="far",
            code="FAR",
            name_en=f"{SECRET} elsewhere",
            point=LonLat(103.53, 10.58),
            precision=Precision.POINT,
        )
    )
    return found


def _rows() -> list[object]:
    decided = [
        StatusDecision(
            site_id=f"site-{n}",
            from_status=LegalStatus.UNDER_REVIEW,
            to_status=status,
            reason=f"{SECRET} reason",
            authority_id="court",
            document=f"DOC-{n}",
            decided_on=date(2022, 9, n),
            recorded_at=datetime(2022, 9, n, tzinfo=UTC),
            decided_by="plan",
        )
        for n, status in ((1, LegalStatus.ILLEGAL), (2, LegalStatus.LEGAL))
    ]
    alleged = [
        Allegation(
            reference=f"{SECRET}-{n}",
            received_on=date(2022, 9, 10),
            kinds=(AllegationKind.FORCED_LABOUR,),
            held_now=Answer.YES if n == 0 else Answer.UNKNOWN,
            site_id=f"site-{3 if n < 2 else 5}",
            point=LonLat(103.529, 10.61),
            precision=Precision.POINT,
            status=AllegationStatus.ASSESSING,
            text=f"{SECRET} words",
        )
        for n in range(3)
    ]
    agreed = Coordination(
        operation_id="raid",
        authority=CoordinationAuthority.COURT_PROSECUTOR,
        asked_on=date(2022, 9, 12),
        replied_on=date(2022, 9, 14),
        reference="PROS-118/22 (demo)",
        result=CoordinationResult.AGREED,
        authorisation=Authorisation(
            site_ids=tuple(f"site-{n}" for n in range(6)),
            valid_from=DAY.replace(hour=0),
            valid_to=DAY.replace(day=18, hour=0),
            hours_from=time(5),
            hours_to=time(18),
            witnesses=2,
        ),
    )
    override = Override(
        operation_id="raid",
        zone_id="north",
        what=GapCode.AMBULANCE_FAR.value,
        reason="A second ambulance comes from the neighbouring district",
        decided_by="gov",
        decided_at=DAY.replace(day=15),
    )
    support = [
        SupportUnit(
            name="Ambulance 1", point=LonLat(103.53, 10.62), province_code="18", contact="Ch. 2"
        ),
        SupportUnit(name="Engine 4", kind=VehicleKind.FIRE_TRUCK, contact="Channel 3"),
    ]
    return [
        PlanInfo(
            name="Demo",
            province_code="18",
            created_at=datetime(2022, 9, 1, tzinfo=UTC),
            office_km="គណៈបញ្ជាការឯកភាពរដ្ឋបាលខេត្ត (សាកល្បង)",
            office_en="Provincial Administrative Unity Command (demo)",
            fictional=True,
        ),
        GOVERNOR,
        PLANNER,
        COURT,
        *_sites(),
        *decided,
        *alleged,
        RAID,
        NORTH,
        SOUTH,
        GOLD,
        SILVER,
        DUTY,
        OTHER,
        agreed,
        override,
        *support,
    ]


def duty_plan() -> Project:
    """Return the plan, signed in as its planner."""
    by_kind: dict[object, list[object]] = {}
    for row in _rows():
        by_kind.setdefault(KIND_OF[type(row)], []).append(row)
    store = MemoryStore()
    deltas = tuple(inserting(rows) for rows in by_kind.values())
    store.commit(Edit(verb=Verb.CREATE_PLAN, deltas=deltas))
    return Project(store, PLANNER)
