"""Files as offices send them that no register that was given is like."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from geo.formats.mapping import suggest
from geo.formats.rows import check
from geo.model.entity import Kind


def points(path, *places):
    features = [
        {
            "type": "Feature",
            "properties": {"code": f"{i:03}", "name": f"Demo {i}"},
            "geometry": {"type": "Point", "coordinates": place},
        }
        for i, place in enumerate(places, 1)
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def test_metres_of_a_file_without_a_system_wait_until_somebody_says_which(reader, tmp_path):
    raw = reader.read(points(tmp_path / "a.geojson", [343757, 1176111], [103.5, 10.6]))
    mapping = suggest(raw, Kind.SITE)
    asked = check(raw, mapping)
    assert [(p.row, p.field, p.code) for p in asked.waiting] == [
        (1, "geometry", "import.reason.which_system")
    ]
    said = check(raw, replace(mapping, crs="EPSG:3148"))
    assert said.imported == 2
    assert said.columns["lon"][0] == pytest.approx(103.5678, abs=5e-4)
