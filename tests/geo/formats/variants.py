"""Registers as offices might write them that nobody has seen: made by dice, with what comes out.

A variant is a list of sites with true values, and a file that tells them in some office's way: its
words, its order of columns, its separators and styles, with titles, totals and blank lines around.
"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from openpyxl import Workbook

from geo.crs import from_utm

if TYPE_CHECKING:
    import random

KHMER_DIGITS = str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")
HEADS = {
    "code": ("Code", "Site code", "លេខកូដ", "ID", "Register code", "Code du site", "N° / ID"),
    "name": ("Name", "Site name", "ឈ្មោះទីតាំង", "Nom du site", "Business name", "NAME_EN",
             "ឈ្មោះ / Name"),
    "kind": ("Type", "Category", "ប្រភេទ", "Catégorie", "site_info/site_kind", "Type of site",
             "KIND"),
    "visited": ("Visited on", "Inspection date", "ថ្ងៃពិនិត្យ", "Date de visite", "Date"),
    "capacity": ("Rooms", "Capacity", "ចំណុះ", "Capacité"),
    "lat": ("Latitude", "lat", "រយៈទទឹង", "GPS latitude", "LAT (N)", "Latitude Nord"),
    "lon": ("Longitude", "long", "រយៈបណ្តោយ", "GPS longitude", "LON (E)", "Longitude Est"),
    "number": ("No.", "ល.រ", "#"),
    "remarks": ("Remarks", "ផ្សេងៗ"),
    "telephone": ("Telephone", "លេខទូរស័ព្ទ"),
    "coordinate": ("GPS", "Coordinates", "កូអរដោនេ", "Coordonnées", "Location GPS"),
}  # fmt: skip
KINDS = {
    "casino": ("casino", "កាស៊ីណូ", "CASINO"),
    "hotel_guesthouse": ("hotel", "Guesthouse", "សណ្ឋាគារ", "hotel_guesthouse"),
    "factory": ("Factory", "រោងចក្រ"),
    "restaurant": ("restaurant", "ភោជនីយដ្ឋាន"),
}
MONTHS = ("មករា", "កុម្ភៈ", "មីនា", "មេសា", "ឧសភា", "មិថុនា",
          "កក្កដា", "សីហា", "កញ្ញា", "តុលា", "វិច្ឆិកា", "ធ្នូ")  # fmt: skip
TITLES = ("Register of sites (fictional)", "បញ្ជីទីតាំងសាកល្បង", "Liste fictive, mai 2022")
NOTES = ("Prepared by the office", "បានត្រួតពិនិត្យ")


@dataclass(frozen=True)
class Truth:
    """A site as it really is, and whether its row can be imported."""

    code: str
    name: str
    kind: str
    lat: float
    lon: float
    visited: date
    sound: bool = True


@dataclass
class Variant:
    """A file and what stands in it."""

    path: Path
    truths: list[Truth]
    rows: list[int] = field(default_factory=list)
    """Number of each truth's row, as a person counts."""


def truths(dice: random.Random, count: int) -> list[Truth]:
    """Return made-up sites; one of seven has no place."""
    return [
        Truth(
            code=f"{dice.choice(('A', 'ក', '00'))}{n:03d}",
            name=f"Demo {dice.choice(('Lotus', 'Kite', 'Lạc', 'ផ្កា'))} {n}",
            kind=dice.choice(list(KINDS)),
            lat=round(dice.uniform(11.2, 13.4), 5),
            lon=round(dice.uniform(103.4, 105.4), 5),
            visited=date(2020, 1, 1) + timedelta(days=dice.randrange(900)),
            sound=dice.random() > 1 / 7,
        )
        for n in range(count)
    ]


def day_text(dice: random.Random, day: date, *, typed: bool) -> object:
    styles = [
        day.isoformat(),
        f"{day:%d/%m/%Y}",
        f"{day:%d-%m-%y}",
        f"{day:%d.%m.%Y}",
        f"{day:%d-%b-%Y}",
        f"{day:%d/%m/%Y}".translate(KHMER_DIGITS),
        f"ថ្ងៃទី{day.day} ខែ{MONTHS[day.month - 1]} ឆ្នាំ{day.year}".translate(KHMER_DIGITS),
    ]
    if typed:
        styles += [day, (day - date(1899, 12, 30)).days]  # type: ignore[list-item]
    return dice.choice(styles)


