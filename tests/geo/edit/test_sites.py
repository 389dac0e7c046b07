"""Correcting and moving a site by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from geo.edit.edit import Edit, updating
from geo.edit.sites import add_site, change_site, move_site
from geo.edit.verbs import Verb
from geo.errors import InputError
from geo.model.entity import LonLat
from geo.model.site import Site
from geo.model.vocabulary import LegalStatus, Precision

HERE = LonLat(103.52, 10.61)


def refusal(act) -> str:
    with pytest.raises(InputError) as refused:
        act()
    return refused.value.code


def test_a_field_is_corrected_and_trimmed(plan):
    plan.commit(change_site(plan, plan.site().id, {"owner": " Demo owner ", "capacity": 40}))
    assert (plan.site().owner, plan.site().capacity) == ("Demo owner", 40)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"capacity": -1}, "error.site.capacity"),
        ({"accuracy_m": 0.0}, "error.site.accuracy"),
        ({"precision": Precision.POINT}, "error.site.no_point"),
        ({"name_en": " ", "code": ""}, "error.site.no_name"),
        ({"legal_status": LegalStatus.ILLEGAL}, "error.site.not_by_hand"),
        ({"claimed_status": "licensed"}, "error.site.not_by_hand"),
        ({"merged_into": "x"}, "error.site.not_by_hand"),
    ],
)
def test_what_cannot_be_so_is_refused(plan, changes, code):
    assert refusal(lambda: change_site(plan, plan.site().id, changes)) == code


def test_a_moved_site_is_exact_and_keeps_its_unit_unless_told(plan):
    site_id = plan.site().id
    plan.commit(change_site(plan, site_id, {"admin_code": "180104"}))
    plan.commit(move_site(plan, site_id, HERE, 50.0))
    moved = plan.site()
    assert (moved.point, moved.accuracy_m) == (HERE, 50.0)
    assert (moved.precision, moved.admin_code) == (Precision.POINT, "180104")
    plan.commit(move_site(plan, site_id, HERE, None, "180105"))
    assert (plan.site().accuracy_m, plan.site().admin_code) == (None, "180105")


def test_a_place_that_is_known_by_its_commune_only_keeps_no_point(plan):
    site_id = plan.site().id
    plan.commit(move_site(plan, site_id, HERE, 50.0, "180104"))
    plan.commit(change_site(plan, site_id, {"precision": Precision.COMMUNE}))
    assert (plan.site().point, plan.site().accuracy_m) == (None, None)
    plan.undo()
    assert (plan.site().point, plan.site().accuracy_m) == (HERE, 50.0)


def test_a_merged_site_is_not_corrected(plan):
    old = plan.site()
    merged = replace(old, merged_into=plan.site("B").id)
    plan.commit(Edit(verb=Verb.MERGE, params={"name": "B"}, deltas=(updating(old, merged),)))
    assert refusal(lambda: change_site(plan, old.id, {"owner": "x"})) == "error.site.merged"


def test_a_new_site_is_not_exact_without_a_position():
    site = Site(name_en="Demo", precision=Precision.POINT)
    assert refusal(lambda: add_site(site)) == "error.site.no_point"
