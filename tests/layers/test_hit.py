from __future__ import annotations

import pytest

from geo.model.entity import Kind
from geo.model.vocabulary import Precision
from layers.hit import pick, pick_rectangle
from layers.layer import LayerId
from layers.layer_list import default_layers
from layers.snap import snap
from tests.layers.scenes import CENTRE, allegation, project_of, request_of, site, zone


def pixel(request, lonlat=CENTRE):
    x, y = request.view.to_pixel(*lonlat)
    return float(x), float(y)


def test_a_click_near_a_symbol_means_the_nearest():
    near, far = site(102.5700), site(102.5704)
    request = request_of(project_of(near, far))
    x, y = pixel(request)
    assert pick(request, x - 3, y + 2).ids == (near.id,)


def test_a_click_on_empty_ground_means_nothing():
    request = request_of(project_of(site()))
    x, y = pixel(request)
    assert pick(request, x + 40, y) is None


def test_symbols_come_before_the_zone_that_they_lie_in():
    inside = site(102.555, 13.655)
    area = zone()
    request = request_of(project_of(inside, area))
    assert pick(request, *pixel(request, (102.555, 13.655))).kind is Kind.SITE
    assert pick(request, *pixel(request, (102.552, 13.652))).ids == (area.id,)


def test_what_is_hidden_cannot_be_picked():
    layers = default_layers()
    layers.set_visible(LayerId.SITES, False)
    request = request_of(project_of(site()), layers=layers)
    assert pick(request, *pixel(request)) is None


def test_a_doubtful_place_is_picked_as_doubt_with_all_its_rows():
    rows = [allegation(precision=Precision.VILLAGE, admin_code="") for _ in range(2)]
    request = request_of(project_of(*rows))
    found = pick(request, *pixel(request))
    assert set(found.ids) == {row.id for row in rows}
    assert not found.exact


def test_a_rectangle_gathers_the_sites_in_it():
    inside, outside = site(102.5700), site(102.5900)
    request = request_of(project_of(inside, outside))
    x, y = pixel(request)
    assert pick_rectangle(request, x + 20, y + 20, x - 20, y - 20).ids == (inside.id,)


def test_a_rectangle_around_nothing_is_nothing():
    request = request_of(project_of(site()))
    assert pick_rectangle(request, 0, 0, 5, 5) is None


def test_the_pointer_is_caught_by_a_corner_of_a_zone():
    request = request_of(project_of(zone()))
    x, y = pixel(request, (102.56, 13.66))
    caught = snap(request, x + 6, y - 5)
    assert caught is not None
    assert caught.lonlat == pytest.approx((102.56, 13.66), abs=1e-8)
    assert snap(request, x + 30, y) is None


def test_a_corner_that_is_dragged_is_not_caught_by_itself():
    request = request_of(project_of(zone()))
    x, y = pixel(request, (102.56, 13.66))
    assert snap(request, x + 6, y, exclude=[(102.56, 13.66)]) is None
