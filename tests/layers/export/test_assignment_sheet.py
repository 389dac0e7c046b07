"""What an assignment sheet says, and what it must not."""

from __future__ import annotations

from dataclasses import astuple, replace

import pytest

from geo.edit.edit import Edit, updating
from geo.edit.verbs import Verb
from geo.errors import InputError
from geo.model.command import Coordination, Operation, Override
from geo.model.gaps import GapCode
from geo.model.site import Site
from geo.model.vocabulary import Grade, LegalStatus, OperationState
from layers.export.assignment_sheet import assignment_sheet
from layers.export.duties import duty_paper, site_keys
from tests.layers.export.duty_plan import DAY, DUTY, EVENING, GOVERNOR, SECRET, duty_plan


@pytest.fixture
def plan():
    return duty_plan()


def sheet_of(plan, language="en", **more):
    return assignment_sheet(plan, "gold", "p1", language, at=DAY, **more)


def block(sheet, number):
    (zone,) = sheet.zones
    return next(b for b in (*zone.head, *zone.blocks) if b.number == number)


def changed(plan, cls, entity_id, **values):
    """Bring about past the gate what other acts led to."""
    old = plan.get(cls, entity_id)
    edit = Edit(verb=Verb.EDIT_OPERATION, deltas=(updating(old, replace(old, **values)),))
    plan.absorb(plan.store.commit(edit))


def test_the_blocks_are_numbered_as_those_of_ics_204(plan):
    (zone,) = sheet_of(plan).zones
    assert [b.number for b in (*zone.head, *zone.blocks)] == list(range(1, 10))


def test_it_names_operation_period_zone_leader_groups_and_tasks(plan):
    sheet = sheet_of(plan)
    assert ("Operation", "Demo operation Lotus") in block(sheet, 1).facts
    assert "First shift: 17 Sept 2022, 05:00 – 11:00" in block(sheet, 2).facts[0][1]
    assert ("Zone", "Zone North") in block(sheet, 3).facts
    assert ("Led by", "Deputy governor (demo)") in block(sheet, 4).facts
    (groups,) = block(sheet, 5).tables
    assert groups.rows[0] == (
        "Inspection (military police)",
        "Chief of inspection",
        12,
        "Enter and search",
    )
    *tasks, sites = (value for _, value in block(sheet, 6).facts)
    assert tasks == list(DUTY.tasks)
    assert sites == "8, listed in this sheet"
    assert ("Team", "Channel 5") in block(sheet, 8).facts


def test_the_legend_has_the_signs_of_the_zones_own_map_and_no_others(plan):
    (zone,) = sheet_of(plan).zones
    west, south, east, north = zone.bounds
    shown = [
        s for s in plan.all(Site)
        if s.point and west <= s.point.lon <= east and south <= s.point.lat <= north
    ]  # fmt: skip
    labels = [entry.label for entry in zone.legend]
    illegal = sum(s.legal_status is LegalStatus.ILLEGAL for s in shown)
    assert any(label.startswith("Illegal") and f"({illegal})" in label for label in labels)
    assert any("zone" in label.lower() for label in labels)
    moved = shown[0].point._replace(lon=104.9)
    for site in shown:
        if site.legal_status is LegalStatus.ILLEGAL:
            changed(plan, Site, site.id, point=moved)
    (zone,) = sheet_of(plan).zones
    assert not any(entry.label.startswith("Illegal") for entry in zone.legend)


@pytest.mark.parametrize("language", ["en", "km"])
def test_nothing_of_another_zone_of_complainants_or_of_officers_is_in_it(plan, language):
    sheet = sheet_of(plan, language)
    assert SECRET not in repr([astuple(zone) for zone in sheet.zones])
    assert SECRET not in repr(sheet.report.title)


def test_a_site_is_alleged_or_decided_and_never_the_one_for_the_other(plan):
    (table,) = block(sheet_of(plan), 6).tables
    assert table.before == "An allegation is not a verdict."
    by_code = {str(row[1]).split(" ")[0]: row for row in table.rows}
    assert by_code["DEMO-003"][3] == "Unverified, nothing decided"
    assert by_code["DEMO-003"][4] == "2 alleged, not proven; held now according to 1"
    assert by_code["DEMO-001"][3:] == ("Illegal, decided 1 Sept 2022", None)
    assert len(by_code) == 8
    # Where people are said to be held stands first.
    assert str(table.rows[0][1]).startswith("DEMO-003")


