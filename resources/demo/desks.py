"""Fictional allegations taken down at complaint desks, so that hotspots have a course in time.

Around some of the towns of `places` they become more from month to month, around others fewer;
somewhere they began of late, somewhere they ended. Nothing of it happened: the towns are those of
the other registers, and the courses are invented.
"""

from __future__ import annotations

import math
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from resources.demo import writers
from resources.demo.allegations import HEADER
from resources.demo.dice import seeded
from resources.demo.places import CLUSTERS
from resources.demo.sites import LAST_DAY

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

    from resources.demo.places import Cluster
    from resources.demo.writers import Cell

NAME: Final = "allegations_complaint_desks.csv"
STEP_DAYS: Final = 30
RECENT_DAYS: Final = 45
KM_PER_DEGREE: Final = 111.32
COURSES: Final[dict[str, tuple[int, ...]]] = {
    # Commune of the town → allegations of each 30 days, the last ones last.
    "180103": (4, 4, 4, 5, 5, 6, 7, 8, 9, 10, 12, 13),
    "180605": (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8),
    "180214": (0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 5, 6),
    "180302": (4, 0, 0, 4, 0, 0, 0, 4, 0, 0, 0, 5),
    "011003": (13, 12, 10, 9, 8, 7, 6, 6, 5, 5, 4, 4),
    "010607": (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 6),
    "020303": (3, 3, 4, 4, 4, 5, 6, 6, 7, 8, 9, 10),
    "021005": (5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 0),
}
KINDS: Final = (
    *("forced_labour", "forced_criminality", "unlawful_detention", "forced_overtime"),
    *("human_trafficking", "illegal_gambling", "sexual_exploitation", "torture"),
)
TEXTS: Final = (
    "Demo: came to the desk and told what a friend had written.",
    "សាកល្បង៖ មកប្រាប់នៅតុទទួលពាក្យបណ្តឹង អំពីអ្វីដែលមិត្តភក្តិបានសរសេរ។",
    "Demo: a relative asks that somebody go and look.",
    "សាកល្បង៖ សាច់ញាតិសុំឱ្យមានគេទៅមើល។",
)


def write(seed: int, folder: Path) -> dict[str, dict[str, int]]:
    """Write the register; return the counts an import must find."""
    rng = seeded(seed)
    towns = {town.commune: town for each in CLUSTERS.values() for town in each}
    told = [
        (ago * STEP_DAYS + rng.randint(1, STEP_DAYS - 1), towns[commune])
        for commune, course in COURSES.items()
        for ago, count in enumerate(reversed(course))
        for _ in range(count)
    ]
    told.sort(key=lambda each: -each[0])
    rows = [_row(rng, n, days, town) for n, (days, town) in enumerate(told, start=1)]
    writers.csv_file(folder / NAME, HEADER, rows, bom=True)
    return {NAME: writers.counted(len(rows))}


def _row(rng: Random, number: int, days: int, town: Cluster) -> list[Cell]:
    received = LAST_DAY - timedelta(days=days)
    # Anywhere in the circle of the town, which is known to lie on land.
    far, angle = town.radius * math.sqrt(rng.random()), rng.uniform(0, 2 * math.pi)
    north = far * math.sin(angle) / KM_PER_DEGREE
    east = far * math.cos(angle) / KM_PER_DEGREE / math.cos(math.radians(town.lat))
    values: dict[str, Cell] = {
        "reference": f"DEMO-A-DESK-{number:03d}",
        "received_on": received,
        "occurred_on": received,
        "channel": rng.choice(("walk_in", "rights_group", "police")),
        "kinds": rng.choice(KINDS),
        "people_min": rng.randint(1, 9),
        "held_now": rng.choice(("no", "unknown")),
        "precision": "point",
        "place": f"ក្បែរ {town.name_km} (សាកល្បង)",
        "district_code": town.commune[:4],
        "commune_code": town.commune,
        "latitude": round(town.lat + north, 5),
        "longitude": round(town.lon + east, 5),
        "source": f"S-{rng.randint(1, 60):03d}",
        "reliability": rng.choices("ABCDF", (1, 5, 8, 4, 5))[0],
        "credibility": rng.choices("12346", (1, 5, 6, 4, 5))[0],
        "status": "assessing" if days < RECENT_DAYS else rng.choice(("actioned", "closed")),
        "text": rng.choice(TEXTS),
    }
    return [_said(values.get(column)) for column in HEADER]


def _said(value: Cell) -> Cell:
    return value.isoformat() if isinstance(value, date) else value
