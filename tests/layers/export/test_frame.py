from __future__ import annotations

from datetime import UTC, datetime

import pytest
from shapely import box

from geo.edit.edit import Edit, inserting
from geo.edit.verbs import Verb
from geo.model.codec import KIND_OF
from geo.model.command import Operation, Zone
from geo.model.entity import LonLat
from geo.model.plan import PlanInfo
from geo.model.site import Site
from geo.model.vocabulary import Grade, Precision, SiteKind
from geo.privacy.release import release_cells, released_project
from geo.privacy.scope import Scope
from geo.project import Project
from geo.store.memory import MemoryStore
from layers.export.frame import framing, zone_frame

NOON = datetime(2022, 6, 1, 5, tzinfo=UTC)
PROVINCE = Scope("18")
TOWN = (103.53, 10.62)
ISLAND = (103.22, 10.72)
NORTH = (103.92, 11.21)


def sites(at, n, spread=0.02):
    return [
        Site(
            code=f"DEMO-{at[0]}-{i}",
            name_en=f"Demo Banana Site {i}",
            kind=SiteKind.SHOP,
            point=LonLat(at[0] + spread * (i % 5 - 2) / 2, at[1] + spread * (i // 5 % 5 - 2) / 2),
            precision=Precision.POINT,
            accuracy_m=20.0,
            admin_code="180101",
        )
        for i in range(n)
    ]


def plan_of(*entities):
    info = PlanInfo(name="Demo", province_code="18", created_at=NOON, fictional=True)
    by_kind = {}
    for entity in (info, *entities):
        by_kind.setdefault(KIND_OF[type(entity)], []).append(entity)
    store = MemoryStore()
    deltas = tuple(inserting(found) for found in by_kind.values())
    store.commit(Edit(verb=Verb.CREATE_PLAN, deltas=deltas))
    return Project(store)


def framed(*entities, scope=PROVINCE, grade=Grade.COMMAND):
    project = plan_of(*entities)
    cells, _ = release_cells(project, grade, scope)
    return framing(released_project(project, grade, scope), cells, scope)


def holds(bounds, point):
    west, south, east, north = bounds
    return west < point[0] < east and south < point[1] < north


def width_km(bounds):
    return (bounds[2] - bounds[0]) * 109.4


def test_the_map_lies_where_the_data_lies_and_not_where_the_islands_of_the_province_reach():
    frame = framed(*sites(TOWN, 100))
    assert holds(frame.main, TOWN)
    assert width_km(frame.main) < 20
    assert frame.outside == 0


def test_what_would_make_the_map_much_smaller_is_left_to_the_overview_and_counted():
    frame = framed(*sites(TOWN, 190), *sites(NORTH, 8), *sites(ISLAND, 2))
    assert holds(frame.main, TOWN)
    assert not holds(frame.main, NORTH)
    assert frame.outside == 10
    for place in (TOWN, NORTH, ISLAND):
        assert holds(frame.overview, place)


def test_two_clusters_of_weight_are_both_on_the_map():
    frame = framed(*sites(TOWN, 100), *sites(NORTH, 60))
    assert holds(frame.main, TOWN)
    assert holds(frame.main, NORTH)
    assert frame.outside == 0


def test_a_single_wrong_coordinate_is_not_followed():
    frame = framed(*sites(TOWN, 150), *sites((2.35, 48.85), 1))
    assert width_km(frame.main) < 20
    assert frame.outside == 1


def test_a_zone_is_on_the_map_even_where_no_site_is():
    zone = Zone(name="Demo zone", outline=box(103.9, 11.2, 103.93, 11.23))
    frame = framed(*sites(TOWN, 100), zone)
    assert holds(frame.main, (103.9, 11.2))
    assert holds(frame.main, (103.93, 11.23))


def test_a_single_site_is_shown_with_ten_kilometres_around():
    frame = framed(*sites(TOWN, 1))
    assert width_km(frame.main) == pytest.approx(10, rel=0.05)


def test_without_data_the_map_is_that_of_the_province():
    frame = framed()
    assert frame.main == frame.overview
    assert holds(frame.main, ISLAND)


def test_a_public_map_tells_nothing_by_its_frame():
    assert framed(*sites(TOWN, 100), grade=Grade.PUBLIC).main == framed().main


def test_the_map_of_an_operation_holds_its_zones():
    operation = Operation(name="Demo", province_code="18")
    zone = Zone(name="Demo zone", outline=box(103.5, 10.6, 103.6, 10.7), operation_id=operation.id)
    frame = framed(*sites(NORTH, 50), operation, zone, scope=Scope(operation_id=operation.id))
    assert holds(frame.main, (103.5, 10.6))
    assert width_km(frame.main) < 25
    assert frame.province_code == "18"


def test_the_map_of_a_zone_is_its_own():
    west, south, east, north = zone_frame(
        Zone(name="Demo zone", outline=box(103.5, 10.6, 103.6, 10.7))
    )
    assert 103.45 < west < 103.5
    assert 103.6 < east < 103.65
    assert 10.55 < south < 10.6
    assert 10.7 < north < 10.75
