from __future__ import annotations

from dataclasses import replace

import pytest

from geo.catalogue import catalogue
from geo.errors import InputError
from geo.model.allegation import Allegation
from geo.model.command import Operation
from geo.model.entity import Kind
from geo.model.site import Site
from geo.model.vocabulary import AllegationStatus, Grade, OperationState
from layers.export.content import ReportKind, shown
from layers.export.report import report_content
from tests.geo.privacy.example_plan import DAY, SECRET, example_plan


@pytest.fixture(scope="module")
def plan():
    return example_plan()


def province(plan, grade=Grade.COMMAND, language="en", **more):
    return report_content(plan, ReportKind.PROVINCE, grade, language, day=DAY, **more)


def operation(plan, grade=Grade.COMMAND):
    return report_content(plan, ReportKind.OPERATION, grade, "en", day=DAY)


def sums_up(table):
    for column in range(1, len(table.columns)):
        assert sum(row[column] for row in table.rows) == table.total[column]


def test_sites_add_up_to_the_plan(plan):
    table = province(plan).table("sites")
    sums_up(table)
    here = [site for site in plan.all(Site) if site.admin_code.startswith("18")]
    assert table.total[-1] == len(here)


def test_the_rows_of_a_table_are_as_long_as_its_head(plan):
    for content in (province(plan), province(plan, Grade.RESTRICTED), operation(plan)):
        sheet_tables = [table for sheet in content.sheets for table in sheet.tables]
        for table in (*content.tables, *sheet_tables):
            assert {len(row) for row in (*table.rows, table.total or table.columns)} == {
                len(table.columns)
            }


def test_allegations_are_counted_once_in_the_total_and_duplicates_not_at_all(plan):
    content = province(plan)
    real = [a for a in plan.all(Allegation) if a.status is not AllegationStatus.DUPLICATE]
    kinds, grades = content.table("allegation_kinds"), content.table("allegation_grades")
    assert kinds.total[1] == len(real) == grades.total[-1]
    assert sum(row[1] for row in kinds.rows) == sum(len(set(a.kinds)) for a in real)
    sums_up(grades)


def test_the_precision_mix_of_allegations_adds_up(plan):
    table = province(plan).table("allegation_kinds")
    for row in (*table.rows, table.total):
        assert row[1] == sum(row[2:-1])


def test_every_table_of_allegations_says_that_they_are_no_verdict(plan):
    for grade in (Grade.COMMAND, Grade.RESTRICTED):
        content = province(plan, grade)
        for name in ("allegation_kinds", "allegation_grades"):
            assert content.table(name).before == "An allegation is not a verdict."
        assert content.notes[0] == "An allegation is not a verdict."


def test_the_head_says_whose_report_it_is_and_that_its_data_is_invented(plan):
    title = province(plan).title
    assert title.kingdom == "Kingdom of Cambodia"
    assert title.motto == "Nation Religion King"
    assert title.office.startswith("Provincial Administrative Unity Command")
    assert title.subtitle == "Preah Sihanouk Province"
    assert title.date == "17 Sept 2022"
    assert title.banner.startswith("COMMAND")
    assert title.fictional


def test_a_khmer_report_has_no_english_word_of_ours(plan):
    content = province(plan, language="km")
    english = {texts["en"] for code, texts in catalogue().items() if code.startswith("report.")}
    said = {table.title for table in content.tables} | set(content.notes)
    said |= {column.head for table in content.tables for column in table.columns}
    assert not said & english


def test_reports_are_numbered_by_the_copies_that_were_made():
    plan = example_plan()
    assert province(plan).title.number == "No. 001/2022"
    plan.record("print", grade="command")
    plan.record("read")
    plan.record("export", grade="command")
    assert province(plan).title.number == "No. 003/2022"
    assert province(plan, language="km").title.number == "លេខ ០០៣/២០២២"


def test_a_zone_sheet_names_team_groups_and_what_is_missing(plan):
    sheet = province(plan).sheets[0]
    facts = dict(sheet.facts)
    assert facts["Team"] == "Demo Team 1"
    assert facts["Led by"] == "Deputy Governor 1 (demo)"
    assert facts["Contact"] == "Radio channel 4 (demo)"
    groups = next(table for table in sheet.tables if table.name == "groups")
    assert len(groups.rows) == 3
    assert "Reports" in groups.note


