"""A small fictional plan, made in code, with something of everything that a grade must hold back.

Nothing here is a real place of business; the names say so. Secrets carry the word SECRET, so that
a test can look for it in whatever leaves.
"""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from shapely import box

from geo.edit.edit import Edit, inserting
from geo.edit.verbs import Verb
from geo.model.allegation import Allegation, NationalityCount, Source
from geo.model.codec import KIND_OF, columns_of
from geo.model.command import Assignment, Operation, Team, TeamGroup, Vehicle, Zone
from geo.model.entity import Entity, Kind, LonLat
from geo.model.place import BorderCrossing, OpenInterval
from geo.model.plan import ImportBatch, ImportRow, PlanInfo, User
from geo.model.result import Inspection, Outcome
from geo.model.site import Authority, Site, StatusDecision
from geo.model.vocabulary import (
    MANDATORY_GROUPS,
    Activity,
    AllegationKind,
    AllegationStatus,
    Answer,
    Channel,
    Credibility,
    CrossingClass,
    LegalStatus,
    Neighbour,
    OperationState,
    Precision,
    Reliability,
    Role,
    SiteKind,
    VehicleKind,
)
from geo.project import Project
from geo.store.memory import MemoryStore

if TYPE_CHECKING:
    from collections.abc import Iterable

SECRET = "SECRET"
CENTRE = (103.53, 10.62)
NOON = datetime(2022, 6, 1, 5, tzinfo=UTC)
DAY = date(2022, 9, 17)

_DRAWN = (
    (LegalStatus.LEGAL, 70),
    (LegalStatus.ILLEGAL, 40),
    (LegalStatus.UNVERIFIED, 40),
    (LegalStatus.UNDER_REVIEW, 15),
    (LegalStatus.MIXED, 5),
    (LegalStatus.SUSPENDED, 5),
)


def _stored(entities: Iterable[Entity]) -> MemoryStore:
    by_kind: dict[Kind, list[Entity]] = {}
    for entity in entities:
        by_kind.setdefault(KIND_OF[type(entity)], []).append(entity)
    store = MemoryStore()
    deltas = tuple(inserting(found) for found in by_kind.values())
    store.commit(Edit(verb=Verb.CREATE_PLAN, deltas=deltas))
    return store


def example_plan(*, state: OperationState = OperationState.DRAFT, hostile: str = "") -> Project:
    """Return the plan; `hostile` becomes the name of a site and of a zone."""
    user = User(name=f"{SECRET} officer", role=Role.PLANNER)
    project = Project(_stored([user, *_entities(state, hostile, user)]), user)
    # As if another program had written a status that no decision bears out.
    sites = project.table(Kind.SITE)
    forged = sites.ids[sites["code"] == "DEMO-NOLEDGER"].tolist()
    project._tables[Kind.SITE] = sites.with_updated(forged, [1], {"legal_status": ["illegal"]})  # noqa: SLF001
    return project


def _entities(state: OperationState, hostile: str, user: User) -> list[Entity]:
    rng = random.Random(2)
    found: list[Entity] = [
        PlanInfo(
            name=f"{SECRET} plan name",
            province_code="18",
            created_at=NOON,
            office_km="គណៈបញ្ជាការឯកភាពរដ្ឋបាលខេត្តព្រះសីហនុ (សាកល្បង)",
            office_en="Provincial Administrative Unity Command of Preah Sihanouk (demo)",
            fictional=True,
        ),
        authority := Authority(name_km="សាលាដំបូង (សាកល្បង)", name_en="Court (demo)"),
    ]
    sites = _sites(rng, hostile)
    found += sites
    found += _decisions(sites, authority, user)
    found += _allegations(rng, sites)
    found += _command(state, hostile, user, sites)
    found += _crossings()
    found += [
        Source(pseudonym=f"{SECRET} source"),
        batch := ImportBatch(
            file_name="demo.csv",
            target=Kind.ALLEGATION,
            imported_at=NOON,
            rows=2,
            imported=0,
            rejected=2,
            waiting=0,
        ),
        ImportRow(batch_id=batch.id, row=2, field="text", value=f"{SECRET} words", reason="[]"),
        ImportRow(
            batch_id=batch.id,
            row=3,
            field="received_on",
            value="32/13/2022",
            reason="[]",
            values=f'{{"text": "{SECRET} words"}}',
        ),
    ]
    return found


def _place(rng: random.Random) -> LonLat:
    spread = rng.choice((0.008, 0.02, 0.06))
    return LonLat(
        round(CENTRE[0] + rng.gauss(0, spread), 6), round(CENTRE[1] + rng.gauss(0, spread), 6)
    )


def _sites(rng: random.Random, hostile: str) -> list[Site]:
    sites = []
    number = 0
    for status, count in _DRAWN:
        for _ in range(count):
            number += 1
            exact = rng.random() < 0.9
            name = hostile if hostile and number == 1 else f"Demo Banana Site {number:03d}"
            sites.append(
                Site(
                    code=f"DEMO-{number:04d}",
                    name_km=f"ទីតាំងសាកល្បង {number:03d}" if not hostile else name,
                    name_en=name,
                    kind=rng.choice(list(SiteKind)),
                    point=_place(rng) if exact or number == 1 else None,
                    precision=Precision.POINT if exact or number == 1 else Precision.COMMUNE,
                    accuracy_m=25.0,
                    admin_code=rng.choice(("180101", "180102", "180104")),
                    legal_status=status,
                    claimed_status=f"{SECRET} claim",
                    activity=rng.choice(
                        (Activity.OPERATING, Activity.OPERATING, Activity.CLOSED, Activity.SEALED)
                    ),
                )
            )
    # Its status says illegal, its ledger says nothing: it must not leave as illegal.
    sites.append(
        Site(
            code="DEMO-NOLEDGER",
            name_en="Demo Undecided",
            kind=SiteKind.OTHER,
            point=LonLat(*CENTRE),
            precision=Precision.POINT,
            admin_code="180101",
        )
    )
    sites.append(
        Site(code="DEMO-BTB", name_en="Demo Elsewhere", kind=SiteKind.SHOP, admin_code="020301")
    )
    return sites