def test_each_site_has_its_place_in_mgrs_and_in_degrees(plan):
    (table,) = block(sheet_of(plan, "km"), 6).tables
    for row in table.rows:
        assert str(row[2]).startswith("48P US ")
        assert str(row[2]).endswith(" E")


def test_what_the_authorisation_does_not_cover_is_not_to_be_entered(plan):
    sheet = sheet_of(plan)
    (table,) = block(sheet, 6).tables
    shut = [str(row[1]).split(" ")[0] for row in table.rows if "DO NOT ENTER" in str(row[3])]
    assert shut == ["DEMO-006", "DEMO-007"]
    assert block(sheet, 6).warnings
    assert block(sheet, 7).facts[0] == (
        "Prosecutor's authorisation",
        (
            "6 sites of the zone; 17 Sept 2022, 00:00 – 18 Sept 2022, 00:00; daily 05:00 – 18:00; "
            "witnesses required: 2; PROS-118/22 (demo)"
        ),
    )


def test_without_an_authorisation_it_says_that_nothing_is_entered(plan):
    (told,) = plan.all(Coordination)
    changed(plan, Coordination, told.id, authorisation=None)
    sheet = sheet_of(plan)
    assert block(sheet, 7).warnings
    (table,) = block(sheet, 6).tables
    assert all("DO NOT ENTER" in str(row[3]) for row in table.rows)


def test_an_override_stands_with_person_and_reason(plan):
    facts = dict(block(sheet_of(plan), 7).facts)
    words = facts["Override"]
    assert words.startswith("No ambulance within 30 minutes of every site –")
    assert GOVERNOR.name in words
    assert "A second ambulance comes from the neighbouring district" in words


@pytest.mark.parametrize("language", ["en", "km"])
@pytest.mark.parametrize("gap", GapCode)
def test_an_override_of_any_gap_is_named_without_its_numbers(plan, gap, language):
    (override,) = plan.all(Override)
    changed(plan, Override, override.id, what=gap.value)
    words = dict(block(sheet_of(plan, language), 7).facts)
    named = next(v for v in words.values() if GOVERNOR.name in v).split(" – ")[0]
    assert named
    assert "{" not in named
    assert not named.endswith(("(", ":"))


def test_before_the_release_it_says_that_it_is_no_order(plan):
    assert sheet_of(plan).warning == ""
    changed(plan, Operation, "raid", state=OperationState.SUBMITTED)
    assert "no order" in sheet_of(plan).warning


def test_copies_are_counted_by_what_was_logged(plan):
    first = sheet_of(plan)
    assert first.report.title.number == "No. 001/2022 · Copy 1"
    plan.record("print", **first.report.audit, format="pdf", pages=2, sha256="0")
    plan.record("print", report="province", grade="command")
    assert sheet_of(plan).report.title.number == "No. 003/2022 · Copy 2"


def test_the_log_of_a_copy_holds_no_name(plan):
    details = sheet_of(plan).report.audit
    assert set(details) == {"report", "grade", "language", "assignment"}
    assert details["assignment"] == "duty"


@pytest.mark.parametrize("grade", [Grade.RESTRICTED, Grade.PUBLIC])
def test_no_sheet_leaves_the_command(plan, grade):
    with pytest.raises(InputError, match="sheet_command_only"):
        sheet_of(plan, grade=grade)


def test_a_team_without_a_zone_in_the_period_has_no_sheet(plan):
    with pytest.raises(InputError, match="no_duty"):
        assignment_sheet(plan, "gold", EVENING.id, "en", at=DAY)


def test_codes_that_do_not_tell_two_sites_apart_are_replaced_by_ids(plan):
    sites = plan.all(Site)
    same = [replace(sites[0], code="X"), replace(sites[1], code="x"), replace(sites[2], code="")]
    assert site_keys(same) == {s.id: s.id for s in same}
    assert site_keys([sites[3]]) == {sites[3].id: sites[3].code}


def test_a_duty_that_is_gone_has_no_paper(plan):
    with pytest.raises(InputError, match="gone"):
        duty_paper(plan, "gone", "en", paper="form", at=DAY)
