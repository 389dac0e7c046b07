"""The files that provincial offices would keep of the fictional sites and their licences.

They carry the mistakes that real registers have, always in the same rows.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from resources.demo import writers
from resources.demo.dice import happens, seeded
from resources.demo.sites import LAST_DAY, REGISTER, DemoSite, commune_name, invent_one
from resources.demo.words import ACTIVITY_WORDS, KINDS, MOTIFS, PREFIX, PROVINCES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from random import Random

    from resources.demo.writers import Cell

LICENCES = {"18": 150, "01": 100, "02": 80}

# Shares of the licences that ended, and of the rest that end within 90 days; every so many-th has
# another name, or lies 700 m off.
EXPIRED, EXPIRING, EXPIRING_DAYS = 0.08, 0.06, 90
OTHER_NAME, OTHER_PLACE = 29, 17

NO_SUCH_DAY = "31/02/2022"
BANGKOK = (100.5018, 13.7563)

# The codes of the rows that are spoilt on purpose: no plan can hold them after an import.
NOT_IMPORTED = frozenset(
    {
        "PSH-0058",
        "PSH-0144",
        "PSH-0202",
        "BMC-0034",
        "BMC-0091",
        "BMC-0122",
        "BTB-0041",
        "BTB-0096",
        "FV-PSH-0012",
    }
)

HEADER = (
    "code",
    "name_km",
    "name_en",
    "name_zh",
    "kind",
    "latitude",
    "longitude",
    "accuracy_m",
    "commune_code",
    "commune",
    "address",
    "capacity",
    "activity",
    "visited_on",
    "status",
)
HEADER_KM = (
    "លេខកូដ",
    "ឈ្មោះ (ខ្មែរ)",
    "ឈ្មោះ (អង់គ្លេស)",
    "ឈ្មោះ (ចិន)",
    "ប្រភេទ",
    "រយៈទទឹង",
    "រយៈបណ្តោយ",
    "ភាពត្រឹមត្រូវ (ម)",
    "លេខកូដឃុំ",
    "ឃុំ/សង្កាត់",
    "អាសយដ្ឋាន",
    "ចំណុះ",
    "សកម្មភាព",
    "ថ្ងៃចុះពិនិត្យ",
    "ស្ថានភាព",
)
LICENCE_HEADER = (
    "licence_number",
    "business_name_km",
    "business_name_en",
    "site_code",
    "holder",
    "activity",
    "authority",
    "issued_on",
    "expires_on",
    "commune_code",
    "latitude",
    "longitude",
)


def write(register: Sequence[DemoSite], folder: Path) -> dict[str, dict[str, int]]:
    """Write the registers of sites and licences; return the counts an import must find."""
    rng = seeded(7)
    of = {p: [s for s in register if s.code.startswith(PREFIX[p])] for p in PROVINCES}
    phone = of["02"][REGISTER["02"] :]
    of["02"] = of["02"][: REGISTER["02"]]
    visits = [s for s in register if s.code.startswith("FV-")]
    return {
        "sites_preah_sihanouk.xlsx": _write_xlsx(rng, of["18"], folder),
        "sites_banteay_meanchey.csv": _write_csv(rng, of["01"], folder),
        "sites_battambang.geojson": _write_geojson(rng, of["02"], folder),
        "sites_field_visit.kml": _write_kml(visits, folder),
        "sites_phone.gpx": _write_gpx(phone, folder),
        "licences.csv": _write_licences(rng, of, folder),
    }


def _row(rng: Random, site: DemoSite, visited: Cell) -> list[Cell]:
    """Return a site as an office writes it, in either language."""
    return [
        site.code,
        site.name_km,
        site.name_en,
        site.name_zh or None,
        rng.choice(KINDS[site.kind].office),
        site.lat,
        site.lon,
        site.accuracy,
        site.cluster.commune,
        commune_name(site.cluster.commune)[1],
        site.address,
        site.capacity,
        rng.choice(ACTIVITY_WORDS[site.activity]),
        visited,
        site.claim or None,
    ]


def _write_xlsx(rng: Random, sites: Sequence[DemoSite], folder: Path) -> dict[str, int]:
    rows = [_row(rng, s, s.visited_on) for s in sites]
    _spoil(rows, 57, latitude=0, longitude=0)
    _spoil(rows, 143, visited_on=NO_SUCH_DAY)
    _spoil(rows, 201, latitude=None, longitude=None)
    header = [f"{km} / {key}" for km, key in zip(HEADER_KM, HEADER, strict=True)]
    writers.xlsx_file(folder / "sites_preah_sihanouk.xlsx", "ទីតាំង (សាកល្បង)", header, rows)
    return writers.counted(len(rows), rejected=2, waiting=1)


def _write_csv(rng: Random, sites: Sequence[DemoSite], folder: Path) -> dict[str, int]:
    rows = [_row(rng, s, f"{s.visited_on:%d/%m/%Y}") for s in sites]
    _spoil(rows, 33, longitude=BANGKOK[0], latitude=BANGKOK[1])
    _spoil(rows, 90, visited_on=NO_SUCH_DAY)
    _spoil(rows, 121, latitude=None, longitude=None)
    path = folder / "sites_banteay_meanchey.csv"
    writers.csv_file(path, HEADER, rows, delimiter=";", bom=True)
    return writers.counted(len(rows), rejected=2, waiting=1)


def _spoil(rows: list[list[Cell]], index: int, **cells: Cell) -> None:
    """Put the mistakes that real registers have into one row."""
    for column, value in cells.items():
        rows[index][HEADER.index(column)] = value


def _write_geojson(rng: Random, sites: Sequence[DemoSite], folder: Path) -> dict[str, int]:
    placed = list(sites)
    placed[40] = replace(placed[40], lon=0.0, lat=0.0)
    placed[95] = replace(placed[95], lon=BANGKOK[0], lat=BANGKOK[1])
    features = []
    for site in placed:
        row = dict(zip(HEADER, _row(rng, site, site.visited_on.isoformat()), strict=True))
        lon, lat = row.pop("longitude"), row.pop("latitude")
        features.append(writers.point_feature(row, float(str(lon)), float(str(lat))))
    writers.geojson_file(folder / "sites_battambang.geojson", "Demo sites", features)
    return writers.counted(len(features), rejected=2)


def _write_kml(sites: Sequence[DemoSite], folder: Path) -> dict[str, int]:
    placed = list(sites)
    placed[11] = replace(placed[11], lon=BANGKOK[0], lat=BANGKOK[1])
    marks = "\n".join(
        f"<Placemark><name>{escape(s.name_en)}</name><ExtendedData>"
        f'<Data name="code"><value>{s.code}</value></Data>'
        f'<Data name="name_km"><value>{escape(s.name_km)}</value></Data>'
        f'<Data name="kind"><value>{KINDS[s.kind].office[0]}</value></Data>'
        f'<Data name="commune_code"><value>{s.cluster.commune}</value></Data>'
        f'<Data name="visited_on"><value>{s.visited_on.isoformat()}</value></Data>'
        f"</ExtendedData><Point><coordinates>{s.lon:.5f},{s.lat:.5f},0</coordinates></Point>"
        "</Placemark>"
        for s in placed
    )
    (folder / "sites_field_visit.kml").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
        f"<name>{writers.ABOUT}</name><Folder><name>Demo field visit</name>\n{marks}\n"
        "</Folder></Document></kml>\n",
        encoding="utf-8",
    )
    return writers.counted(len(placed), rejected=1)


def _write_gpx(sites: Sequence[DemoSite], folder: Path) -> dict[str, int]:
    placed = list(sites)
    placed[6] = replace(placed[6], lon=0.0, lat=0.0)
    marks = "\n".join(
        f'<wpt lat="{s.lat:.5f}" lon="{s.lon:.5f}">'
        f"<time>2022-09-{10 + i // 5:02d}T{1 + i % 5:02d}:20:00Z</time>"
        f"<name>{escape(s.name_en)}</name><desc>{KINDS[s.kind].office[0]}</desc></wpt>"
        for i, s in enumerate(placed)
    )
    (folder / "sites_phone.gpx").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<gpx version="1.1" creator="Demo phone" xmlns="http://www.topografix.com/GPX/1/1">'
        f"<metadata><name>{writers.ABOUT}</name></metadata>\n{marks}\n</gpx>\n",
        encoding="utf-8",
    )
    return writers.counted(len(placed), rejected=1)


def _write_licences(rng: Random, of: dict[str, list[DemoSite]], folder: Path) -> dict[str, int]:
    rows: list[list[Cell]] = []
    for province, count in LICENCES.items():
        licensed = [s for s in of[province] if s.licensed]
        matched = rng.sample(licensed, min(len(licensed), round(count * 0.9)))
        for site in sorted(matched, key=lambda s: s.code):
            rows.append(_licence(rng, site, len(rows) + 1))
        for _ in range(count - len(matched)):
            # A licence whose site nobody has registered yet.
            site = invent_one(rng, province, "", 900 + len(rows))
            rows.append(_licence(rng, site, len(rows) + 1))
    _spread(rows)
    rows[101][LICENCE_HEADER.index("issued_on")] = NO_SUCH_DAY
    rows[222][LICENCE_HEADER.index("licence_number")] = None
    rows[288][LICENCE_HEADER.index("licence_number")] = rows[280][0]
    writers.csv_file(folder / "licences.csv", LICENCE_HEADER, rows, bom=True)
    return writers.counted(len(rows), rejected=2, waiting=1)


def _licence(rng: Random, site: DemoSite, number: int) -> list[Cell]:
    surveyed = happens(rng, 0.6)
    return [
        f"DEMO-L-{number:05d}",
        site.name_km,
        site.name_en,
        site.code if happens(rng, 0.75) else None,
        f"Demo {rng.choice(MOTIFS).en} Holding Co., Ltd. {rng.randint(1, 40):02d}",
        rng.choice(KINDS[site.kind].office),
        f"Demo licensing office of {PROVINCES[site.province].en}",
        None,
        None,
        site.cluster.commune,
        site.lat if surveyed else None,
        site.lon if surveyed else None,
    ]


def _spread(rows: list[list[Cell]]) -> None:
    """Give licences their dates, and a few of them another name or place than their site's.

    Seen from `LAST_DAY` most are valid, some ended within the last year, some end within 90 days.
    """
    rng = seeded(11)
    issued_on, expires_on = (LICENCE_HEADER.index(c) for c in ("issued_on", "expires_on"))
    for index, row in enumerate(rows):
        years = rng.choice((2, 3, 5, 5, 5))
        left = rng.randint(95, 365 * years - 30)
        if happens(rng, EXPIRED):
            left = -rng.randint(3, 400)
        elif happens(rng, EXPIRING):
            left = rng.randint(2, 88)
        ends = LAST_DAY + timedelta(days=left)
        row[issued_on] = ends - timedelta(days=365 * years)
        row[expires_on] = ends if left < EXPIRING_DAYS or happens(rng, 0.93) else None
        if not row[LICENCE_HEADER.index("site_code")]:
            continue
        if index % OTHER_NAME == 0:
            other = rows[(index + 57) % len(rows)]
            for column in ("business_name_km", "business_name_en"):
                row[LICENCE_HEADER.index(column)] = other[LICENCE_HEADER.index(column)]
        elif index % OTHER_PLACE == 0 and row[LICENCE_HEADER.index("latitude")]:
            latitude = LICENCE_HEADER.index("latitude")
            row[latitude] = round(float(str(row[latitude])) + 0.0065, 5)
