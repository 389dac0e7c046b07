"""Ambulances and fire trucks: near enough to every site, or told."""

from __future__ import annotations

from pyproj import Geod

from geo.analysis.readiness.conflicts import conflicts
from geo.analysis.readiness.wording import conflict_sentence
from geo.model.entity import LonLat
from geo.model.gaps import GapCode
from geo.model.support import SupportUnit
from geo.model.vocabulary import VehicleKind
from tests.geo.analysis.readiness.ground import (
    DAY_1,
    DAY_2,
    changed,
    gaps,
    nothing_missing,
    plan_of,
    site,
    with_rows,
)


def found(rows):
    return conflicts(plan_of(rows), "op")


def codes(rows):
    return [c.what for c in found(rows)]


def support(name, lon, lat, kind=VehicleKind.AMBULANCE):
    point = None if lon is None else LonLat(lon, lat)
    return SupportUnit(id=name, name=name, kind=kind, point=point)


def test_support_that_is_too_far_is_told_with_the_nearest_units():
    rows = with_rows(nothing_missing(), support("amb", 104.5, 10.5), support("amb 2", 104.0, 10.5))
    (conflict,) = found(rows)
    assert (conflict.what, conflict.zone_ids) == (GapCode.AMBULANCE_FAR, ("a",))
    assert conflict.assignment_ids == ("duty a",)
    assert [a.unit_id for a in conflict.alternatives] == ["amb 2", "amb"]
    assert conflict.alternatives[0].minutes == conflict.params["minutes"] > 30


def test_support_of_which_nobody_knows_where_it_waits_is_in_reach_of_nothing():
    rows = with_rows(nothing_missing(), support("amb", None, None))
    (conflict,) = found(rows)
    assert (conflict.what, conflict.alternatives) == (GapCode.AMBULANCE_FAR, ())
    assert gaps(rows) == {GapCode.AMBULANCE_FAR: 1}
    assert conflict_sentence(conflict, "en").startswith("No ambulance is known to stand by")


def test_an_ambulance_is_no_fire_truck():
    rows = changed(nothing_missing(), "fire", kind=VehicleKind.AMBULANCE)
    assert codes(rows) == [GapCode.FIRE_FAR]


def test_every_site_must_be_within_the_minutes_of_one_unit_and_exactly_the_minutes_are_enough():
    # 30 minutes at 35 km/h are 17.5 km; so far south of the site an ambulance waits.
    _, south, _ = Geod(ellps="WGS84").fwd(103.52, 10.52, 180, 17_500 - 1e-3)
    rows = changed(nothing_missing(), "amb", point=LonLat(103.52, south))
    assert GapCode.AMBULANCE_FAR not in codes(rows)
    farther = with_rows(rows, site("s2", 0.02, 10.5201))
    assert GapCode.AMBULANCE_FAR in codes(farther)
    assert gaps(farther) == {GapCode.AMBULANCE_FAR: 1}


def test_days_do_not_matter_to_those_who_stand_by():
    assert DAY_1.ends < DAY_2.starts
    assert found(changed(nothing_missing(), "op", periods=(DAY_2,))) == ()
