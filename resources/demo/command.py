"""The command's side of the demonstration: authorities, decisions on sites, teams and zones."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING

from resources.demo import writers
from resources.demo.dice import seeded
from resources.demo.registers import NOT_IMPORTED
from resources.demo.sites import REGISTER, DemoSite
from resources.demo.words import KHMER_DIGITS, PREFIX, PROVINCES
from resources.demo.zones import ZONES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from random import Random

    from resources.demo.writers import Cell

# Percent of the sites that end in each status; the rest stay unverified.
SHARES = {"illegal": 12, "mixed": 3, "suspended": 2, "legal": 55, "under_review": 10}

AUTHORITIES = (
    ("provincial_administration", "Provincial administration (demo)", "រដ្ឋបាលខេត្ត (សាកល្បង)"),
    ("court_of_first_instance", "Court of first instance (demo)", "សាលាដំបូងខេត្ត (សាកល្បង)"),
    ("labour_inspectorate", "Labour inspectorate (demo)", "អធិការកិច្ចការងារ (សាកល្បង)"),
)
REASONS = {
    "under_review": "Demo: inspection visit, papers asked for",
    "legal": "Demo: licence and staff list seen on site",
    "illegal": "Demo: judgment of the fictional case",
    "mixed": "Demo: restaurant licensed, back building not",
    "suspended": "Demo: licence suspended until the fire exit is opened",
    "appeal": "Demo: appeal received",
    "annulled": "Demo: judgment annulled on appeal",
}
LAST_DAY = date(2022, 10, 14)

GROUPS = {
    "military_police_inspection": (
        "Chief of inspection, military police (demo)",
        "Inspect the site with the authorisation in hand",
        8,
    ),
    "camera_footage": (
        "Chief of camera footage (demo)",
        "Secure recorders before anybody else",
        2,
    ),
    "minutes": ("Chief of minutes (demo)", "Write the minutes on the spot", 2),
    "reports": ("Chief of reports (demo)", "Report each hour to the command post", 2),
    "victim_support": (
        "Chief of victim support (demo)",
        "Screen and accompany victims first",
        3,
    ),
}
TEAM_HEADER = (
    "code",
    "province_code",
    "name_en",
    "name_km",
    "short_name",
    "lead_en",
    "lead_km",
    *(f"{g}_{part}" for g in GROUPS for part in ("chief", "task", "members")),
    "vehicles",
    "contact",
)
# One team lacks a chief and members of a mandatory group, so that readiness has something to show.
INCOMPLETE = ("18-4", "reports")

ZONE_NAMES = {
    "18": ("South town", "West and centre", "Port side", "Ream road"),
    "01": ("Poipet gate", "Phsar Kandal", "Sisophon", "Malai gate"),
    "02": ("Battambang town", "Wat Kor road", "Kamrieng gate", "Phnom Dei gate"),
}
ZONE_NAMES_KM = {
    "18": ("ភាគខាងត្បូងក្រុង", "ខាងលិច និងកណ្តាលក្រុង", "ខាងកំពង់ផែ", "ផ្លូវរាម"),
    "01": ("ច្រកប៉ោយប៉ែត", "ផ្សារកណ្តាល", "សិរីសោភ័ណ", "ច្រកម៉ាឡៃ"),
    "02": ("ក្រុងបាត់ដំបង", "ផ្លូវវត្តគរ", "ច្រកកំរៀង", "ច្រកភ្នំដី"),
}


def write(register: Sequence[DemoSite], seed: int, folder: Path) -> dict[str, dict[str, int]]:
    """Write authorities, decisions, teams and zones; return the counts an import must find."""
    rng = seeded(seed)
    header = ("code", "name_en", "name_km", "may_decide")
    writers.csv_file(
        folder / "authorities.csv", header, [(*a, "yes") for a in AUTHORITIES], bom=True
    )
    return {
        "authorities.csv": writers.counted(len(AUTHORITIES)),
        "decisions.csv": _write_decisions(rng, register, folder),
        "teams.csv": _write_teams(folder),
        "zones.geojson": _write_zones(folder),
    }


def final_statuses(register: Sequence[DemoSite], rng: Random) -> dict[str, str]:
    """Return which status each coded, importable site ends in; the others stay unverified.

    Mostly the licensed become legal and those without a licence illegal, but not always: the
    register's own claim must not predict the decision.
    """
    coded = [s for s in register if s.code not in NOT_IMPORTED and not _phone(s)]
    order = sorted(coded, key=lambda s: (s.licensed - s.suspect + rng.random() * 1.8, s.code))
    total, final, used = len(order), {}, 0
    for status in ("illegal", "mixed", "under_review"):
        count = round(total * SHARES[status] / 100)
        final.update({s.code: status for s in order[used : used + count]})
        used += count
    for status in ("legal", "suspended"):
        count = round(total * SHARES[status] / 100)
        final.update({s.code: status for s in order[len(order) - count :]})
        del order[len(order) - count :]
    return final


def _phone(site: DemoSite) -> bool:
    """Tell whether a site comes from the telephone's waypoints, which carry no code."""
    return site.code.startswith(PREFIX["02"]) and int(site.code[-4:]) > REGISTER["02"]


