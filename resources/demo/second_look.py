"""What a district office and inspectors with KoboToolbox wrote of the same fictional sites.

The office's register knows some sites under another code and with a name that is nearly the same,
so that there are duplicates to find; many of its rows wait for an answer. The forms are as
KoboToolbox exports them: groups in the headers, one column for each box of a multiple choice.
"""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from typing import TYPE_CHECKING

from resources.demo import writers
from resources.demo.dice import happens, seeded
from resources.demo.registers import BANGKOK, NO_SUCH_DAY, NOT_IMPORTED
from resources.demo.sites import LAST_DAY, DemoSite, commune_name, told_of
from resources.demo.words import KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from random import Random

    from resources.demo.writers import Cell

OFFICE = "sites_district_office.csv"
FORMS = "inspections_kobo.xlsx"

OFFICE_HEADER = (
    "office_no",
    "name_km",
    "name_en",
    "kind",
    "latitude",
    "longitude",
    "commune_code",
    "capacity",
    "owner",
    "visited_on",
)
OFFICE_TITLES = (
    "site_code",
    *OFFICE_HEADER[1:],
)
DOUBLES = 8
"""So many sites of the province stand in the office's register again."""

# What the office's rows lack or have wrong: each waits until a person has answered.
OPEN_ROWS: tuple[dict[str, Cell], ...] = (
    {"kind": "Demo spa with rooms"},
    {"kind": "Demo spa with rooms"},
    {"kind": "ហាងសាកល្បងចម្រុះ"},
    {"latitude": None, "longitude": None},
    {"latitude": None, "longitude": None},
    {"office_no": "PSH-0012"},
    {"office_no": "DEMO-DO-001"},
    {"name_km": None, "name_en": None},
    {"visited_on": LAST_DAY + timedelta(days=300)},
)
WRONG_ROWS: tuple[dict[str, Cell], ...] = (
    {"latitude": 0, "longitude": 0},
    {"latitude": BANGKOK[1], "longitude": BANGKOK[0]},
    {"visited_on": NO_SUCH_DAY},
)

FORM_COUNT = 26
FIRST_FORM = date(2022, 7, 4)
INDICATORS = (
    "abuse_of_vulnerability",
    "deception",
    "restriction_of_movement",
    "isolation",
    "physical_and_sexual_violence",
    "intimidation_and_threats",
    "retention_of_identity_documents",
    "withholding_of_wages",
    "debt_bondage",
    "abusive_conditions",
    "excessive_overtime",
)
SEEN_FIRST = {"restriction_of_movement", "retention_of_identity_documents", "isolation"}
FORM_HEADER = (
    "start",
    "end",
    "today",
    "visit/site_code",
    "visit/site_name",
    "ilo/indicators",
    *(f"ilo/indicators/{i}" for i in INDICATORS),
    "head/people_found",
    "head/what_was_found",
    "__version__",
    "_id",
    "_uuid",
    "_submission_time",
    "_status",
    "_index",
)
FINDINGS = (
    "សាកល្បង៖ ច្រកចេញពេលអគ្គិភ័យត្រូវបានបិទ ឯកសារត្រឹមត្រូវ / Demo: fire exit blocked, papers in order",
    "សាកល្បង៖ បញ្ជីបុគ្គលិកមិនពេញលេញ / Demo: staff list incomplete",
    "សាកល្បង៖ រកមិនឃើញភាពមិនប្រក្រតី / Demo: nothing out of order was found",
    "សាកល្បង៖ លិខិតឆ្លងដែនរក្សាទុកនៅការិយាល័យ / Demo: passports are kept in the office",
    None,
)


def write(register: Sequence[DemoSite], seed: int, folder: Path) -> dict[str, dict[str, int]]:
    """Write the office's register and the forms; return the counts an import must find."""
    rng = seeded(seed)
    sound = [s for s in register if s.code.startswith("PSH-") and s.code not in NOT_IMPORTED]
    picked = rng.sample(sound, DOUBLES + len(OPEN_ROWS) + len(WRONG_ROWS))
    return {
        OFFICE: _write_office(picked, folder),
        FORMS: _write_forms(rng, sound, folder),
    }


# --- the district office -------------------------------------------------------------------------


