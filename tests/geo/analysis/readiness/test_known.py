"""What must be known of a zone, and how new it must be."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from shapely import box

from geo.analysis.readiness.wording import example_name
from geo.model.command import Limits, Zone
from geo.model.entity import Kind, LonLat
from geo.model.gaps import GapCode
from geo.model.place import AdminUnit
from geo.model.plan import ImportBatch
from geo.model.result import Inspection
from geo.model.site import IndicatorCheck
from geo.model.vocabulary import (
    AdminLevel,
    AllegationStatus,
    Indicator,
    LegalStatus,
    Precision,
)
from tests.geo.analysis.readiness.ground import (
    NOW,
    allegation,
    changed,
    checked,
    gaps,
    nothing_missing,
    site,
    square,
    with_rows,
    without,
)


def test_sites_on_which_nobody_decided_are_counted():
    rows = with_rows(
        nothing_missing(),
        site("u", legal_status=LegalStatus.UNVERIFIED),
        site("r", legal_status=LegalStatus.UNDER_REVIEW),
        site("i", legal_status=LegalStatus.ILLEGAL),
        site("far", 0.4, legal_status=LegalStatus.UNVERIFIED),
        site("merged", legal_status=LegalStatus.UNVERIFIED, merged_into="s1"),
    )
    assert gaps(rows) == {GapCode.SITES_UNCLASSIFIED: 2}


def test_a_site_on_the_edge_is_in_both_zones():
    other = Zone(id="b", name="Beta", outline=square(0.05), operation_id="op")
    edge = site("edge", 0.05, legal_status=LegalStatus.UNVERIFIED)
    rows = with_rows(nothing_missing(), other, edge)
    assert gaps(rows)[GapCode.SITES_UNCLASSIFIED] == 1
    assert gaps(rows, "b")[GapCode.SITES_UNCLASSIFIED] == 1


COMMUNE = AdminUnit(code="180101", level=AdminLevel.COMMUNE, outline=box(103.54, 10.5, 103.6, 10.6))


def test_a_site_known_by_its_commune_is_not_in_the_zone_but_may_lie_in_it():
    vague = site(
        "v",
        point=None,
        precision=Precision.COMMUNE,
        admin_code="180101",
        legal_status=LegalStatus.UNVERIFIED,
    )
    rows = with_rows(nothing_missing(), COMMUNE, vague)
    assert gaps(rows) == {GapCode.SITES_MAY_LIE: 1}
    far = replace(COMMUNE, outline=box(103.6, 10.5, 103.7, 10.6))
    assert gaps(with_rows(without(rows, COMMUNE.id), far)) == {}


def test_a_unit_without_an_outline_is_a_circle_about_its_middle():
    # 4.5 km about the middle of a commune: the zone ends 2 km west of the one, 16 of the other.
    near = allegation("n", point=LonLat(103.57, 10.52), precision=Precision.COMMUNE)
    far = allegation("f", point=LonLat(103.7, 10.52), precision=Precision.COMMUNE)
    nowhere = allegation("x", point=None, precision=Precision.UNKNOWN)
    rows = with_rows(nothing_missing(), near, far, nowhere)
    assert gaps(rows) == {GapCode.ALLEGATIONS_MAY_LIE: 1}


def test_a_province_is_an_area_of_doubt_too():
    # The zone lies in Preah Sihanouk.
    said = allegation(point=None, precision=Precision.UNKNOWN, admin_code="18")
    assert gaps(with_rows(nothing_missing(), said)) == {GapCode.ALLEGATIONS_MAY_LIE: 1}
    elsewhere = replace(said, admin_code="16")
    assert gaps(with_rows(nothing_missing(), elsewhere)) == {}


def test_allegations_that_nobody_triaged_are_counted_and_never_called_by_their_reference():
    rows = with_rows(
        nothing_missing(),
        allegation(),
        allegation("done", status=AllegationStatus.TRIAGED),
        allegation("again", status=AllegationStatus.DUPLICATE),
        allegation("far", point=LonLat(104.2, 10.5)),
    )
    assert gaps(rows) == {GapCode.ALLEGATIONS_NOT_TRIAGED: 1}
    (gap,) = checked(rows).zones[0].gaps
    assert [(e.id, e.name) for e in gap.examples] == [("al", "")]
    assert example_name(gap.examples[0]) == "al"


def test_an_allegation_lies_where_its_site_is():
    vague = {"point": None, "precision": Precision.COMMUNE, "admin_code": "180101"}
    rows = with_rows(nothing_missing(), COMMUNE, site("far", 0.4))
    assert gaps(with_rows(rows, allegation(site_id="s1", **vague))) == {
        GapCode.ALLEGATIONS_NOT_TRIAGED: 1
    }
    assert gaps(with_rows(rows, allegation(site_id="far", **vague))) == {}
    merged = site("old", 0.4, merged_into="s1")
    assert gaps(with_rows(rows, merged, allegation(site_id="old", **vague))) == {
        GapCode.ALLEGATIONS_NOT_TRIAGED: 1
    }


def test_a_zone_without_sites_is_told():
    assert gaps(without(nothing_missing(), "s1")) == {GapCode.NO_SITES: 1}


# --- how old it is --------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "old"), [(30, False), (31, True)])
def test_what_is_older_than_the_limit_is_stale(days, old):
    seen = NOW.date() - timedelta(days=days)
    rows = changed(nothing_missing(), "s1", visited_on=seen)
    assert (GapCode.STALE in gaps(rows)) is old
    if old:
        (gap,) = checked(rows).zones[0].gaps
        assert gap.params == {"of": "readiness.newest.visit", "days": 31, "most": 30}


def test_the_limit_is_the_operations_own():
    rows = changed(nothing_missing(), "op", limits=Limits(stale_days=4))
    assert gaps(rows) == {GapCode.STALE: 1}


@pytest.mark.parametrize(
    "news",
    [
        Inspection(site_id="s1", inspected_at=datetime(2022, 10, 9, 9)),  # noqa: DTZ001 - local
        IndicatorCheck(site_id="s1", indicator=Indicator.ISOLATION, checked_on=date(2022, 10, 9)),
        allegation(status=AllegationStatus.TRIAGED, received_on=date(2022, 10, 9)),
        ImportBatch(
            file_name="register.xlsx",
            target=Kind.SITE,
            imported_at=datetime(2022, 10, 9, tzinfo=UTC),
            rows=1,
            imported=1,
            rejected=0,
            waiting=0,
        ),
    ],
    ids=lambda e: type(e).__name__,
)
def test_anything_newer_makes_it_fresh(news):
    rows = changed(nothing_missing(), "s1", visited_on=date(2022, 1, 1), source="register.xlsx")
    assert gaps(rows) == {GapCode.STALE: 1}
    assert gaps(with_rows(rows, news)) == {}


def test_a_decision_of_today_makes_it_fresh_and_a_visit_of_the_future_does_not():
    rows = changed(nothing_missing(), "s1", visited_on=None)
    (gap,) = checked(rows).zones[0].gaps
    assert gap.params["of"] == "readiness.newest.decision"
    assert gaps(changed(rows, "s1", visited_on=date(2032, 1, 1))) == {GapCode.STALE: 1}


def test_sites_of_which_nobody_knows_a_day_are_told():
    rows = changed(nothing_missing(), "s1", visited_on=None, legal_status=LegalStatus.UNVERIFIED)
    assert gaps(rows) == {GapCode.UNDATED: 1, GapCode.SITES_UNCLASSIFIED: 1}