def test_a_zone_counts_known_points_and_says_how_many_more_may_be_inside(plan):
    sheet = province(plan).sheets[0]
    sites = next(table for table in sheet.tables if table.name == "zone_sites")
    assert sites.total[1] == sum(row[1] for row in sites.rows) > 0
    assert "Possibly inside" in sites.note


def test_partners_get_decided_sites_cells_and_no_zone(plan):
    content = province(plan, Grade.RESTRICTED)
    heads = [column.head for column in content.table("sites").columns]
    assert heads == ["Kind of site", "Legal", "Illegal", "Total"]
    assert content.table("sites").total[1:] == (70, 40, 110)
    assert content.sheets == ()
    assert content.map.cells.counts.sum() > 0
    assert len(content.map.project.table(Kind.ALLEGATION)) == 0
    with pytest.raises(KeyError):
        content.table("zones")


def test_the_public_gets_counts_and_a_map_without_a_point(plan):
    content = province(plan, Grade.PUBLIC)
    assert {table.name for table in content.tables} == {"public_counts", "public_outcomes"}
    for kind in (Kind.SITE, Kind.ALLEGATION, Kind.CROSSING, Kind.ZONE, Kind.TEAM):
        assert len(content.map.project.table(kind)) == 0
    assert len(content.map.cells.counts) == 0


def test_a_copy_does_not_say_how_many_rows_it_holds_back(plan):
    for grade in (Grade.RESTRICTED, Grade.PUBLIC):
        content = province(plan, grade)
        assert content.withheld_text
        assert not set(content.withheld_text) & set(content.notes)


@pytest.mark.parametrize("grade", [Grade.RESTRICTED, Grade.PUBLIC])
def test_no_secret_stands_in_a_report_that_leaves_the_command(grade):
    for state in (OperationState.DRAFT, OperationState.COMPLETED):
        content = province(example_plan(state=state), grade)
        words = replace(content, map=None)
        assert SECRET not in repr(words)


def test_an_operation_does_not_leave_the_command_before_it_is_completed(plan):
    with pytest.raises(InputError) as refused:
        operation(plan, Grade.RESTRICTED)
    assert refused.value.code == "grade.error.operation_not_completed"
    done = operation(example_plan(state=OperationState.COMPLETED), Grade.RESTRICTED)
    assert len(done.sheets) == 2
    assert "Led by" not in dict(done.sheets[0].facts)
    assert "Priority" not in dict(done.sheets[0].facts)


def test_a_single_operation_is_not_reported_to_the_public(plan):
    with pytest.raises(InputError) as refused:
        operation(plan, Grade.PUBLIC)
    assert refused.value.code == "grade.error.operation_public"


def test_an_operation_that_is_not_there_is_a_clear_error(plan):
    with pytest.raises(InputError) as refused:
        report_content(plan, ReportKind.OPERATION, Grade.COMMAND, "en", operation_id="none")
    assert refused.value.code == "report.error.no_operation"


def test_an_operation_report_shows_its_zones_and_own_sites(plan):
    content = operation(plan)
    own = content.table("sites").total[-1]
    assert 0 < own < 150
    west, south, east, north = content.map.bounds
    for zone in content.map.project.table(Kind.ZONE).entities():
        x0, y0, x1, y1 = zone.outline.bounds
        assert west < x0 < x1 < east
        assert south < y0 < y1 < north
    assert plan.all(Operation)[0].name in content.title.subtitle


def test_a_plan_without_rows_still_makes_a_report(plan):
    content = province(plan, province_code="24")
    assert content.table("sites").total == ("Total", 0)


def test_what_is_unknown_is_a_dash_and_numbers_are_written_in_the_language():
    assert shown(None, "en") == "–"
    assert shown(1680, "en") == "1,680"
    assert shown(1680, "km") == "១,៦៨០"


def test_every_text_of_reports_and_grades_has_both_languages():
    for code, texts in catalogue().items():
        if code.startswith(("report.", "grade.")):
            assert texts["en"].strip(), code
            assert texts["km"].strip(), code
