"""A large operation: 50 zones with 10,000 sites in a plan of 100,000; all of it is fiction."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

from shapely import box, segmentize

from geo.edit.edit import Edit, inserting
from geo.edit.verbs import Verb
from geo.model.allegation import Allegation
from geo.model.command import (
    Assignment,
    Authorisation,
    Coordination,
    Operation,
    Period,
    Team,
    TeamGroup,
    Vehicle,
    Zone,
)
from geo.model.entity import LonLat
from geo.model.plan import PlanInfo
from geo.model.site import Site
from geo.model.support import SupportUnit
from geo.model.vocabulary import (
    MANDATORY_GROUPS,
    CoordinationAuthority,
    CoordinationResult,
    LegalStatus,
    Precision,
    VehicleKind,
    ZoneState,
)
from geo.store.memory import MemoryStore

HALF = timedelta(hours=6)
ZONES, SITES, ELSEWHERE, ALLEGATIONS = 50, 10_000, 90_000, 5_000
NOW = datetime(2022, 10, 15, 9)  # noqa: DTZ001 - local, as periods are
START = datetime(2022, 10, 20, 6)  # noqa: DTZ001 - local, as periods are


SWEEP = Operation(id="op", name="Sweep")


def a_site(dice: Random, number: int) -> Site:
    """The first ones lie in the zones, one in twenty known by its commune only."""
    inside = number < SITES
    lon = dice.uniform(103.0, 104.0) if inside else dice.uniform(104.2, 106.0)
    placed = not inside or dice.random() > 0.05
    return Site(
        id=f"s{number}",
        code=f"DEMO-{number}",
        point=LonLat(lon, dice.uniform(11.0, 11.5)) if placed else None,
        precision=Precision.POINT if placed else Precision.COMMUNE,
        admin_code=f"0901{dice.randrange(1, 9):02d}",
        legal_status=LegalStatus.UNVERIFIED,
        visited_on=date(2022, 9, 1) + timedelta(days=dice.randrange(60)),
        source=f"file {number % 20}",
    )


def an_allegation(dice: Random, number: int) -> Allegation:
    placed = dice.random() > 0.3
    return Allegation(
        id=f"al{number}",
        received_on=date(2022, 9, 1),
        point=LonLat(dice.uniform(103.0, 104.0), dice.uniform(11.0, 11.5)) if placed else None,
        precision=Precision.POINT if placed else Precision.COMMUNE,
        admin_code=f"0901{dice.randrange(1, 9):02d}",
        site_id=f"s{dice.randrange(SITES)}" if number % 3 else "",
    )


def big_store(*more, operation=SWEEP, zone_state=ZoneState.DRAFT):
    """50 zones with 10,000 sites in a plan of 100,000, two halves of a day, four leaders."""
    dice = Random(7)
    # They touch, so that every way between two zones is measured.
    periods = tuple(
        Period(f"p{n}", f"Half {n}", START + n * HALF, START + (n + 1) * HALF) for n in range(2)
    )
    zones = [
        Zone(
            id=f"z{n}",
            name=f"Zone {n}",
            # As many corners as a zone has that was made of communes.
            outline=segmentize(
                box(x := 103 + n % 10 / 10, y := 11 + n // 10 / 10, x + 0.1, y + 0.1), 0.0002
            ),
            operation_id="op",
            state=zone_state,
        )
        for n in range(ZONES)
    ]
    teams = [
        Team(
            id=f"t{n}",
            name=f"Team {n}",
            lead=f"Deputy governor {n % 4}",
            groups=tuple(TeamGroup(kind, chief="Chief") for kind in MANDATORY_GROUPS),
            vehicles=(Vehicle(VehicleKind.CAR, f"Car {n % 30}"),),
        )
        for n in range(ZONES)
    ]
    duties = [
        Assignment(zone_id=z.id, team_id=t.id, period_id=periods[n % 2].id)
        for n, (z, t) in enumerate(zip(zones, teams, strict=True))
    ]
    letter = Coordination(
        operation_id="op",
        authority=CoordinationAuthority.COURT_PROSECUTOR,
        result=CoordinationResult.AGREED,
        authorisation=Authorisation(
            site_ids=tuple(f"s{n}" for n in range(0, SITES, 2)),
            valid_from=START,
            valid_to=periods[-1].ends,
            hours_from=START.time(),
            hours_to=periods[0].ends.time(),
        ),
    )
    letters = [
        replace(letter, id=f"c{n}", authorisation=Authorisation(zone_id=z.id))
        for n, z in enumerate(zones)
    ]
    support = [
        SupportUnit(name=f"{kind} {n}", kind=kind, point=LonLat(103 + n / 5, 11.2))
        for kind in (VehicleKind.AMBULANCE, VehicleKind.FIRE_TRUCK)
        for n in range(5)
    ]
    info = PlanInfo(name="Demo", province_code="09", created_at=datetime(2022, 9, 1, tzinfo=UTC))
    rows = (
        [info],
        [replace(operation, periods=periods)],
        zones,
        teams,
        duties,
        [letter, *letters],
        support,
        [a_site(dice, n) for n in range(SITES + ELSEWHERE)],
        [an_allegation(dice, n) for n in range(ALLEGATIONS)],
        *more,
    )
    store = MemoryStore()
    store.commit(Edit(verb=Verb.CREATE_PLAN, deltas=tuple(inserting(list(r)) for r in rows)))
    return store
