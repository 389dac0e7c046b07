"""Fictional allegations noted at border posts, so that border pressure has something to show.

They lie along the line in open country, gather at one stretch of each of two provinces, become
more at one gate, and become fewer around another town after an operation of the spring. Nothing of
it happened: no place was chosen for anything that is known of it.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from resources.demo import writers
from resources.demo.allegations import HEADER, LAST_DAY
from resources.demo.dice import seeded

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

    from resources.demo.writers import Cell

NAME: Final = "allegations_border_posts.csv"
Place = tuple[float, float, str]
"""Longitude, latitude, NCDD code of the commune."""

OVER_DAYS: Final = 125
"""So many days before the last one the operation around the gate town was."""
AROUND: Final = 80
"""Days before and after it in which something is alleged there."""
TOWN: Final = (102.5650, 13.6620)
TOWN_COMMUNE: Final = "011002"
BEFORE, AFTER = 18, 5
BESIDE: Final = 4
OPEN_DAYS: Final = 290
"""So long something has been alleged at the gate where it becomes more."""
RECENT_DAYS: Final = 45
TEXTS: Final = (
    "Demo: people were led along the line at night.",
    "សាកល្បង៖ មានគេនាំមនុស្សដើរតាមខ្សែព្រំដែននៅពេលយប់។",
    "Demo: a driver waited beside the road and asked for money.",
    "សាកល្បង៖ អ្នកបើកបរម្នាក់រង់ចាំក្បែរផ្លូវ ហើយទារប្រាក់។",
)
ALONG: tuple[Place, ...] = (
    (102.47, 13.5426, "010903"),
    (102.502, 13.5567, "010903"),
    (102.533, 13.561, "010905"),
    (102.6386, 13.7132, "011003"),
    (102.6822, 13.7423, "010509"),
    (102.6973, 13.7499, "010509"),
    (102.7546, 13.7724, "010803"),
    (102.7558, 13.817, "010803"),
    (102.7846, 13.8556, "010804"),
    (102.8108, 13.8934, "010804"),
    (102.802, 13.9358, "010702"),
    (102.9138, 14.0746, "010701"),
    (102.9559, 14.1053, "010701"),
    (102.9497, 14.1501, "010701"),
    (102.9425, 14.1757, "010701"),
    (102.9556, 14.2066, "010701"),
    (103.005, 14.2091, "010701"),
    (102.7994, 13.9113, "010804"),
    (102.5545, 13.542, "010905"),
    (102.9257, 14.0722, "010701"),
    (102.4412, 13.5336, "010904"),
    (102.7785, 12.4383, "020901"),
    (102.7739, 12.4614, "020901"),
    (102.7387, 12.4719, "020901"),
    (102.7437, 12.5064, "020904"),
    (102.7104, 12.5308, "020904"),
    (102.705, 12.5587, "020905"),
    (102.6608, 12.5862, "020905"),
    (102.631, 12.6287, "020905"),
    (102.5978, 12.6565, "020906"),
    (102.5632, 12.6909, "020906"),
    (102.5306, 12.6819, "020906"),
    (102.5359, 13.0177, "021201"),
    (102.4987, 13.034, "021201"),
    (102.4233, 13.1447, "021205"),
    (102.3982, 13.2064, "021102"),
    (102.369, 13.2541, "021105"),
    (102.3768, 13.2821, "021105"),
    (102.3792, 13.3103, "021101"),
    (102.3642, 13.3425, "021104"),
    (102.5003, 13.0308, "021201"),
)
"""Here and there along the line, in 01 and 02."""
GATHERED: tuple[Place, ...] = (
    (102.9153, 14.0883, "010701"),
    (102.92, 14.095, "010701"),
    (102.9217, 14.0937, "010701"),
    (102.9134, 14.0911, "010701"),
    (102.9107, 14.0907, "010701"),
    (102.9159, 14.0854, "010701"),
    (102.9352, 14.0745, "010701"),
    (102.907, 14.0689, "010701"),
    (102.9087, 14.0922, "010701"),
    (102.9136, 14.0839, "010701"),
    (102.9058, 14.0813, "010701"),
    (102.9155, 14.0761, "010701"),
    (102.5792, 12.6719, "020906"),
    (102.5668, 12.6766, "020906"),
    (102.5791, 12.6857, "020906"),
    (102.5573, 12.6918, "020906"),
    (102.5744, 12.6732, "020906"),
    (102.5922, 12.6589, "020906"),
    (102.5446, 12.6629, "020906"),
    (102.5625, 12.6708, "020906"),
    (102.595, 12.6784, "020906"),
)
"""At one stretch of each province."""
GATE: tuple[Place, ...] = (
    (102.4745, 13.0871, "021202"),
    (102.457, 13.1078, "021202"),
    (102.4735, 13.0923, "021202"),
    (102.4622, 13.0871, "021202"),
    (102.4572, 13.0864, "021202"),
    (102.4681, 13.1006, "021202"),
    (102.4574, 13.1057, "021202"),
    (102.4657, 13.1003, "021202"),
    (102.47, 13.0911, "021202"),
    (102.4733, 13.096, "021202"),
    (102.466, 13.0892, "021202"),
    (102.4601, 13.0969, "021202"),
)
"""At a gate that has been open again for some time."""


def write(seed: int, folder: Path) -> dict[str, dict[str, int]]:
    """Write the register; return the counts an import must find."""
    rng = seeded(seed)
    told = [(place, rng.randint(3, 360)) for place in ALONG]
    told += [(place, rng.randint(3, 330)) for place in GATHERED]
    # The later, the more.
    gate = [_shifted(rng, place) for place in (*GATE, *GATE)]
    told += [(p, round(OPEN_DAYS * (1 - (n / len(gate)) ** 0.4))) for n, p in enumerate(gate)]
    told += [(p, OVER_DAYS + 2 + rng.randint(0, AROUND)) for p in _near(rng, BEFORE, 0.008)]
    told += [(p, OVER_DAYS - 2 - rng.randint(0, AROUND)) for p in _near(rng, AFTER, 0.008)]
    told += [(p, OVER_DAYS + 2 + rng.randint(0, AROUND)) for p in _beside(rng)]
    told += [(p, OVER_DAYS - 2 - rng.randint(0, AROUND)) for p in _beside(rng)]
    told.sort(key=lambda each: -each[1])
    rows = [_row(rng, n, place, days) for n, (place, days) in enumerate(told, start=1)]
    writers.csv_file(folder / NAME, HEADER, rows, bom=True)
    return {NAME: writers.counted(len(rows))}


def _shifted(rng: Random, place: Place) -> Place:
    lon, lat, commune = place
    return round(lon + rng.uniform(-0.002, 0.002), 4), round(lat, 4), commune


def _near(rng: Random, count: int, degrees: float) -> list[Place]:
    lon, lat = TOWN
    return [
        (
            round(lon + rng.uniform(-degrees, degrees), 4),
            round(lat + rng.uniform(-degrees, degrees), 4),
            TOWN_COMMUNE,
        )
        for _ in range(count)
    ]


def _beside(rng: Random) -> list[Place]:
    """Return places to the east of the town, outside the zone of the operation."""
    return [
        (round(lon + 0.027, 4), lat, commune) for lon, lat, commune in _near(rng, BESIDE, 0.004)
    ]


def _row(rng: Random, number: int, place: Place, days: int) -> list[Cell]:
    received = LAST_DAY - timedelta(days=days)
    lon, lat, commune = place
    values: dict[str, Cell] = {
        "reference": f"DEMO-A-POST-{number:03d}",
        "received_on": received,
        "occurred_on": received - timedelta(days=rng.randint(0, 6)),
        "channel": rng.choice(("police", "hotline", "walk_in")),
        "kinds": rng.choice(("human_trafficking", "human_trafficking", "forced_labour")),
        "held_now": rng.choice(("no", "unknown")),
        "precision": "point",
        "place": "ជិតខ្សែព្រំដែន (សាកល្បង)",
        "district_code": commune[:4],
        "commune_code": commune,
        "latitude": lat,
        "longitude": lon,
        "source": f"S-{rng.randint(1, 60):03d}",
        "reliability": rng.choices("ABCDF", (1, 5, 8, 4, 5))[0],
        "credibility": rng.choices("12346", (1, 5, 6, 4, 5))[0],
        "status": "assessing" if days < RECENT_DAYS else rng.choice(("actioned", "closed")),
        "text": rng.choice(TEXTS),
    }
    return [_said(values.get(column)) for column in HEADER]


def _said(value: Cell) -> Cell:
    return value.isoformat() if isinstance(value, date) else value
