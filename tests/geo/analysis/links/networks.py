"""Plans with a network that is known, and networks of which nothing but chance is known."""

from __future__ import annotations

from datetime import UTC, date, datetime

import numpy as np

from geo.analysis.links.measures import Skeleton
from geo.edit.edit import Edit, inserting
from geo.edit.verbs import Verb
from geo.model.entity import Kind, LonLat
from geo.model.network import Link, LinkKind, PersonRef
from geo.model.place import BorderCrossing
from geo.model.plan import PlanInfo
from geo.model.site import Site
from geo.model.vocabulary import CrossingClass, Neighbour, PersonRole, Precision
from geo.project import Project
from geo.store.memory import MemoryStore

DAY = date(2022, 9, 17)
R, I, B, M, L = (  # noqa: E741 - as short as the lines that use them
    PersonRole.RECRUITER,
    PersonRole.INTERMEDIARY,
    PersonRole.FOREIGN_BROKER,
    PersonRole.MANAGER,
    PersonRole.RINGLEADER,
)


def person(name: str, role: PersonRole = I, **more) -> PersonRef:
    return PersonRef(id=name, pseudonym=f"P-{name}", role=role, **more)


def site(name: str, **more) -> Site:
    values = {"point": LonLat(103.5, 10.6), "precision": Precision.POINT} | more
    return Site(id=name, code=name, name_en=f"Site {name}", **values)


GATE = BorderCrossing(
    id="gate",
    name_en="Gate",
    neighbour=Neighbour.THAILAND,
    crossing_class=CrossingClass.INTERNATIONAL,
    point=LonLat(102.5, 13.6),
)


def plan_of(persons=(), sites=(), links=(), more=()) -> Project:
    """A plan of these rows; a link is (one, other, confidence) with anything else by name."""
    rows = {p.id: Kind.PERSON_REF for p in persons}
    rows |= {s.id: Kind.SITE for s in sites} | {"gate": Kind.CROSSING}
    made = []
    for n, (one, other, sure, *rest) in enumerate(links):
        values = {"kind": LinkKind.PAYMENT} | (rest[0] if rest else {})
        made.append(
            Link(
                id=f"link-{n}",
                from_kind=rows.get(one, Kind.SITE),
                from_id=one,
                to_kind=rows.get(other, Kind.SITE),
                to_id=other,
                confidence=sure,
                source="demo",
                **values,
            )
        )
    info = PlanInfo(name="Demo", province_code="18", created_at=datetime(2022, 9, 1, tzinfo=UTC))
    groups = [[info], [GATE], list(persons), list(sites), made, *more]
    store = MemoryStore()
    store.commit(
        Edit(verb=Verb.CREATE_PLAN, deltas=tuple(inserting(g) for g in groups if g), barrier=True)
    )
    return Project(store)


def random_network(seed: int, n: int = 18, m: int = 20) -> Skeleton:
    """Connections between any two, by chance alone; who has none is not in the network."""
    chance = np.random.default_rng([seed, 77])
    every = np.array([(a, b) for a in range(n) for b in range(a + 1, n)])
    pairs = every[chance.choice(len(every), m, replace=False)]
    return skeleton_of_pairs(pairs, chance, seed)


def with_hub(seed: int, n: int = 24, m: int = 18, spokes: int = 12) -> tuple[Skeleton, int]:
    """The same with one node that is linked with many others besides: the planted hub."""
    chance = np.random.default_rng([seed, 78])
    every = np.array([(a, b) for a in range(1, n) for b in range(a + 1, n)])
    pairs = every[chance.choice(len(every), m, replace=False)]
    others = chance.choice(np.arange(1, n), spokes, replace=False)
    star = np.column_stack((np.zeros(spokes, dtype=np.int64), others))
    skeleton = skeleton_of_pairs(np.vstack((star, pairs)), chance, seed)
    return skeleton, 0


def skeleton_of_pairs(pairs, chance, seed) -> Skeleton:
    present, rows = np.unique(pairs, return_inverse=True)
    confidence = chance.choice([0.3, 0.5, 0.7, 0.9], len(pairs))
    return Skeleton(len(present), rows.reshape(-1, 2).astype(np.int64), confidence, seed)
