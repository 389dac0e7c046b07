"""The command's side of the demonstration: authorities, decisions on sites, teams and zones."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING

from resources.demo import writers
from resources.demo.dice import seeded
from resources.demo.registers import NOT_IMPORTED
from resources.demo.sites import REGISTER, DemoSite, told_of
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
    "lifted": "Demo: fire exit opened, suspension lifted",
    "revoked": "Demo: licence revoked, fire exit still closed",
    "regularised": "Demo: papers completed after the judgment",
}
# Of the sites that end so, how many came there by a longer way.
APPEALED, LIFTED, REGULARISED, REVOKED = 6, 8, 7, 4
LAST_DAY = date(2022, 10, 14)

GROUPS = {
    "military_police_inspection": (
        "មេក្រុមត្រួតពិនិត្យ កងរាជអាវុធហត្ថ (សាកល្បង) / Chief of inspection, military police (demo)",
        "ត្រួតពិនិត្យទីតាំងដោយមានលិខិតអនុញ្ញាត / Inspect the site with the authorisation in hand",
        8,
    ),
    "camera_footage": (
        "មេក្រុមវីដេអូកាមេរ៉ា (សាកល្បង) / Chief of camera footage (demo)",
        "រក្សាទុកម៉ាស៊ីនថតមុនគេ / Secure recorders before anybody else",
        2,
    ),
    "minutes": (
        "មេក្រុមកំណត់ហេតុ (សាកល្បង) / Chief of minutes (demo)",
        "សរសេរកំណត់ហេតុនៅនឹងកន្លែង / Write the minutes on the spot",
        2,
    ),
    "reports": (
        "មេក្រុមរបាយការណ៍ (សាកល្បង) / Chief of reports (demo)",
        "រាយការណ៍រៀងរាល់ម៉ោងទៅទីបញ្ជាការ / Report each hour to the command post",
        2,
    ),
    "victim_support": (
        "មេក្រុមគាំទ្រជនរងគ្រោះ (សាកល្បង) / Chief of victim support (demo)",
        "ពិនិត្យ និងអមដំណើរជនរងគ្រោះមុនគេ / Screen and accompany victims first",
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

ZONE_NAMES = {"02": ("Battambang town", "Wat Kor road", "Kamrieng gate", "Phnom Dei gate")}
ZONE_NAMES_KM = {"02": ("ក្រុងបាត់ដំបង", "ផ្លូវវត្តគរ", "ច្រកកំរៀង", "ច្រកភ្នំដី")}


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
    special = _longer_ways(final, [site.code for site in told_of(register)[:3]])
    steps: list[tuple[date, str, int, str, str, str]] = []
    for code in sorted(final):
        path = special.get(code) or _way(final[code])
        # The register grew over two years; a longer way must have had the time for it.
        ago = rng.randint(340, 700) if code in special else int(690 * rng.random() ** 1.4) + 40
        day = LAST_DAY - timedelta(days=ago)
        before = "unverified"
        for step, (to, reason) in enumerate(path):
            steps.append((day, code, step, before, to, reason))
            longest = 75 if code in special else 38
            before, day = to, day + timedelta(days=rng.randint(5, longest))
    rows: list[list[Cell]] = []
    for number, (day, code, _, before, to, reason) in enumerate(sorted(steps), start=1):
        authority = AUTHORITIES[0][0]
        if to in {"illegal", "mixed"} or reason in {"appeal", "annulled"}:
            authority = AUTHORITIES[1][0]
        elif to in {"suspended", "revoked"} or reason == "lifted":
            authority = AUTHORITIES[2][0]
        document = f"DEMO-DOC-{number:05d}"
        rows.append([code, before, to, REASONS[reason], authority, document, day])
    header = ("code", "from", "to", "reason", "authority", "document", "decided_on")
    writers.csv_file(folder / "decisions.csv", header, rows, bom=True)
    return {**writers.counted(len(rows)), **dict(sorted(Counter(final.values()).items()))}


def _way(status: str) -> list[tuple[str, str]]:
    """Return how a site comes to its status by the shortest way, with the reasons."""
    way = [("under_review", "under_review")]
    if status == "suspended":
        return [*way, ("legal", "legal"), ("suspended", "suspended")]
    return way if status == "under_review" else [*way, (status, status)]


def _longer_ways(final: dict[str, str], told: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    """Choose the sites with a longer history; some of them end in a status of their own.

    Of the sites that stories are told of, one waits for its appeal, one is illegal, one is legal
    again: what is alleged of a site says nothing of its status.
    """
    for code in told:
        final.pop(code, None)
    legal = sorted(code for code, status in final.items() if status == "legal")
    suspended = sorted(code for code, status in final.items() if status == "suspended")
    chosen = legal[:: len(legal) // (APPEALED + LIFTED + REGULARISED)]
    ways: dict[str, list[tuple[str, str]]] = {}
    for number, code in enumerate(chosen[: APPEALED + LIFTED + REGULARISED]):
        review = _way("under_review")
        judged = [*review, ("illegal", "illegal")]
        if number % 3 == 0 and number // 3 < APPEALED:
            ways[code] = [*judged, ("under_review", "appeal"), ("legal", "annulled")]
        elif number % 3 == 1:
            ways[code] = [*judged, ("regularised", "regularised")]
            final[code] = "regularised"
        else:
            ways[code] = [*_way("suspended"), ("legal", "lifted")]
    for code in suspended[:REVOKED]:
        ways[code] = [*_way("suspended"), ("revoked", "revoked")]
        final[code] = "revoked"
    appealing, unlawful, lifted = told
    ways[appealing] = [*_way("illegal"), ("under_review", "appeal")]
    ways[unlawful] = _way("illegal")
    ways[lifted] = [*_way("suspended"), ("legal", "lifted")]
    final.update({appealing: "under_review", unlawful: "illegal", lifted: "legal"})
    return ways


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
                    f"Deputy Governor {number}, {name.en} (demo)",
                    f"អភិបាលរងទី{digit} {name.km} (សាកល្បង)",
                    *groups,
                    _vehicles(f"{PREFIX[province]}{number}", "van" if number % 2 else "truck"),
                    f"ប៉ុស្តិ៍វិទ្យុលេខ {number + 3} (សាកល្បង) / Radio channel {number + 3} (demo)",
                ]
            )
    writers.csv_file(folder / "teams.csv", TEAM_HEADER, rows, bom=True)
    return writers.counted(len(rows))


def _vehicles(called: str, second: str) -> str:
    """Return a team's two vehicles; by their names they are no other team's."""
    return f"car:{called}-1; {second}:{called}-2"


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
                        "name": f"{ZONE_NAMES[province][index]} (Demo)",
                        "name_km": f"{ZONE_NAMES_KM[province][index]} (សាកល្បង)",
                        "colour": index,
                        "priority": index + 1,
                        "team": f"{province}-{index + 1}",
                    },
                    "geometry": {"type": "Polygon", "coordinates": [outline]},
                }
            )
    writers.geojson_file(folder / "zones.geojson", "Demo zones", features)
    return writers.counted(len(features))