def _write_decisions(rng: Random, register: Sequence[DemoSite], folder: Path) -> dict[str, int]:
    final = final_statuses(register, rng)
    appealed = next(code for code, status in final.items() if status == "legal")
    steps: list[tuple[date, str, int, str, str, str]] = []
    for code in sorted(final):
        status = final[code]
        day = date(2021, 10, 18) + timedelta(days=rng.randint(0, 200))
        path = [("under_review", "under_review")]
        if code == appealed:
            path += [("illegal", "illegal"), ("under_review", "appeal"), ("legal", "annulled")]
        elif status == "suspended":
            path += [("legal", "legal"), ("suspended", "suspended")]
        elif status != "under_review":
            path.append((status, status))
        before = "unverified"
        for step, (to, reason) in enumerate(path):
            steps.append((day, code, step, before, to, reason))
            before, day = to, min(day + timedelta(days=rng.randint(5, 45)), LAST_DAY)
    rows: list[list[Cell]] = []
    for number, (day, code, _, before, to, reason) in enumerate(sorted(steps), start=1):
        authority = AUTHORITIES[0][0]
        if to in {"illegal", "mixed"} or reason in {"appeal", "annulled"}:
            authority = AUTHORITIES[1][0]
        elif to == "suspended":
            authority = AUTHORITIES[2][0]
        document = f"DEMO-DOC-{number:05d}"
        rows.append([code, before, to, REASONS[reason], authority, document, day])
    header = ("code", "from", "to", "reason", "authority", "document", "decided_on")
    writers.csv_file(folder / "decisions.csv", header, rows, bom=True)
    return {**writers.counted(len(rows)), **dict(sorted(Counter(final.values()).items()))}


def _write_teams(folder: Path) -> dict[str, int]:
    rows: list[list[Cell]] = []
    for province, name in PROVINCES.items():
        for number in range(1, 5):
            code = f"{province}-{number}"
            digit = str(number).translate(KHMER_DIGITS)
            groups: list[Cell] = []
            for group, (chief, task, members) in GROUPS.items():
                empty = (code, group) == INCOMPLETE
                groups += [None, task, 0] if empty else [chief, task, members]
            rows.append(
                [
                    code,
                    province,
                    f"Demo Team {number} {name.en}",
                    f"ក្រុមទី{digit} {name.km} (សាកល្បង)",
                    f"{PREFIX[province]}{number}",
                    f"Deputy Governor {number} (demo)",
                    f"អភិបាលរងទី{digit} (សាកល្បង)",
                    *groups,
                    "car:Car 1; van:Van 1" if number % 2 else "car:Car 1; truck:Truck 1",
                    f"Radio channel {number + 3} (demo)",
                ]
            )
    writers.csv_file(folder / "teams.csv", TEAM_HEADER, rows, bom=True)
    return writers.counted(len(rows))


def _write_zones(folder: Path) -> dict[str, int]:
    features: list[dict[str, object]] = []
    for province, outlines in ZONES.items():
        for index, outline in enumerate(outlines):
            features.append(
                {
                    "type": "Feature",
                    "properties": {
                        "code": f"{province}-Z{index + 1}",
                        "province_code": province,
                        "name": f"Demo Zone {ZONE_NAMES[province][index]}",
                        "name_km": f"តំបន់សាកល្បង {ZONE_NAMES_KM[province][index]}",
                        "colour": index,
                        "priority": index + 1,
                        "team": f"{province}-{index + 1}",
                    },
                    "geometry": {"type": "Polygon", "coordinates": [outline]},
                }
            )
    writers.geojson_file(folder / "zones.geojson", "Demo zones", features)
    return writers.counted(len(features))
