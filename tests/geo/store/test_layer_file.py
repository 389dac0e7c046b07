"""One layer as a GeoPackage: other programs open it, and it says what it is."""

from __future__ import annotations

import fiona
import shapely

from geo.formats.writing import Sheet
from geo.store.layer_file import gpkg_bytes


def layer(rows, name="hotspots gi-star"):
    return Sheet(
        name=name,
        about=["For the command only.", "Fictional."],
        keys=["id", 'n "of"', "z", "note"],
        heads=["Unit", "n", "z", "Note"],
        rows=rows,
    )


def test_a_layer_opens_in_another_program_with_its_types(tmp_path):
    square = shapely.box(102, 13, 103, 14)
    both = shapely.MultiPolygon([square, shapely.box(104, 13, 105, 14)])
    rows = [("a", 1, 2, "=1+1"), ("b", 2, None, None), ("c", None, 0.5, "ខ្មែរ")]
    told = []
    data = gpkg_bytes(layer(rows), [square, both, None], lambda _done, total: told.append(total))
    path = tmp_path / "layer.gpkg"
    path.write_bytes(data)
    assert told
    with fiona.open(path) as found:
        assert found.crs.to_epsg() == 4326
        assert found.schema["properties"] == {
            "id": "str", 'n "of"': "int", "z": "float", "note": "str",
        }  # fmt: skip
        assert found.bounds == (102, 13, 105, 14)
        first, second, third = found
    assert dict(first["properties"]) == {"id": "a", 'n "of"': 1, "z": 2.0, "note": "=1+1"}
    assert second["geometry"]["type"] == "MultiPolygon"
    assert third["geometry"] is None
    assert third["properties"]["note"] == "ខ្មែរ"


def test_a_layer_without_rows_is_a_layer(tmp_path):
    path = tmp_path / "empty.gpkg"
    path.write_bytes(gpkg_bytes(layer([]), []))
    with fiona.open(path) as found:
        assert len(found) == 0
