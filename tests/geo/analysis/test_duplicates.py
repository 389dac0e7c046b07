"""Which sites are proposed as one: planted truth, and what is never proposed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from geo.analysis.duplicates import site_pairs
from geo.edit.apart import keep_apart
from geo.edit.merging import merge_sites
from geo.errors import CancelledError
from geo.model.entity import Kind, LonLat
from geo.model.site import Site
from geo.model.vocabulary import Precision, SiteKind
from tests.geo.analysis.planted import plan_of, register

FIRST = Site(
    id="a",
    code="DEMO-0001",
    name_en="Golden Lion Casino",
    name_km="កាស៊ីណូ តោមាស",
    kind=SiteKind.CASINO,
    point=LonLat(102.57, 13.66),
    precision=Precision.POINT,
    accuracy_m=10.0,
    admin_code="010101",
)
NEARBY = LonLat(102.5704, 13.66)
FAR = LonLat(102.60, 13.66)


def proposed(*sites: Site) -> list[tuple[str, str]]:
    return [(p.first_id, p.second_id) for p in site_pairs(plan_of(sites))]


def reasons(*sites: Site) -> set[str]:
    (pair,) = site_pairs(plan_of(sites))
    return {code.removeprefix("duplicates.reason.") for code, _ in pair.reasons}


def test_nearly_all_planted_duplicates_are_found_and_little_else():
    planted = register(3000, 200)
    found = {tuple(sorted((p.first_id, p.second_id))) for p in site_pairs(planted.plan)}
    hits = len(found & planted.truth)
    assert hits / len(planted.truth) >= 0.97
    assert hits / len(found) >= 0.9


def test_the_planted_ones_come_first():
    planted = register(3000, 200)
    first = site_pairs(planted.plan, most=150)
    found = {tuple(sorted((p.first_id, p.second_id))) for p in first}
    assert len(found & planted.truth) / len(found) >= 0.98


def test_a_register_without_duplicates_gives_few_pairs():
    assert len(site_pairs(register(3000, 0).plan)) <= 30


def test_the_same_site_nearby_says_why():
    again = replace(FIRST, id="b", code="FV-1", name_en="GOLDEN LION HOTEL", point=NEARBY)
    assert reasons(FIRST, again) == {"name_km", "name_en", "apart", "same_kind"}


def test_the_same_code_written_differently_is_enough():
    again = Site(id="b", code="demo 0001", name_en="Papaya", point=FAR, precision=Precision.POINT)
    assert "code" in reasons(FIRST, again)


def test_a_code_that_many_share_says_nothing():
    many = [Site(id=f"s{n}", code="n/a", name_en=f"Shop {n}") for n in range(30)]
    assert proposed(*many) == []


def test_the_same_name_elsewhere_is_another_site():
    assert proposed(FIRST, replace(FIRST, id="b", code="X", point=FAR)) == []


@pytest.mark.parametrize("point", [None, LonLat(102.57, 13.66)])
def test_what_is_known_by_its_commune_is_near_nothing(point):
    """A point that is only a commune's middle must not make two sites neighbours."""
    vague = replace(
        FIRST, id="b", code="X", point=point, precision=Precision.COMMUNE, name_en="", name_km="ចេក"
    )
    assert proposed(FIRST, vague) == []
    named = replace(vague, name_km=FIRST.name_km)
    assert reasons(FIRST, named) == {"name_km", "commune", "same_kind"}
    assert proposed(FIRST, replace(named, admin_code="010102")) == []


def test_an_inaccurate_position_reaches_farther():
    there = LonLat(102.5719, 13.66)  # 205 m
    again = replace(FIRST, id="b", code="X", point=there)
    assert proposed(FIRST, again) == []
    assert proposed(FIRST, replace(again, accuracy_m=60.0)) == [("a", "b")]


def test_names_in_two_scripts_need_other_evidence():
    khmer = replace(FIRST, name_en="", owner="Demo owner")
    latin = replace(FIRST, id="b", code="X", name_km="", point=NEARBY)
    assert proposed(khmer, latin) == []
    assert reasons(khmer, replace(latin, owner="DEMO OWNER")) == {"apart", "owner", "same_kind"}


def test_merged_sites_and_pairs_kept_apart_are_not_proposed_again():
    again = replace(FIRST, id="b", code="X", point=NEARBY)
    third = replace(FIRST, id="c", code="Y", point=NEARBY)
    plan = plan_of([FIRST, again, third])
    assert len(site_pairs(plan)) == 3
    plan.commit(keep_apart(plan, Kind.SITE, "b", "c"))
    assert {(p.first_id, p.second_id) for p in site_pairs(plan)} == {("a", "b"), ("a", "c")}
    # What was found of the merged one holds of the one that it turned out to be.
    plan.commit(merge_sites(plan, "a", "b"))
    assert site_pairs(plan) == ()


def test_the_search_can_be_cancelled():
    class Cancelled:
        def step(self, *_how_far: object) -> None:
            raise CancelledError

    with pytest.raises(CancelledError):
        site_pairs(plan_of([FIRST]), progress=Cancelled())


def test_an_empty_plan_has_no_pairs():
    assert site_pairs(plan_of([])) == ()


@pytest.mark.parametrize(
    ("accuracy_m", "said"),
    [(None, ("apart_unsaid", None)), (900.0, ("apart", 910))],
)
def test_a_distance_is_told_no_more_exactly_than_both_places_are_known(accuracy_m, said):
    again = replace(FIRST, id="b", code="X", accuracy_m=accuracy_m)
    (pair,) = site_pairs(plan_of([FIRST, again]))
    words = {code.removeprefix("duplicates.reason."): params for code, params in pair.reasons}
    code, accuracy = said
    assert words[code].get("accuracy") == accuracy