def place_text(dice: random.Random, lat: float, lon: float) -> str:
    sides = [
        f"{int(v)}°{int(v % 1 * 60):02d}'{v * 60 % 1 * 60:05.2f}\"{s}"
        for v, s in ((lat, "N"), (lon, "E"))
    ]
    return dice.choice(
        (
            f"{lat}, {lon}",
            f"{lat};{lon}",
            f"{lat} {lon}",
            f"({lat}, {lon})",
            f"{lat}°N {lon}°E",
            f"N{lat} E{lon}",
            f"{lon}, {lat}",
            f"{lat}, {lon}".translate(KHMER_DIGITS),
            f"{str(lat).replace('.', ',')}; {str(lon).replace('.', ',')}",
            f"https://maps.example/@{lat},{lon},17z",
            f"https://maps.example/?q={lat},{lon}",
            " ".join(sides),
            ", ".join(sides),
            utm(lat, lon),
        )
    )


def utm(lat: float, lon: float) -> str:
    """Return the grid position by trial: the projection itself is what is tested elsewhere."""
    east, north = 500_000 + (lon - 105) * 108_500, lat * 110_600
    for _ in range(30):
        x, y = from_utm((east, north))
        east, north = east + (lon - x) * 108_500, north + (lat - y) * 110_600
    return f"48N {east:.1f} {north:.1f}"


def table(dice: random.Random, sites: list[Truth], *, typed: bool) -> list[list[object]]:
    """Return header and rows of a table."""
    one_column = dice.random() < 0.5
    fields = ["code", "name", "kind", "visited", "coordinate" if one_column else "lat"]
    fields += dice.sample(("capacity", "", "remarks", "remarks", "telephone"), dice.randrange(5))
    dice.shuffle(fields)
    if not one_column:
        fields.insert(fields.index("lat") + 1, "lon")
    fields.insert(0, dice.choice(("number", "")))
    comma = not typed and dice.random() < 0.4
    heads = [dice.choice(HEADS.get(f, ("",))) for f in fields]
    lines: list[list[object]] = [list(heads)]
    if not one_column and dice.random() < 0.3:
        # The group above stands over its first column only; the others have nothing below them.
        at = fields.index("lat")
        lower: list[object] = [""] * len(heads)
        lower[at : at + 2] = heads[at : at + 2]
        lines = [[*heads[:at], dice.choice(("GPS", "ទីតាំង", "Position")), "", *heads[at + 2 :]]]
        lines.append(lower)
    for n, site in enumerate(sites, 1):
        lat, lon = (site.lat, site.lon) if site.sound else (0.0, 0.0)
        numbers = {"lat": lat, "lon": lon}
        values: dict[str, object] = {
            "number": n,
            "": "",
            "remarks": dice.choice(("", "A line of remarks, with a comma", "ចំណាំ; សាកល្បង")),
            "telephone": f"012 345 {n:03d}",
            "code": site.code,
            "name": site.name,
            "kind": dice.choice(KINDS[site.kind]),
            "visited": day_text(dice, site.visited, typed=typed),
            "capacity": dice.choice(("", 12, "១២", "12 persons")),
            "coordinate": place_text(dice, lat, lon) if site.sound else "0, 0",
            **{k: str(v).replace(".", ",") if comma else v for k, v in numbers.items()},
        }
        lines.append([values[f] for f in fields])
    return lines


def decorated(
    dice: random.Random, lines: list[list[object]], count: int
) -> tuple[list[list[object]], list[int]]:
    """Put titles, blank lines and totals around a table; return where its rows are then."""
    width = len(lines[0])
    blank: list[object] = [""] * width
    out: list[list[object]] = [
        [dice.choice(TITLES), *[""] * (width - 1)] for _ in range(dice.randrange(3))
    ]
    if out and dice.random() < 0.5:
        out.append(list(blank))
    out += lines[:-count]
    numbers = []
    for line in lines[-count:]:
        if dice.random() < 0.1:
            out.append(list(blank))
        out.append(line)
        numbers.append(len(out))
        if dice.random() < 0.05:
            out.append([dice.choice(("Total", "សរុប")), "", 7, *[""] * (width - 3)])
    if dice.random() < 0.4:
        out += [list(blank), [dice.choice(NOTES), *[""] * (width - 1)]]
    return out, numbers


