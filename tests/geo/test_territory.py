"""The shipped outline and approximate provinces, set against official boundaries of 2014.

The official file is not shipped; without it these tests are skipped.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import shapely
import sqlcipher3

from geo.territory import Territory, decode_geometry

OFFICIAL = Path(__file__).resolve().parents[3] / "shared/data/boundaries/khm_admin_2014.gpkg"


@pytest.fixture(scope="module")
def official():
    if not OFFICIAL.exists():
        pytest.skip("official boundaries are not here")
    connection = sqlcipher3.connect(f"{OFFICIAL.as_uri()}?mode=ro&immutable=1", uri=True)
    rows = connection.execute("SELECT prov_code, geom FROM districts").fetchall()
    connection.close()
    by_province = {}
    for code, blob in rows:
        by_province.setdefault(code, []).append(shapely.make_valid(decode_geometry(blob)))
    return {code: shapely.union_all(shapes) for code, shapes in by_province.items()}


def overlap(a, b):
    return shapely.intersection(a, b).area / shapely.union(a, b).area


def test_approximate_provinces_overlap_the_official_ones_as_is_said(official):
    provinces = Territory.load().provinces
    overlaps = {code: overlap(provinces[code], official[code]) for code in official}
    assert np.mean(list(overlaps.values())) == pytest.approx(0.87, abs=0.01)
    assert min(overlaps, key=overlaps.get) == "12"
    assert overlaps["01"] == pytest.approx(0.90, abs=0.01)


def test_the_thai_border_follows_the_official_one(official):
    outer = shapely.boundary(shapely.union_all(list(official.values())))
    corners = shapely.get_coordinates(outer)
    corners = corners[(corners[:, 0] < 104.5) & (corners[:, 1] > 12.0)]
    metres = Territory.load().border_distances_m(corners[:, 0], corners[:, 1])
    # Farther than this is Tonle Sap's shore or another ring, no border.
    metres = metres[metres < 3000]
    assert len(metres) > 500
    assert np.median(metres) < 5
    assert np.percentile(metres, 90) < 60


def test_provinces_fill_the_country_without_overlap():
    territory = Territory.load()
    assert len(territory.provinces) == 25
    total = sum(shape.area for shape in territory.provinces.values())
    assert total == pytest.approx(territory.outline.area, rel=1e-5)
