"""The given registers, walked with their manifest: what a correct import does with each row."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import shapely

from geo.formats.found import Existing
from geo.formats.mapping import suggest
from geo.formats.rows import check
from geo.measure import distances_m
from geo.model.entity import Kind

FOLDER = Path(__file__).parents[2] / "data" / "registers"
KINDS = {
    "allegations": Kind.ALLEGATION,
    "licences": Kind.LICENCE,
    "sites": Kind.SITE,
    "mixed": Kind.SITE,
    "zones": Kind.ZONE,
    "crossings": Kind.CROSSING,
}
MANIFEST = {
    entry["file"]: entry
    for entry in json.loads((FOLDER / "manifest.json").read_text("utf-8"))["files"]
}
# The manifest's word -> ours, for values that are compared as they are.
FIELDS = {
    "code": "code",
    "number": "number",
    "activity": "activity",
    "activity_kind": "activity_kind",
    "visited_on": "visited_on",
    "inspected_on": "visited_on",
    "issued_on": "issued_on",
    "expires_on": "expires_on",
    "received_on": "received_on",
    "occurred_on": "occurred_on",
    "channel": "channel",
    "people_min": "people_min",
    "people_max": "people_max",
    "reliability": "reliability",
    "status": "status",
    "capacity": "capacity",
    "neighbour": "neighbour",
    "crossing_class": "crossing_class",
    "open_from": "_since",
    "open_to": "_until",
    "place_precision": "precision",
    "state": "state",
}


@cache
def imported(name, reader):
    entry = MANIFEST[name]
    raw = reader.read(FOLDER / name)
    kind = KINDS[entry["kind"]]
    # Another province's plan: the register itself must tell where its districts are.
    return check(raw, suggest(raw, kind), kind, existing=Existing(province_code="18"))


def place(item):
    return item.get("sheet", "") if "sheet" in item else None, item["row"]


def same_place(item, sheet, row):
    return item["row"] == row and item.get("sheet", sheet) == sheet


@pytest.mark.parametrize("name", MANIFEST)
def test_every_row_is_imported_rejected_or_waiting(name, reader):
    result = imported(name, reader)
    assert result.rows == MANIFEST[name]["data_rows"]
    assert result.imported + len(result.rejected) + len(result.waiting) == result.rows


@pytest.mark.parametrize("name", MANIFEST)
def test_no_register_makes_a_site_illegal(name, reader):
    result = imported(name, reader)
    assert set(result.columns.get("legal_status", ())) <= {"unverified"}


@pytest.mark.parametrize("name", MANIFEST)
def test_bad_and_doubtful_rows_are_named_and_nothing_else_is_kept_out(name, reader):
    entry, result = MANIFEST[name], imported(name, reader)
    found = {(p.sheet, p.row) for p in (*result.rejected, *result.waiting)}
    expected = [*entry["bad"], *entry["ask"]]
    missing = [i for i in expected if not any(same_place(i, s, r) for s, r in found)]
    allowed = [*expected, *entry["may_ask"]]
    extra = [(s, r) for s, r in found if not any(same_place(i, s, r) for i in allowed)]
    rejected = {(p.sheet, p.row) for p in result.rejected}
    wrong = [i for i in entry["may_ask"] if any(same_place(i, s, r) for s, r in rejected)]
    assert (missing, extra, wrong) == ([], [], [])


@pytest.mark.parametrize("name", MANIFEST)
def test_the_values_of_the_samples_are_exact(name, reader):
    entry, result = MANIFEST[name], imported(name, reader)
    position_of = {
        (result.raw.sheet_of(p), result.raw.numbers[p]): i for i, p in enumerate(result.good)
    }
    wrong = []
    for item in [*entry["samples"], *entry["may_ask"]]:
        i = next((i for (s, r), i in position_of.items() if same_place(item, s, r)), None)
        if i is None:
            wrong += [] if item in entry["may_ask"] else [(item["row"], "not imported")]
            continue
        wrong += [
            (item["row"], item["trait"], *difference)
            for difference in differences(result, i, item["values"], entry)
        ]
    assert wrong == []


def differences(result, i, values, entry):
    row = {name: column[i] for name, column in result.columns.items()}
    for name, expected in values.items():
        if name == "capacity" and entry["kind"] == "mixed":
            continue
        if name == "commune_code" and expected is None:
            continue  # the district alone is known; its code is looked at by itself
        if name in READERS:
            yield from unequal(name, READERS[name](row), SAME.get(name, same)(expected))
        elif name in FIELDS and FIELDS[name] in row:
            yield from unequal(name, row[FIELDS[name]], expected)
        elif name == "legal_status_in" and row["legal_status"] not in expected:
            yield name, row["legal_status"], expected
        elif name == "lon":
            yield from far(row["lon"], row["lat"], values)


def same(value):
    return value


def kind_of(row):
    return row["kind"] if "kind" in row else json.loads(row["kinds"])[0]


READERS = {
    "kind": kind_of,
    "credibility": lambda row: row["credibility"],
    "commune_code": lambda row: row["admin_code"][:6],
    "district_code": lambda row: row["admin_code"][:4],
    "accuracy_m": lambda row: row["accuracy_m"],
    "approximate": lambda row: bool(row["approximate"]),
    "geometry_type": lambda row: shapely.from_wkb(row["geom"]).geom_type,
    "footprint": lambda row: row["footprint"] is not None,
}
# An allegation without a grade is F6: it cannot be judged.
SAME = {"credibility": lambda value: str(value or 6)}


def unequal(name, found, expected):
    if name == "reliability" and expected is None:
        expected = "F"
    if found != expected:
        yield name, found, expected


def far(lon, lat, values):
    if values["lon"] is None or lon is None:
        if (lon is None) != (values["lon"] is None):
            yield "lon", lon, values["lon"]
        return
    metres = distances_m(np.array([[lon, lat]]), np.array([[values["lon"], values["lat"]]]))[0]
    if metres > values.get("tolerance_m", 2):
        yield "point", (lon, lat, metres), (values["lon"], values["lat"])