def _decisions(sites: list[Site], authority: Authority, user: User) -> list[StatusDecision]:
    return [
        StatusDecision(
            site_id=site.id,
            from_status=LegalStatus.UNVERIFIED,
            to_status=site.legal_status,
            reason=f"{SECRET} reason",
            authority_id=authority.id,
            document="DEMO-DOC-1",
            decided_on=date(2021, 5, 1) + timedelta(days=i),
            recorded_at=NOON,
            decided_by=user.id,
        )
        for i, site in enumerate(sites)
        if site.legal_status is not LegalStatus.UNVERIFIED and site.code != "DEMO-NOLEDGER"
    ]


def _allegations(rng: random.Random, sites: list[Site]) -> list[Allegation]:
    found = []
    for i in range(60):
        exact = rng.random() < 0.6
        found.append(
            Allegation(
                reference=f"{SECRET}-REF-{i}",
                received_on=date(2021, 1, 1) + timedelta(days=10 * i),
                channel=Channel.HOTLINE,
                kinds=tuple(rng.sample(list(AllegationKind), rng.choice((1, 1, 2)))),
                people_min=rng.choice((None, 3, 7)),
                nationalities=(NationalityCount("LA", 2),),
                held_now=rng.choice(list(Answer)),
                point=_place(rng) if exact else None,
                precision=Precision.POINT if exact else Precision.COMMUNE,
                accuracy_m=100.0 if exact else None,
                admin_code=rng.choice(("180101", "180102")),
                place_text=f"{SECRET} behind the market",
                site_id=sites[i].id,
                source_id=f"{SECRET}-source",
                reliability=rng.choice(list(Reliability)),
                credibility=rng.choice(list(Credibility)),
                status=AllegationStatus.DUPLICATE if i % 20 == 19 else AllegationStatus.TRIAGED,
                text=f"{SECRET} words of the complainant",
            )
        )
    return found


def _command(state: OperationState, hostile: str, user: User, sites: list[Site]) -> list[Entity]:
    operation = Operation(
        name="Demo Operation Lotus",
        province_code="18",
        commander=f"{SECRET} commander" if state is OperationState.COMPLETED else "Governor (demo)",
        ministry_guidance=f"{SECRET} guidance",
        state=state,
        proposed_by=user.id,
    )
    groups = tuple(
        TeamGroup(kind, f"Chief of {kind.value} (demo)", "Secure recorders before anybody else", 3)
        for kind in MANDATORY_GROUPS[:3]
    )
    found: list[Entity] = [operation]
    for i, (dx, dy) in enumerate(((-0.02, 0.0), (0.005, 0.0))):
        x, y = CENTRE[0] + dx, CENTRE[1] + dy
        zone = Zone(
            name=hostile if hostile and i == 0 else f"Demo Zone {i + 1} តំបន់",
            outline=box(x, y - 0.015, x + 0.02, y + 0.015),
            colour=i,
            priority=i + 1,
            operation_id=operation.id,
        )
        team = Team(
            name=f"Demo Team {i + 1}",
            short_name=f"PSH{i + 1}",
            lead=f"Deputy Governor {i + 1} (demo)",
            province_code="18",
            groups=groups,
            vehicles=(Vehicle(VehicleKind.VAN, "Van 1"), Vehicle(VehicleKind.AMBULANCE)),
            contact="Radio channel 4 (demo)",
        )
        duty = Assignment(
            zone_id=zone.id, team_id=team.id, tasks=("Inspect with the authorisation in hand",)
        )
        inspection = Inspection(
            site_id=sites[i].id,
            assignment_id=duty.id,
            findings=f"{SECRET} findings",
            evidence=f"{SECRET} evidence",
        )
        outcome = Outcome(
            assignment_id=duty.id,
            site_id=sites[i].id,
            recorded_on=date(2021, 8, 1),
            rescued=9,
            referred=2,
            sites_closed=1,
        )
        found += [zone, team, duty, inspection, outcome]
    return found


def _crossings() -> list[Entity]:
    return [
        BorderCrossing(
            name_en="Cham Yeam",
            name_km="ចាំយាម",
            neighbour=Neighbour.THAILAND,
            opposite="Hat Lek",
            crossing_class=CrossingClass.INTERNATIONAL,
            open_intervals=(OpenInterval(None, date(2021, 1, 1)),),
            point=LonLat(102.917, 11.641),
            admin_code="180101",
        ),
        BorderCrossing(
            name_en="Demo path",
            neighbour=Neighbour.THAILAND,
            crossing_class=CrossingClass.UNOFFICIAL,
            point=LonLat(102.95, 11.6),
            admin_code="180101",
        ),
    ]


def columns_with_secrets(project: Project) -> dict[Kind, set[str]]:
    """Return the columns of each kind in which the word SECRET stands somewhere."""
    found: dict[Kind, set[str]] = {}
    for kind in Kind:
        table = project.table(kind)
        names = {
            column.name
            for column in columns_of(kind)
            if any(SECRET in str(value) for value in table[column.name])
        }
        if names:
            found[kind] = names
    return found
