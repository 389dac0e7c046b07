"""A small fictional plan in memory and the window over it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from shapely import box

from geo.edit.edit import Edit, inserting
from geo.edit.verbs import Verb
from geo.keys import KeyStore
from geo.model.allegation import Allegation
from geo.model.command import Operation, Team, TeamGroup, Vehicle, Zone, new_period
from geo.model.entity import LonLat
from geo.model.plan import PlanInfo, User
from geo.model.site import Licence, Site
from geo.model.vocabulary import (
    MANDATORY_GROUPS,
    Activity,
    AllegationKind,
    Answer,
    Credibility,
    Precision,
    Reliability,
    Role,
    SiteKind,
    VehicleKind,
)
from geo.store.memory import MemoryStore
from geo.store.seed import first_edit
from gui.services import Services

if TYPE_CHECKING:
    from pathlib import Path

PLANNER = User(id="u-planner", name="Demo Planner", role=Role.PLANNER)
DEPUTY = User(id="u-deputy", name="Demo Deputy", role=Role.DEPUTY_GOVERNOR)
ANALYST = User(id="u-analyst", name="Demo Analyst", role=Role.ANALYST)
INFO = PlanInfo(
    id="plan",
    name="Demo plan",
    province_code="18",
    created_at=datetime(2022, 9, 1, tzinfo=UTC),
    fictional=True,
)
SITES = tuple(
    Site(
        id=f"site-{n}",
        code=f"DEMO-{n:03d}",
        name_en=f"Demo {name}",
        name_km=f"អាជីវកម្មសាកល្បង {n}",
        kind=kind,
        point=LonLat(103.50 + n / 100, 10.62),
        precision=Precision.POINT,
        accuracy_m=10.0,
        activity=Activity.CLOSED if n == 2 else Activity.OPERATING,
        capacity=capacity,
    )
    for n, (name, kind, capacity) in enumerate(
        (
            ("Mango Casino", SiteKind.CASINO, 300),
            ("Papaya Hotel", SiteKind.HOTEL_GUESTHOUSE, 20),
            ("Lotus Shop", SiteKind.SHOP, None),
        ),
        start=1,
    )
)
ALLEGATIONS = (
    Allegation(
        id="allegation-1",
        reference="DEMO-A-1",
        received_on=date(2022, 9, 10),
        received_at=time(6, 30),
        kinds=(AllegationKind.FORCED_LABOUR,),
        held_now=Answer.YES,
        point=SITES[0].point,
        precision=Precision.POINT,
        site_id=SITES[0].id,
        reliability=Reliability.B,
        credibility=Credibility.TWO,
    ),
    Allegation(
        id="allegation-2",
        reference="DEMO-A-2",
        received_on=date(2022, 9, 1),
        kinds=(AllegationKind.FORCED_CRIMINALITY, AllegationKind.UNLAWFUL_DETENTION),
        held_now=Answer.YES,
        precision=Precision.COMMUNE,
        admin_code="180104",
        place_text="Sangkat 4",
    ),
    Allegation(
        id="allegation-3",
        reference="DEMO-A-3",
        received_on=date(2022, 9, 5),
        kinds=(AllegationKind.TORTURE,),
        held_now=Answer.UNKNOWN,
        point=LonLat(103.6, 10.7),
        precision=Precision.POINT,
        reliability=Reliability.C,
        credibility=Credibility.THREE,
    ),
)
LICENCE = Licence(
    id="licence-1", number="DEMO-L-1", site_id=SITES[0].id, expires_on=date(2022, 1, 31)
)
TEAMS = tuple(
    Team(
        id=f"team-{n}",
        name=f"Demo Team {n}",
        short_name=f"T{n}",
        lead=f"Deputy Governor {n} (demo)",
        vehicles=(Vehicle(VehicleKind.AMBULANCE, "Car 1"),),
        groups=tuple(
            TeamGroup(kind, "Chief (demo)", "Task", 3) for kind in MANDATORY_GROUPS[: 5 - n]
        ),
    )
    for n in (1, 2)
)
OPERATION = Operation(
    id="operation-1",
    name="Demo operation",
    province_code="18",
    periods=(new_period("Day 1", datetime(2022, 9, 17, 6), datetime(2022, 9, 17, 18)),),  # noqa: DTZ001
)
ZONES = (
    Zone(id="zone-1", name="Demo South", outline=box(103.50, 10.60, 103.515, 10.64), priority=1),
    Zone(id="zone-2", name="Demo North", outline=box(103.55, 10.66, 103.65, 10.72), priority=2),
)


def plan_store(*, empty: bool = False) -> MemoryStore:
    """Return a store with the plan, or with its title and users only."""
    store = MemoryStore()
    users = (PLANNER, DEPUTY, ANALYST)
    store.commit(first_edit(INFO, users, crossings=not empty))
    if not empty:
        groups = (SITES, ALLEGATIONS, (LICENCE,), TEAMS, (OPERATION,), ZONES)
        store.commit(
            Edit(
                verb=Verb.IMPORT,
                params={"file": "demo.csv"},
                deltas=tuple(inserting(group) for group in groups),
                actor=PLANNER.id,
                barrier=True,
            )
        )
    return store


def services_for(
    home: Path, store: MemoryStore | None = None, *, keys: tuple[str, ...] = (PLANNER.id, DEPUTY.id)
) -> Services:
    """Return services over a plan in memory, with the keys of some users on this machine."""
    ring = KeyStore(home / "keys")
    for user_id in keys:
        ring.create(user_id)

    def opened(_path: Path, _passphrase: str | None) -> MemoryStore:
        return store if store is not None else plan_store()

    return Services(
        home=home,
        open_store=opened,
        create_store=lambda asked: opened(asked.path, asked.passphrase),
        signer_of=ring.signer,
    )
