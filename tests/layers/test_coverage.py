"""What Plan and Operate put on the map: a second sign for what is not covered, and reach."""

from __future__ import annotations

import numpy as np
import pytest
from shapely import box

from geo.measure import distances_m
from geo.model.command import Limits
from geo.model.entity import LonLat
from geo.model.support import SupportUnit
from geo.model.vocabulary import VehicleKind
from layers.coverage import NOT_COVERED, mark_ops, marks_of, reach_metres
from layers.drawlist import Lines, Symbols
from layers.style import Mark, site_symbol
from layers.view import MapView
from tests.layers.scenes import site_table

SITES = site_table(np.array([103.5, 103.51, 103.52]), np.array([10.6, 10.6, 10.6]))
CAR = SupportUnit(id="car", name="A1", point=LonLat(103.5, 10.6))
FAR_CAR = SupportUnit(id="far", name="A2", point=LonLat(105.5, 10.6))
LOST = SupportUnit(id="lost", name="A3")
VIEW = MapView.fit((103.3, 10.4, 103.8, 10.8), 800, 600)
ZONE = box(103.49, 10.59, 103.53, 10.61)


def symbols(marks):
    return [op for op in mark_ops(marks, VIEW) if isinstance(op, Symbols)]


def test_what_is_not_covered_has_a_sign_beside_its_own_symbol():
    (op,) = symbols(marks_of(SITES, ("0", "2"), ()))
    assert op.specs == (NOT_COVERED,)
    assert NOT_COVERED.mark is Mark.BAR
    at = np.column_stack(VIEW.to_pixel(np.array([103.5, 103.52]), np.array([10.6, 10.6])))
    assert (np.abs(op.xy - at) > 1).all()


def test_the_sign_is_none_of_any_site():
    from geo.model.vocabulary import Activity, LegalStatus

    every = {site_symbol(s, a) for s in LegalStatus for a in Activity}
    assert all(spec.mark is not Mark.BAR for spec in every)


def test_a_site_that_is_gone_is_not_marked():
    assert symbols(marks_of(SITES, ("gone",), ())) == []


def test_a_unit_whose_place_nobody_knows_is_not_drawn():
    (op,) = symbols(marks_of(SITES, (), (CAR, LOST)))
    assert len(op.xy) == 1


def test_the_reach_is_drawn_of_the_nearest_unit_only_where_a_zone_is_selected():
    units = (FAR_CAR, CAR)
    assert not [op for op in mark_ops(marks_of(SITES, (), units), VIEW) if isinstance(op, Lines)]
    marks = marks_of(SITES, (), units, Limits(), zone=ZONE)
    assert marks.reaching == (CAR,)
    (line,) = [op for op in mark_ops(marks, VIEW) if isinstance(op, Lines)]
    assert len(line.runs) == 1


@pytest.mark.parametrize("minutes", [10, 30])
def test_the_reach_is_true_on_the_ground(minutes):
    limits = Limits(ambulance_minutes=minutes, speed_kmh=30.0)
    marks = marks_of(SITES, (), (CAR,), limits, zone=ZONE)
    (line,) = [op for op in mark_ops(marks, VIEW) if isinstance(op, Lines)]
    lonlat = np.array([VIEW.to_lonlat(x, y) for x, y in line.runs[0][:4].tolist()])
    wanted = reach_metres(VehicleKind.AMBULANCE, limits)
    assert wanted == pytest.approx(minutes * 500)
    found = distances_m(lonlat, np.array(CAR.point))
    assert found == pytest.approx(np.full(4, wanted), rel=0.01)
