from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from shapely import box

from geo.errors import CancelledError
from geo.model.command import Assignment, Team
from geo.model.entity import Kind, LonLat
from geo.model.place import AdminUnit, BorderCrossing, OpenInterval
from geo.model.vocabulary import (
    AdminLevel,
    AllegationStatus,
    AssignmentState,
    CrossingClass,
    LegalStatus,
    Neighbour,
    Precision,
)
from layers import content
from layers.draw import draw_list
from layers.drawlist import Areas, Discs, Lines, Symbols
from layers.features import SITE_STYLES
from layers.layer import LayerId
from layers.layer_list import default_layers
from layers.style import PURPLE, ZONE_COLOURS, Shape
from layers.view import MapView
from tests.layers.scenes import CENTRE, allegation, project_of, request_of, site, zone


def only(*layer_ids):
    layers = default_layers()
    for layer in layers:
        layers.set_visible(layer.id, layer.id in layer_ids)
    return layers


def symbols_of(drawn, shape=None):
    return [
        op.specs[code]
        for op in drawn.ops
        if isinstance(op, Symbols)
        for code in op.spec
        if shape is None or op.specs[code].shape is shape
    ]


def test_without_a_plan_the_basemap_is_drawn():
    drawn = draw_list(request_of(None, MapView.fit((102.3, 9.9, 107.6, 14.7), 900, 600)))
    assert any(isinstance(op, Areas) for op in drawn.ops)
    assert any(isinstance(op, Lines) for op in drawn.ops)
    assert "Phnom Penh" in [label.lines[0].text for label in drawn.labels]


def test_names_are_written_in_the_language_of_the_map():
    country = MapView.fit((102.3, 9.9, 107.6, 14.7), 900, 600)
    drawn = draw_list(request_of(None, country, language="km"))
    assert "ភ្នំពេញ" in [label.lines[0].text for label in drawn.labels]


@pytest.mark.parametrize(
    "precision", [p for p in Precision if p is not Precision.POINT], ids=lambda p: p.value
)
def test_a_place_known_only_by_its_unit_is_never_a_symbol(precision):
    project = project_of(
        site(precision=precision, admin_code="010201"),
        allegation(precision=precision, admin_code="010201", grade="A1"),
    )
    drawn = draw_list(request_of(project, layers=only(LayerId.SITES, LayerId.ALLEGATIONS)))
    assert symbols_of(drawn) == []
    drawn = draw_list(request_of(project, layers=only(LayerId.DOUBT)))
    assert any(isinstance(op, Areas | Discs) for op in drawn.ops)


def test_a_position_of_poor_accuracy_is_a_disc_of_that_radius():
    project = project_of(allegation(accuracy_m=900.0))
    request = request_of(project)
    assert symbols_of(draw_list(request), Shape.TRIANGLE) == []
    (disc,) = [op for op in draw_list(request).ops if isinstance(op, Discs)]
    assert disc.colour == PURPLE
    assert disc.radius[0] * request.view.ground_resolution == pytest.approx(900, rel=0.01)


def test_a_unit_whose_outline_the_plan_knows_is_the_area_of_doubt():
    unit = AdminUnit(
        code="010201", level=AdminLevel.COMMUNE, outline=box(102.55, 13.65, 102.58, 13.67)
    )
    project = project_of(unit, site(point=None, precision=Precision.COMMUNE, admin_code="010201"))
    (doubt,) = content.site_doubts(request_of(project))
    assert doubt.outline is not None
    assert len(doubt.ids) == 1


def test_a_commune_that_nobody_can_place_is_doubt_about_its_district_or_province():
    project = project_of(allegation(point=None, precision=Precision.COMMUNE, admin_code="019999"))
    (doubt,) = content.allegation_doubts(request_of(project))
    commune = project_of(site(precision=Precision.COMMUNE, admin_code=""))
    (smaller,) = content.site_doubts(request_of(commune))
    assert doubt.outline is not None or doubt.radius > smaller.radius


def test_several_rows_of_one_unit_are_one_area_that_says_how_many():
    rows = [
        allegation(point=None, precision=Precision.COMMUNE, admin_code="019999") for _ in range(3)
    ]
    view = MapView.fit((102.0, 13.0, 103.8, 14.4), 800, 600)
    drawn = draw_list(request_of(project_of(*rows), view))
    assert "≈ 3" in [label.lines[0].text for label in drawn.labels]


@pytest.mark.parametrize(
    "status",
    [
        AllegationStatus.DUPLICATE,
        AllegationStatus.INSUFFICIENT,
        AllegationStatus.UNSUBSTANTIATED,
        AllegationStatus.CLOSED,
    ],
)
def test_what_was_not_borne_out_stands_nowhere_on_the_map(status):
    project = project_of(
        allegation(status=status),
        allegation(status=status, precision=Precision.VILLAGE, admin_code=""),
    )
    request = request_of(project)
    assert symbols_of(draw_list(request), Shape.TRIANGLE) == []
    assert content.allegation_doubts(request) == ()


