"""Official outlines in the plan."""

from __future__ import annotations

import pytest
from shapely import box

from geo.boundaries.match import Boundary, How
from geo.edit.boundaries import import_boundaries
from geo.errors import InputError, NotAllowedError
from geo.gazetteer import Gazetteer
from geo.model.place import AdminUnit
from geo.model.vocabulary import Role


def boundary(code, west=102.0):
    unit = Gazetteer.load().unit(code)
    return Boundary(
        unit=unit, outline=box(west, 13, west + 1, 14), how=How.CODE, rows=(1,), shown=""
    )


def unit(plan, code):
    return next(u for u in plan.all(AdminUnit) if u.code == code)


def test_outlines_come_with_official_names_and_are_not_approximate(plan):
    plan.commit(import_boundaries(plan, [boundary("01"), boundary("0102")], "official.gpkg"))
    found = unit(plan, "0102")
    assert (found.name_en, found.parent_code, found.approximate) == ("Mangkul Bourei", "01", False)
    assert found.source == "official.gpkg"


def test_a_better_file_replaces_the_outline_and_undo_brings_the_old_one_back(plan):
    plan.commit(import_boundaries(plan, [boundary("01")], "old.shp"))
    plan.commit(import_boundaries(plan, [boundary("01", 103.0), boundary("02")], "new.shp"))
    assert unit(plan, "01").outline.equals(box(103, 13, 104, 14))
    assert len(plan.all(AdminUnit)) == 2
    plan.undo()
    assert unit(plan, "01").outline.equals(box(102, 13, 103, 14))
    assert unit(plan, "01").source == "old.shp"
    assert len(plan.all(AdminUnit)) == 1


def test_nothing_to_import_is_said(plan):
    with pytest.raises(InputError, match=r"error\.boundaries\.none"):
        import_boundaries(plan, [], "empty.shp")


def test_an_analyst_may_not_replace_boundaries(plan):
    plan.act_as(Role.ANALYST)
    with pytest.raises(NotAllowedError):
        plan.commit(import_boundaries(plan, [boundary("01")], "official.gpkg"))
