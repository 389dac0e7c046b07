from __future__ import annotations

import numpy as np
import pytest
from shapely import box

from geo.errors import GeometryError
from geo.model.entity import Kind
from geo.model.place import AdminUnit
from geo.model.vocabulary import AdminLevel
from layers.basemap import basemap
from layers.ground import has_units, inside, unit_at, zone_at
from layers.lines import PIECE, Lines
from layers.snap import Caught, snap
from layers.trace import Ways, tracer_for
from layers.view import MapView, from_mercator
from tests.layers.scenes import POIPET, allegation, project_of, request_of, site, zone

COMMUNE = box(102.562, 13.644, 102.58, 13.67)


def commune(code="010101", outline=COMMUNE, level=AdminLevel.COMMUNE):
    return AdminUnit(code=code, level=level, name_en="Demo", outline=outline, approximate=False)


def caught(request, lon, lat, **more):
    px, py = request.view.to_pixel(lon, lat)
    return snap(request, float(px), float(py), **more)


def test_a_corner_comes_before_an_edge():
    request = request_of(project_of(zone()))
    near_corner = caught(request, 102.5601, 13.6599)
    assert near_corner.caught is Caught.VERTEX
    assert near_corner.lonlat == pytest.approx((102.56, 13.66), abs=1e-8)
    on_edge = caught(request, 102.5601, 13.655)
    assert on_edge.caught is Caught.EDGE
    assert on_edge.lonlat == pytest.approx((102.56, 13.655), abs=1e-6)


def test_a_boundary_is_told_from_a_zone():
    request = request_of(project_of(commune()))
    assert caught(request, 102.5621, 13.65).caught is Caught.BOUNDARY
    assert caught(request, 102.58, 13.67).caught is Caught.BOUNDARY


def test_a_zone_comes_before_the_boundary_that_it_lies_on():
    request = request_of(project_of(commune(), zone(102.562, 13.644, 102.57, 13.66)))
    assert caught(request, 102.562, 13.644).caught is Caught.VERTEX


def test_the_border_has_a_sign_of_its_own():
    shapes = basemap()["borders"].shapes
    lon, lat = (float(v) for v in from_mercator(*shapes.xy[0].tolist()))
    view = MapView.fit((lon - 0.02, lat - 0.02, lon + 0.02, lat + 0.02), 400, 300)
    assert caught(request_of(None, view), lon, lat).caught is Caught.BORDER


def test_far_from_everything_nothing_is_caught():
    assert caught(request_of(project_of(zone())), 102.59, 13.645) is None


def test_edges_at_a_corner_that_is_held_do_not_count_either():
    request = request_of(project_of(zone()))
    held = [(102.56, 13.66)]
    assert caught(request, 102.5601, 13.6599, exclude=held) is None
    assert caught(request, 102.55, 13.65, exclude=held).caught is Caught.VERTEX


def test_edges_in_a_box_are_found_in_whichever_piece_they_are():
    line = [(float(i), float(i % 7)) for i in range(5 * PIECE)]
    lines = Lines.of([np.array(line)])
    wanted = [i for i in range(len(lines)) if 99 <= i <= 102]
    assert lines.within((100.0, -1.0, 102.0, 8.0)).tolist() == wanted


# --- tracing -------------------------------------------------------------------------------------


def test_a_way_leads_along_the_edge_of_a_zone_around_its_corner():
    request = request_of(project_of(zone()))
    way = Ways().between(request, (102.56, 13.655), (102.555, 13.66))
    assert way[0] == pytest.approx((102.56, 13.655), abs=1e-6)
    assert any(c == pytest.approx((102.56, 13.66), abs=1e-8) for c in way)
    assert way[-1] == pytest.approx((102.555, 13.66), abs=1e-6)


def test_far_from_a_line_there_is_no_way():
    with pytest.raises(GeometryError, match=r"error\.trace"):
        Ways().between(request_of(project_of(zone())), (102.56, 13.655), (102.59, 13.645))


def test_another_view_has_other_ways():
    ways, project = Ways(), project_of(zone())
    ways.prepare(request_of(project))
    away = MapView.fit((104.9, 12.5, 104.91, 12.51), 800, 600)
    with pytest.raises(GeometryError):
        ways.prepare(request_of(project, away))


def test_too_many_lines_ask_to_come_closer(monkeypatch):
    monkeypatch.setattr("layers.trace.MOST_EDGES", 3)
    with pytest.raises(GeometryError, match=r"error\.trace\.too_many"):
        tracer_for(request_of(project_of(zone())))


# --- ground --------------------------------------------------------------------------------------


def test_the_smallest_unit_that_holds_a_place_is_meant():
    district = commune("0101", box(102.55, 13.64, 102.60, 13.68), AdminLevel.DISTRICT)
    request = request_of(project_of(commune(), district))
    assert unit_at(request, 102.57, 13.66).code == "010101"
    assert unit_at(request, 102.59, 13.66).code == "0101"
    assert unit_at(request, 102.50, 13.66) is None


def test_only_units_with_an_outline_can_be_chosen():
    bare, drawn = project_of(commune(outline=None)), project_of(commune())
    assert not has_units(bare.table(Kind.ADMIN_UNIT))
    assert has_units(drawn.table(Kind.ADMIN_UNIT))


def test_a_place_belongs_to_the_zone_that_holds_it():
    project = project_of(zone(id="alpha"))
    assert zone_at(request_of(project), 102.555, 13.655) == "alpha"
    assert zone_at(request_of(project), 102.57, 13.655) == ""


def test_what_may_lie_in_an_outline_is_not_counted_as_lying_in_it():
    west, south, east, north = POIPET
    ring = [(west, south), (east, south), (east, north), (west, north)]
    here = project_of(
        site(), site(precision="commune"), allegation(), allegation(precision="village")
    )
    assert inside(request_of(here), [ring]) == (1, 1)