def test_an_allegation_leaves_the_symbol_of_its_site_alone():
    place = site(legal_status=LegalStatus.LEGAL)
    project = project_of(place, allegation(site_id=place.id, grade="A1"))
    features = content.sites(request_of(project))
    assert [SITE_STYLES[code][0] for code in features.spec] == [LegalStatus.LEGAL]


def test_illegal_sites_lie_above_the_others():
    project = project_of(
        site(legal_status=LegalStatus.ILLEGAL), site(legal_status=LegalStatus.LEGAL)
    )
    features = content.sites(request_of(project))
    assert SITE_STYLES[features.spec[-1]][0] is LegalStatus.ILLEGAL


def test_a_crossing_is_open_or_closed_as_on_the_date_of_the_map():
    crossing = BorderCrossing(
        neighbour=Neighbour.THAILAND,
        crossing_class=CrossingClass.INTERNATIONAL,
        open_intervals=(OpenInterval(None, date(2025, 6, 1)),),
        point=CENTRE,
    )
    project = project_of(crossing)
    before = draw_list(request_of(project, on=date(2025, 1, 1)))
    after = draw_list(request_of(project, on=date(2026, 1, 1)))
    assert [s.struck for s in symbols_of(before, Shape.GATE)] == [False]
    assert [s.struck for s in symbols_of(after, Shape.GATE)] == [True]


def test_a_zone_bears_the_short_names_of_its_teams_else_its_own():
    team, other = Team(name="One", short_name="T1"), Team(name="Two", short_name="T2")
    assigned, bare = zone(), zone(102.57, 13.65, 102.58, 13.66, name="South")
    project = project_of(
        team,
        other,
        assigned,
        bare,
        Assignment(zone_id=assigned.id, team_id=team.id),
        Assignment(zone_id=bare.id, team_id=other.id, state=AssignmentState.ABORTED),
    )
    assert content.zones(request_of(project)).labels == ("T1", "South")


def test_a_zone_is_filled_to_a_quarter_with_an_edge_of_two_pixels():
    drawn = draw_list(request_of(project_of(zone(colour=2)), layers=only(LayerId.ZONES)))
    (area,) = [op for op in drawn.ops if isinstance(op, Areas) and len(op.shapes.xy)]
    assert area.style.fill == ZONE_COLOURS[2]
    assert area.style.alpha == 0.25
    assert area.style.edge.width == 2.0


def test_province_borders_are_dashed_and_the_national_border_is_not():
    view = MapView.fit((102.3, 13.3, 103.3, 14.1), 800, 600)
    dashes = {
        op.style.dash != ()
        for op in draw_list(request_of(None, view, layers=only(LayerId.PROVINCES))).ops
    }
    assert dashes == {True}
    borders = draw_list(request_of(None, view, layers=only(LayerId.BORDERS))).ops
    assert {op.style.dash for op in borders} == {()}
    assert borders[-1].style.width == 2.0


def test_hidden_layers_are_not_drawn():
    project = project_of(site())
    assert symbols_of(draw_list(request_of(project, layers=only(LayerId.LAND)))) == []


def test_a_cancelled_frame_ends_early():
    with pytest.raises(CancelledError):
        draw_list(request_of(None), cancelled=lambda: True)


def test_a_snapshot_does_not_see_what_changes_later():
    project = project_of(site())
    request = request_of(project)
    project.absorb(_adding(site(102.571)))
    assert len(content.sites(request).rows) == 1
    assert len(content.sites(request_of(project)).rows) == 2


def _adding(entity):
    from geo.edit.edit import Edit, inserting
    from geo.edit.verbs import Verb

    return Edit(verb=next(iter(Verb)), deltas=(inserting([entity]),))


def test_selected_rows_are_set_off():
    place = site()
    project = project_of(place)
    drawn = draw_list(request_of(project, selection=(Kind.SITE, [place.id])))
    (halo,) = drawn.selected
    x, y = drawn.view.to_pixel(*CENTRE)
    assert halo.xy[0] == pytest.approx([x, y])


def test_a_strip_shows_the_same_symbols_as_the_whole_frame():
    from layers.draw import draw_ops

    places = [site(102.55 + 0.0001 * i, 13.65 + 0.00007 * i) for i in range(300)]
    request = request_of(project_of(*places), layers=only(LayerId.SITES))
    (whole,) = draw_list(request).ops
    strip_view = request.view.part(200, 200, 200, 200)
    (strip,) = draw_ops(request, strip_view)
    moved = strip.xy + np.array([200, 200])
    everywhere = {tuple(p) for p in np.round(whole.xy, 3).tolist()}
    assert len(moved)
    assert {tuple(p) for p in np.round(moved, 3).tolist()} <= everywhere


def test_a_site_without_a_known_place_is_nowhere():
    project = project_of(site(point=None, precision=Precision.UNKNOWN, admin_code=""))
    request = request_of(project)
    assert content.site_doubts(request) == ()
    assert len(content.sites(request).rows) == 0
    assert LonLat(0.0, 0.0) not in [LonLat(d.x, d.y) for d in content.site_doubts(request)]
