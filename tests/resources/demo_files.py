"""What stands in the demonstration registers, read without the program's own import."""

from __future__ import annotations

import csv
import json
import re
from datetime import date, datetime
from pathlib import Path

from defusedxml import ElementTree
from openpyxl import load_workbook
from shapely.geometry import shape

from resources.demo import make_demo

DEMO = Path(make_demo.__file__).parent
ROOT = DEMO.parent.parent
OFFICIAL = ROOT.parent / "shared" / "data" / "boundaries" / "khm_admin_2014.gpkg"
EXPECTED = json.loads((DEMO / "expected.json").read_text(encoding="utf-8"))["files"]
OFFICE, FORMS = "sites_district_office.csv", "inspections_kobo.xlsx"
SITE_FILES = [name for name in EXPECTED if name.startswith("sites_") and name != OFFICE]
# Their rows are wrong in ways that only a plan shows: a code that it has, a word that it lacks.
SEEN_IN_A_PLAN = {OFFICE, FORMS}

# West, south, east and north of each province, degrees.
EXTENT = {
    "18": (102.88, 9.91, 104.15, 11.40),
    "01": (102.33, 13.40, 103.44, 14.24),
    "02": (102.34, 12.40, 103.81, 13.58),
}
# No line is given out under these.
FICTIONAL_NUMBER = re.compile(r"012 000 0\d\d")
FROM_TO = {
    ("unverified", "under_review"),
    ("under_review", "legal"),
    ("under_review", "illegal"),
    ("under_review", "mixed"),
    ("legal", "suspended"),
    ("illegal", "under_review"),
    ("illegal", "regularised"),
    ("suspended", "legal"),
    ("suspended", "revoked"),
}


def _plain_key(title):
    """Return the English half of "ខ្មែរ / key"."""
    return str(title).rsplit(" / ", 1)[-1]


def _read_xlsx(path):
    header, *rows = load_workbook(path).worksheets[0].iter_rows(values_only=True)
    return [dict(zip(map(_plain_key, header), row, strict=True)) for row in rows]


def _read_csv(path):
    text = path.read_text(encoding="utf-8-sig")
    delimiter = ";" if path.name == "sites_banteay_meanchey.csv" else ","
    return list(csv.DictReader(text.splitlines(), delimiter=delimiter))


def _read_geojson(path):
    rows = []
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        row = dict(feature["properties"])
        if feature["geometry"]["type"] == "Point":
            row["longitude"], row["latitude"] = feature["geometry"]["coordinates"]
        else:
            row["outline"] = shape(feature["geometry"])
        rows.append(row)
    return rows


def _read_kml(path):
    space = "{http://www.opengis.net/kml/2.2}"
    rows = []
    for mark in ElementTree.parse(path).iter(f"{space}Placemark"):
        row = {d.get("name"): d.findtext(f"{space}value") for d in mark.iter(f"{space}Data")}
        lon, lat, _ = mark.findtext(f".//{space}coordinates").split(",")
        rows.append(
            {**row, "name_en": mark.findtext(f"{space}name"), "longitude": lon, "latitude": lat}
        )
    return rows


def _read_gpx(path):
    space = "{http://www.topografix.com/GPX/1/1}"
    return [
        {
            "name_en": mark.findtext(f"{space}name"),
            "longitude": mark.get("lon"),
            "latitude": mark.get("lat"),
            "province": "02",
        }
        for mark in ElementTree.parse(path).iter(f"{space}wpt")
    ]


READERS = {
    ".xlsx": _read_xlsx,
    ".csv": _read_csv,
    ".geojson": _read_geojson,
    ".kml": _read_kml,
    ".gpx": _read_gpx,
}


def read(name):
    path = DEMO / name
    return READERS[path.suffix](path)


def position(row):
    lon, lat = row.get("longitude"), row.get("latitude")
    return None if lon in {None, ""} or lat in {None, ""} else (float(lon), float(lat))


def province(row):
    return row.get("province") or str(row.get("commune_code") or row["district_code"])[:2]


def is_in_its_province(row):
    lon, lat = position(row)
    west, south, east, north = EXTENT[province(row)]
    return west <= lon <= east and south <= lat <= north


def is_a_day(value):
    if value in {None, ""} or isinstance(value, datetime):
        return True
    for layout in (date.fromisoformat, lambda text: datetime.strptime(text, "%d/%m/%Y")):  # noqa: DTZ007
        try:
            layout(value)
        except ValueError:
            continue
        return True
    return False


def is_spoilt(row):
    """Tell whether no import could take this row as it stands."""
    dated = ("visited_on", "received_on", "occurred_on", "issued_on", "expires_on")
    if not all(is_a_day(row.get(column)) for column in dated):
        return True
    if row.get("licence_number") == "":
        return True
    return position(row) is not None and not is_in_its_province(row)


def sound_sites():
    return [row for name in SITE_FILES for row in read(name) if not is_spoilt(row)]