def _write_office(picked: Sequence[DemoSite], folder: Path) -> dict[str, int]:
    rows = [_again(site, n) for n, site in enumerate(picked[:DOUBLES], start=1)]
    mistakes = (*OPEN_ROWS, *WRONG_ROWS)
    for site, mistake in zip(picked[DOUBLES:], mistakes, strict=True):
        row = _other(site, len(rows) + 1)
        for column, value in mistake.items():
            row[OFFICE_HEADER.index(column)] = value
        rows.append(row)
    writers.csv_file(folder / OFFICE, OFFICE_TITLES, rows, bom=True)
    return writers.counted(len(rows), rejected=len(WRONG_ROWS), waiting=len(OPEN_ROWS))


def _again(site: DemoSite, number: int) -> list[Cell]:
    """Return a known site as somebody else wrote it: near, and called nearly the same."""
    stem, tail = site.name_en.rsplit(" ", 1)
    english = (
        f"Demo {stem.removeprefix('Demo ').upper()} {tail}",
        f"{stem}s {tail}",
        f"{stem} {tail} (new)",
        None,
    )
    khmer = (site.name_km, site.name_km.replace(" ", ""), None, site.name_km)
    turn = number % len(english)
    return [
        f"DEMO-DO-{number:03d}",
        khmer[turn],
        english[turn],
        KINDS[site.kind].office[0],
        round(site.lat + 0.00012, 5),
        round(site.lon - 0.00015, 5),
        site.cluster.commune,
        site.capacity,
        None,
        min(site.visited_on + timedelta(days=20), LAST_DAY),
    ]


def _other(site: DemoSite, number: int) -> list[Cell]:
    """Return a site that nobody registered yet, not far from a known one."""
    return [
        f"DEMO-DO-{number:03d}",
        f"{KINDS[site.kind].name.km} {commune_name(site.cluster.commune)[1]} សាកល្បង {number}",
        f"Demo {KINDS[site.kind].name.en} District {number:02d}",
        KINDS[site.kind].office[0],
        round(site.lat + 0.0021, 5),
        round(site.lon + 0.0017, 5),
        site.cluster.commune,
        site.capacity,
        f"Demo Owner {number:02d}",
        site.visited_on,
    ]


# --- the forms -----------------------------------------------------------------------------------


def _write_forms(rng: Random, sound: Sequence[DemoSite], folder: Path) -> dict[str, int]:
    suspects = [s for s in sound if s.suspect]
    others = [s for s in sound if not s.suspect]
    visited = rng.sample(suspects, FORM_COUNT // 2) + rng.sample(others, FORM_COUNT // 2)
    visited[:3] = told_of(sound)[:3]
    rows = [_form(rng, site, n) for n, site in enumerate(visited, start=1)]
    code, name = FORM_HEADER.index("visit/site_code"), FORM_HEADER.index("visit/site_name")
    # A site that no register has, a form that was sent twice, and one that names the site only.
    rows[5][code], rows[5][name] = "PSH-9999", "Demo site that is in no register"
    rows[11][FORM_HEADER.index("_uuid")] = rows[2][FORM_HEADER.index("_uuid")]
    rows[17][code] = None
    writers.xlsx_file(folder / FORMS, "Demo site inspection", FORM_HEADER, rows)
    return writers.counted(len(rows), waiting=3)


def _form(rng: Random, site: DemoSite, number: int) -> list[Cell]:
    day = FIRST_FORM + timedelta(days=round((number - 1) * 3.9))
    share = 0.32 if site.suspect else 0.03
    ticked = [i for i in INDICATORS if happens(rng, share) or (number == 1 and i in SEEN_FIRST)]
    people = rng.choice((4, 8, 14, 22, 40, 65))
    found: Cell = rng.choice((people, f"{people}-{people + 6}", f"{people}", None))
    hour = 8 + number % 8
    identity = hashlib.sha256(f"demo form {number}".encode()).hexdigest()
    parts = [identity[a:b] for a, b in ((0, 8), (8, 12), (12, 16), (16, 20), (20, 32))]
    return [
        f"{day}T{hour:02d}:05:00.000+07:00",
        f"{day}T{hour:02d}:40:00.000+07:00",
        f"{day}",
        site.code,
        site.name_en,
        " ".join(ticked) or None,
        *(1 if i in ticked else 0 for i in INDICATORS),
        found,
        rng.choice(FINDINGS),
        "vDemo1",
        700 + number,
        "-".join(parts),
        f"{day}T{hour - 6:02d}:41:00",
        "submitted_via_web",
        number,
    ]
