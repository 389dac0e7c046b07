"""The workload is a formula that can be read, and never says more than is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
import shapely

from geo.analysis.split.job import split
from geo.analysis.split.order import Wish, order_area, order_province
from geo.analysis.split.units import UnitKind, communes
from geo.analysis.split.wanted import gather, outlines_for
from geo.analysis.split.weights import Measure, Weights, weights_for
from geo.analysis.split.workload import formula, measure
from geo.edit.edit import Edit, inserting
from geo.edit.verbs import Verb
from geo.errors import InputError
from geo.model.allegation import Allegation
from geo.model.command import Operation, Zone
from geo.model.entity import LonLat
from geo.model.place import AdminUnit
from geo.model.plan import PlanInfo
from geo.model.site import Site
from geo.model.vocabulary import (
    AdminLevel,
    AllegationStatus,
    Answer,
    Credibility,
    LegalStatus,
    Precision,
    Reliability,
)
from geo.progress import NoProgress
from geo.project import Project
from geo.store.memory import MemoryStore
from tests.geo.analysis.split.places import province, squares

BOARD = squares(2, 2)
SOUTH_WEST = LonLat(103.01, 12.01)
SITES, ALLEGATIONS, HELD, AREA = range(4)


def plan_of(*entities):
    store = MemoryStore()
    info = PlanInfo(name="Demo", province_code="18", created_at=datetime(2022, 9, 1, tzinfo=UTC))
    kinds = {}
    for entity in entities:
        kinds.setdefault(type(entity), []).append(entity)
    deltas = (inserting([info]), *(inserting(group) for group in kinds.values()))
    store.commit(Edit(verb=Verb.CREATE_PLAN, barrier=True, deltas=deltas))
    return Project(store)


def board_units():
    return [
        AdminUnit(code=code, level=AdminLevel.COMMUNE, outline=outline, approximate=False)
        for code, outline in BOARD.items()
    ]


def load_of(*entities, weights=None, code=""):
    plan = plan_of(*entities, *board_units())
    weights = weights or Weights()
    demand = gather(plan, weights)
    outlines = outlines_for(plan, tuple(demand.spread))
    return demand, measure(communes(BOARD), demand, outlines, weights, code)


@pytest.mark.parametrize(
    ("status", "points"),
    [
        (LegalStatus.UNVERIFIED, 1.0),
        (LegalStatus.UNDER_REVIEW, 1.0),
        (LegalStatus.ILLEGAL, 3.0),
        (LegalStatus.REVOKED, 3.0),
        (LegalStatus.MIXED, 2.0),
        (LegalStatus.SUSPENDED, 2.0),
        (LegalStatus.LEGAL, 0.25),
        (LegalStatus.REGULARISED, 0.25),
    ],
)
def test_a_site_weighs_by_its_legal_status(status, points):
    assert Weights().of_site(status) == points


@pytest.mark.parametrize(
    ("grade", "points"),
    [("A1", 4), ("B2", 4), ("A3", 2), ("C1", 2), ("D4", 2), ("E2", 1), ("B5", 1), ("E5", 1)],
)
def test_an_allegation_weighs_by_its_grade(grade, points):
    assert Weights().of_grade(Reliability(grade[0]), Credibility(grade[1])) == points


@pytest.mark.parametrize("grade", ["F1", "F5", "F6", "A6", "E6"])
def test_what_nobody_could_judge_is_neutral_and_not_bad(grade):
    assert Weights().of_grade(Reliability(grade[0]), Credibility(grade[1])) == Weights().fair


def test_sites_and_allegations_with_a_point_count_in_their_unit():
    held = Allegation(point=SOUTH_WEST, precision=Precision.POINT, held_now=Answer.YES)
    _, load = load_of(Site(point=SOUTH_WEST), held)
    assert load.work[0].tolist()[:3] == [1.0, 2.0, 6.0]
    assert load.count[0].tolist()[:3] == [1.0, 1.0, 1.0]
    assert not load.work[1:, :AREA].any()
    assert load.work[0, AREA] == pytest.approx(0.01 * load.count[0, AREA], abs=1e-5)
    assert load.total[0] == pytest.approx(9.0 + load.work[0, AREA])


def test_what_is_known_by_its_commune_is_spread_over_it_and_never_a_point():
    # A point in the row is the commune's middle: it does not count as one.
    lying = Allegation(point=SOUTH_WEST, precision=Precision.COMMUNE, admin_code="990101")
    demand, load = load_of(lying)
    assert len(demand.lonlat) == 0
    assert load.count[:, ALLEGATIONS].tolist() == [0, 0, 0, 1.0]
    assert load.wide == 1.0


def test_what_is_known_by_its_district_is_spread_over_its_communes_by_area():
    district = AdminUnit(
        code="9901",
        level=AdminLevel.DISTRICT,
        outline=shapely.union(BOARD["990100"], BOARD["990101"]),
        approximate=False,
    )
    vague = Allegation(precision=Precision.DISTRICT, admin_code="990101")
    _, load = load_of(vague, district)
    assert np.allclose(load.count[:, ALLEGATIONS], [0, 0, 0.5, 0.5])


def test_a_commune_without_outline_is_spread_over_the_province_and_only_its_share_counts():
    plan = plan_of(Allegation(precision=Precision.COMMUNE, admin_code="180101"))
    whole = split(order_province(plan, "18", Wish(into=2, candidates=2)), NoProgress())
    assert whole.load.count[:, ALLEGATIONS].sum() == pytest.approx(1.0, abs=1e-3)
    assert whole.load.count[:, ALLEGATIONS].max() < 0.1


def test_merged_sites_count_once():
    kept = Site(id="kept", point=SOUTH_WEST)
    gone = Site(id="gone", point=LonLat(103.03, 12.03), merged_into="kept")
    linked = Allegation(site_id="gone", precision=Precision.COMMUNE, admin_code="990101")
    _, load = load_of(kept, gone, linked)
    assert load.count[:, SITES].tolist() == [1, 0, 0, 0]
    assert load.count[:, ALLEGATIONS].tolist() == [1, 0, 0, 0], "at the site it is linked to"


@pytest.mark.parametrize(
    "status",
    [
        AllegationStatus.DUPLICATE,
        AllegationStatus.INSUFFICIENT,
        AllegationStatus.UNSUBSTANTIATED,
        AllegationStatus.ACTIONED,
        AllegationStatus.CLOSED,
    ],
)
def test_what_is_dealt_with_is_no_work(status):
    _, load = load_of(Allegation(point=SOUTH_WEST, precision=Precision.POINT, status=status))
    assert not load.count[:, ALLEGATIONS].any()


def test_what_has_no_place_at_all_is_counted_and_said():
    demand, load = load_of(Allegation(), Site())
    assert demand.nowhere == 2
    assert not load.count[:, : HELD + 1].any()


def test_a_point_on_a_common_border_counts_once():
    _, load = load_of(Site(point=LonLat(103.02, 12.02)))
    assert load.count[:, SITES].tolist() == [1, 0, 0, 0]


def test_a_site_a_little_off_the_coast_counts_only_for_its_own_province():
    off = LonLat(102.998, 12.01)
    assert load_of(Site(point=off, admin_code="990000"), code="99")[1].count[0, SITES] == 1
    assert load_of(Site(point=off, admin_code="180101"), code="99")[1].beside == 1
    far = LonLat(102.95, 12.01)
    assert load_of(Site(point=far, admin_code="990000"), code="99")[1].beside == 1


def test_weights_change_the_formula_and_one_measure_leaves_the_others_out():
    assert formula(Weights(held=9.0))["held"] == 9.0
    only = weights_for(Measure.SITES)
    _, load = load_of(
        Site(point=SOUTH_WEST),
        Allegation(point=SOUTH_WEST, precision=Precision.POINT, held_now=Answer.YES),
        weights=only,
    )
    assert load.total.tolist() == [1.0, 0.0, 0.0, 0.0]
    assert weights_for(Measure.AREA).square_km == 1.0
    assert weights_for(Measure.WORKLOAD, Weights(weak=0.0)) == Weights(weak=0.0)


@pytest.mark.parametrize("bad", [{"held": -1.0}, {"held": float("nan")}, {"held": float("inf")}])
def test_weights_that_mean_nothing_are_refused(bad):
    with pytest.raises(InputError, match=r"error\.split\.weights"):
        Weights(**bad).check()
    zero = replace(weights_for(Measure.AREA), square_km=0.0)
    with pytest.raises(InputError, match=r"error\.split\.weights"):
        zero.check()


def test_the_ground_of_zones_that_stay_is_left_out():
    raid = Operation(id="raid", name="Raid")
    west, south, east, north = province("24").bounds
    kept = shapely.box(west, south, (west + east) / 2, north)
    zone = Zone(id="kept", name="Kept", outline=kept, operation_id="raid", locked=True)
    plan = plan_of(raid, zone)
    wish = Wish(into=2, candidates=2, left_out=("kept",))
    result = split(order_province(plan, "24", wish), NoProgress())
    for part in result.zones:
        assert part.outline.intersection(kept).area * 1.2e10 < 1.0
    assert "split.note.left_out" in {n.code for n in result.notes}
    everything = replace(zone, outline=shapely.box(west - 1, south - 1, east + 1, north + 1))
    with pytest.raises(InputError, match=r"error\.split\.no_area"):
        order_province(plan_of(raid, everything), "24", wish)


def test_communes_are_taken_where_they_are_loaded_and_enough():
    area = shapely.box(103.001, 12.001, 103.039, 12.039)
    plan = plan_of(*board_units())
    few = order_area(plan, area, Wish(into=2))
    assert not few.communes, "four communes are too few for two zones"
    asked = order_area(plan, area, Wish(into=2, units=UnitKind.COMMUNE))
    assert set(asked.communes) == set(BOARD)
    result = split(asked, NoProgress())
    assert result.units.kind is UnitKind.COMMUNE
    whole = shapely.union_all([z.outline for z in result.zones])
    assert whole.symmetric_difference(area).area * 1.2e10 < 1.0
    with pytest.raises(InputError, match=r"error\.split\.no_communes"):
        order_province(plan, "18", Wish(into=2, units=UnitKind.COMMUNE))
    with pytest.raises(InputError, match=r"error\.split\.into"):
        order_area(plan, area, Wish(into=1))