def csv_file(dice: random.Random, folder: Path, sites: list[Truth]) -> Variant:
    lines, numbers = decorated(dice, table(dice, sites, typed=False), len(sites))
    text = io.StringIO()
    quoting = dice.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL))
    ends = dice.choice(("\n", "\r\n"))
    writer = csv.writer(text, delimiter=dice.choice(",;\t|"), quoting=quoting, lineterminator=ends)
    writer.writerows(lines)
    path = folder / dice.choice(("x.csv", "x.txt", "x.tsv"))
    encoding = dice.choice(("utf-8", "utf-8-sig", "utf-16"))
    path.write_bytes(text.getvalue().encode(encoding))
    return Variant(path, sites, numbers)


def xlsx_file(dice: random.Random, folder: Path, sites: list[Truth]) -> Variant:
    lines, numbers = decorated(dice, table(dice, sites, typed=True), len(sites))
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = dice.choice(("Sites", "ទីតាំង", "2022-05"))
    for n, line in enumerate(lines, 1):
        sheet.append([cell if cell != "" else None for cell in line])
        filled = [c for c in line if c != ""]
        if filled and filled[0] in TITLES and dice.random() < 0.7:
            sheet.merge_cells(start_row=n, end_row=n, start_column=1, end_column=len(line))
    if dice.random() < 0.5:
        other = book.create_sheet("Summary", dice.choice((0, 1)))
        other.append(["Type", "How many"])
        other.append(["casino", 3])
    if numbers and dice.random() < 0.3:
        sheet.row_dimensions[numbers[0]].hidden = True
    path = folder / "x.xlsx"
    book.save(path)
    return Variant(path, sites, numbers)


def geojson_file(dice: random.Random, folder: Path, sites: list[Truth]) -> Variant:
    names = {f: dice.choice(HEADS[f]) for f in ("code", "name", "kind", "visited")}
    features = [
        {
            "type": "Feature",
            "properties": {
                names["code"]: s.code,
                names["name"]: s.name,
                names["kind"]: dice.choice(KINDS[s.kind]),
                names["visited"]: day_text(dice, s.visited, typed=False),
            },
            "geometry": {
                "type": "Point",
                "coordinates": [s.lon, s.lat] if s.sound else [0, 0],
            },
        }
        for s in sites
    ]
    path = folder / dice.choice(("x.geojson", "x.json"))
    collection = {"type": "FeatureCollection", "features": features}
    path.write_text(json.dumps(collection, ensure_ascii=dice.random() < 0.5), encoding="utf-8")
    return Variant(path, sites, list(range(1, len(sites) + 1)))


def kml_file(dice: random.Random, folder: Path, sites: list[Truth]) -> Variant:
    names = {f: dice.choice(HEADS[f]) for f in ("code", "kind", "visited")}
    marks = []
    for s in sites:
        lon, lat = (s.lon, s.lat) if s.sound else (0, 0)
        values = {
            names["code"]: s.code,
            names["kind"]: dice.choice(KINDS[s.kind]),
            names["visited"]: day_text(dice, s.visited, typed=False),
        }
        data = "".join(
            f'<Data name="{escape(k)}"><value>{escape(str(v))}</value></Data>'
            for k, v in values.items()
        )
        mark = (
            f"<Placemark><name>{escape(s.name)}</name><ExtendedData>{data}</ExtendedData>"
            f"<Point><coordinates>{lon},{lat},0</coordinates></Point></Placemark>"
        )
        marks.append(f"<Folder><name>F</name>{mark}</Folder>" if dice.random() < 0.3 else mark)
    path = folder / "x.kml"
    text = (
        f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{"".join(marks)}</Document></kml>'
    )
    path.write_bytes(text.encode(dice.choice(("utf-8", "utf-16"))))
    return Variant(path, sites, list(range(1, len(sites) + 1)))


def gpx_file(dice: random.Random, folder: Path, sites: list[Truth]) -> Variant:
    marks = []
    for s in sites:
        lon, lat = (s.lon, s.lat) if s.sound else (0, 0)
        noon = f"{s.visited.isoformat()}T05:00:00Z"
        marks.append(
            f'<wpt lat="{lat}" lon="{lon}"><time>{noon}</time><name>{escape(s.name)}</name>'
            f"<type>{escape(dice.choice(KINDS[s.kind]))}</type></wpt>"
        )
    path = folder / "x.gpx"
    path.write_text(
        f'<gpx xmlns="http://www.topografix.com/GPX/1/1" version="1.1">{"".join(marks)}</gpx>',
        encoding="utf-8",
    )
    return Variant(path, sites, list(range(1, len(sites) + 1)))


MAKERS = {
    "csv": csv_file,
    "xlsx": xlsx_file,
    "geojson": geojson_file,
    "kml": kml_file,
    "gpx": gpx_file,
}
