from __future__ import annotations

import pytest

from geo.edit.sites import add_site
from geo.model.command import Operation, Team, Zone
from geo.model.entity import Kind, LonLat
from geo.model.site import Site
from geo.model.vocabulary import Grade, OperationState, Precision
from geo.privacy.release import release, release_cells, released_project, tally, withheld_in
from geo.privacy.scope import Scope
from tests.geo.privacy.example_plan import SECRET, columns_with_secrets, example_plan

PROVINCE = Scope("18")


@pytest.fixture(scope="module")
def draft():
    return example_plan()


@pytest.fixture(scope="module")
def completed():
    return example_plan(state=OperationState.COMPLETED)


def secrets_in(project, grade):
    return {
        (kind, name)
        for kind in Kind
        for name, values in release(project, kind, grade).columns.items()
        if any(SECRET in str(value) for value in values)
    }


def test_the_example_has_secrets_to_lose(draft):
    assert len(columns_with_secrets(draft)) >= 8


@pytest.mark.parametrize("state", [OperationState.DRAFT, OperationState.COMPLETED])
@pytest.mark.parametrize("grade", [Grade.RESTRICTED, Grade.PUBLIC])
def test_no_secret_leaves_the_command(state, grade):
    assert secrets_in(example_plan(state=state), grade) == set()


def test_the_command_sees_its_plan_and_commander_and_no_other_secret(completed):
    assert secrets_in(completed, Grade.COMMAND) == {
        (Kind.PLAN, "name"),
        (Kind.OPERATION, "commander"),
    }


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("grade", Grade)
def test_rows_that_leave_and_rows_withheld_are_all_rows(draft, kind, grade):
    found = release(draft, kind, grade, PROVINCE)
    assert len(found) + sum(found.withheld.values()) == len(draft.table(kind))


def test_partners_see_only_sites_whose_ledger_says_legal_or_illegal(draft):
    found = release(draft, Kind.SITE, Grade.RESTRICTED)
    assert len(found) == 110
    assert set(found.columns["legal_status"]) == {"legal", "illegal"}
    assert "DEMO-NOLEDGER" not in set(found.columns["code"])
    assert found.withheld == {"undecided": len(draft.table(Kind.SITE)) - 110}


def test_the_public_gets_no_row_of_a_site(draft):
    assert len(release(draft, Kind.SITE, Grade.PUBLIC)) == 0


@pytest.mark.parametrize("kind", [Kind.OPERATION, Kind.ZONE, Kind.TEAM, Kind.ASSIGNMENT])
def test_partners_see_nothing_of_an_operation_before_it_is_completed(draft, completed, kind):
    assert len(release(draft, kind, Grade.RESTRICTED)) == 0
    assert len(release(completed, kind, Grade.RESTRICTED)) > 0


def test_a_copy_about_an_operation_holds_its_own_sites_only(draft):
    operation = draft.all(Operation)[0]
    found = release(draft, Kind.SITE, Grade.COMMAND, Scope(operation_id=operation.id))
    zones = [zone.outline for zone in draft.all(Zone)]
    assert 0 < len(found) < len(draft.table(Kind.SITE))
    for lon, lat in zip(found.columns["lon"], found.columns["lat"], strict=True):
        assert any(
            west <= lon <= east and south <= lat <= north
            for west, south, east, north in (outline.bounds for outline in zones)
        )


def test_a_copy_about_a_province_leaves_out_the_others(draft):
    codes = release(draft, Kind.SITE, Grade.COMMAND, PROVINCE).columns["code"]
    assert "DEMO-BTB" not in set(codes)


def test_allegations_leave_the_command_in_cells_only(draft):
    rows = release(draft, Kind.ALLEGATION, Grade.RESTRICTED)
    cells, withheld = release_cells(draft, Grade.RESTRICTED)
    assert len(rows) == 0
    assert cells.counts.sum() > 0
    assert cells.counts.sum() + sum(withheld.values()) == len(draft.table(Kind.ALLEGATION))


@pytest.mark.parametrize("grade", [Grade.COMMAND, Grade.PUBLIC])
def test_where_the_rule_is_not_the_grid_there_is_no_cell(draft, grade):
    cells, withheld = release_cells(draft, grade)
    assert len(cells.counts) == 0
    assert withheld == {"grade": 60}


def test_the_public_gets_no_count_that_was_not_checked_against_earlier_ones(draft):
    assert tally(draft, Kind.SITE, ("legal_status",), Grade.PUBLIC) is None


def test_what_may_not_be_shown_may_not_be_counted(draft):
    assert tally(draft, Kind.ALLEGATION, ("channel",), Grade.COMMAND) is None


def test_partners_count_only_decided_sites(draft):
    found = tally(draft, Kind.SITE, ("legal_status",), Grade.RESTRICTED)
    assert found == {("legal",): 70, ("illegal",): 40}


def test_a_rejected_value_leaves_only_if_its_field_may(draft):
    found = release(draft, Kind.IMPORT_ROW, Grade.COMMAND)
    assert dict(zip(found.columns["field"], found.columns["value"], strict=True)) == {
        "text": None,
        "received_on": "32/13/2022",
    }
    assert "values" not in found.columns


def test_a_map_of_released_rows_can_read_every_row_as_an_entity(completed):
    for grade in Grade:
        released = released_project(completed, grade)
        for kind in Kind:
            assert len(tuple(released.table(kind).entities())) == len(released.table(kind))


def test_what_is_withheld_is_empty_in_the_released_plan(completed):
    team = released_project(completed, Grade.RESTRICTED).all(Team)[0]
    assert (team.lead, team.groups, team.contact) == ("", (), "")
    site = released_project(completed, Grade.RESTRICTED).all(Site)[0]
    assert (site.owner, site.capacity, site.source) == ("", None, "")


def test_a_released_plan_cannot_be_changed(completed):
    released = released_project(completed, Grade.RESTRICTED)
    with pytest.raises(NotImplementedError):
        released.store.commit(None)
    with pytest.raises(NotImplementedError):
        released.record("export")


def test_the_reasons_of_what_is_withheld_are_counted(draft):
    found = withheld_in(draft, Grade.RESTRICTED, PROVINCE)
    assert found[Kind.SITE]["undecided"] == 66
    assert found[Kind.ZONE] == {"not_completed": 2}


def test_a_site_without_a_unit_belongs_to_the_province_in_which_its_point_lies():
    plan = example_plan()
    for code, lon, lat in (("HERE", 103.53, 10.63), ("THERE", 102.56, 13.65)):
        point = LonLat(lon, lat)
        plan.commit(add_site(Site(code=code, point=point, precision=Precision.POINT)))
    codes = set(release(plan, Kind.SITE, Grade.COMMAND, PROVINCE).columns["code"])
    assert "HERE" in codes
    assert "THERE" not in codes
