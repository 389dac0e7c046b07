"""What no file brings is empty, and can be read."""

from __future__ import annotations

from shapely import box, to_wkb

from geo.edit.filling import complete
from geo.model.codec import from_row
from geo.model.command import Zone
from geo.model.entity import Kind


def test_a_zone_out_of_a_file_is_made_of_no_units():
    columns = complete(Kind.ZONE, {"name": ["Z"], "geom": [to_wkb(box(0, 0, 1, 1))]}, 1)
    read = {name: columns[name][0] for name in ("name", "geom", "units")}
    zone = from_row(Kind.ZONE, "z", 1, read)
    assert isinstance(zone, Zone)
    assert zone.units == ()
