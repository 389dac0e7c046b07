"""Teams as an office lists them."""

from __future__ import annotations

import json

import openpyxl

from geo.formats.kept import rows_again
from geo.formats.team_groups import GROUPS
from geo.model.entity import Kind
from geo.model.plan import ImportRow

TEAMS = """Unit name;Commander;Province;Vehicles;Radio channel
Team One;Deputy Governor;Preah Sihanouk;2 pickup, 1 van;Channel 4
Team Two;Deputy Governor;18;car: Blue, the old one;Channel 5
Team Three;Deputy Governor;Atlantis;;
Team Four;Deputy Governor;;១ van;
"""


def test_provinces_by_name_and_vehicles_by_number(checked, tmp_path):
    path = tmp_path / "teams.csv"
    path.write_text(TEAMS, encoding="utf-8")
    result = checked(path, Kind.TEAM)
    assert result.columns["province_code"] == ["18", "18", ""]
    assert [p.code for p in result.waiting] == ["import.reason.unknown_province"]
    vehicles = [json.loads(v) for v in result.columns["vehicles"]]
    assert [[v["kind"] for v in row] for row in vehicles] == [
        ["car", "car", "van"],
        ["car"],
        ["van"],
    ]
    assert vehicles[1][0]["name"] == "Blue, the old one"


ONE_ROW_PER_GROUP = """Team name;Leader;Radio channel;Group;Chief;Task;Members
Team One;Deputy Governor 1;Channel 4;Inspection (military police);Chief of inspection;Search;8
;;;Camera footage;Chief of cameras;Secure recorders;2
;;;Minutes;Chief of minutes;Write;៣
Team Two;Deputy Governor 2;Channel 5;កំណត់ហេតុ;Chief of minutes;Write;2
Team Two;;;របាយការណ៍;Chief of reports;Report;1
"""
WIDE = """Team name;Minutes: chief;Minutes: members;របាយការណ៍ មេ;ការគាំទ្រ និងពិនិត្យជនរងគ្រោះ ភារកិច្ច
Team One;Chief of minutes;2;Chief of reports;Screen first
"""


def groups_of(result):
    return [json.loads(g) for g in result.columns["groups"]]


def test_a_row_for_each_group_becomes_one_team_with_its_groups(checked, tmp_path):
    path = tmp_path / "teams.csv"
    path.write_text(ONE_ROW_PER_GROUP, encoding="utf-8")
    result = checked(path, Kind.TEAM)
    assert result.columns["name"] == ["Team One", "Team Two"]
    assert result.columns["contact"] == ["Channel 4", "Channel 5"]
    first, second = groups_of(result)
    assert [g["kind"] for g in first] == ["military_police_inspection", "camera_footage", "minutes"]
    assert [g["members"] for g in first] == [8, 2, 3]
    assert [g["kind"] for g in second] == ["minutes", "reports"]
    assert first[1]["chief"] == "Chief of cameras"
    assert first[1]["task"] == "Secure recorders"


def test_rows_of_groups_are_accounted_for(checked, tmp_path):
    path = tmp_path / "teams.csv"
    path.write_text(ONE_ROW_PER_GROUP, encoding="utf-8")
    result = checked(path, Kind.TEAM)
    joined = [n.row for n in result.raw.skipped if n.what == "import.skipped.group"]
    assert joined == [3, 4, 6]
    assert result.rows + len(joined) == 5


def test_the_same_workbook_with_merged_cells(checked, tmp_path):
    book = openpyxl.Workbook()
    for line in ONE_ROW_PER_GROUP.strip().split("\n"):
        book.active.append([cell or None for cell in line.split(";")])
    book.active.merge_cells("A2:A4")
    path = tmp_path / "teams.xlsx"
    book.save(path)
    result = checked(path, Kind.TEAM)
    assert [len(g) for g in groups_of(result)] == [3, 2]


def test_columns_for_each_group_are_known_in_either_language(checked, tmp_path):
    path = tmp_path / "teams.csv"
    path.write_text(WIDE, encoding="utf-8")
    (groups,) = groups_of(checked(path, Kind.TEAM))
    assert {g["kind"]: (g["chief"], g["task"], g["members"]) for g in groups} == {
        "minutes": ("Chief of minutes", "", 2),
        "reports": ("Chief of reports", "", 0),
        "victim_support": ("", "Screen first", 0),
    }


def test_an_unknown_group_waits_and_is_not_guessed(checked, tmp_path):
    path = tmp_path / "teams.csv"
    path.write_text("Team name;Group;Chief\nTeam One;Pirates;Chief\n", encoding="utf-8")
    result = checked(path, Kind.TEAM)
    assert [(p.field, p.value) for p in result.waiting] == [("group", "Pirates")]


def test_a_group_twice_in_a_team_waits(checked, tmp_path):
    path = tmp_path / "teams.csv"
    path.write_text("Team name;Group\nTeam One;Minutes\n;Minutes\n", encoding="utf-8")
    assert [p.code for p in checked(path, Kind.TEAM).waiting] == ["import.reason.same_group"]


def test_the_groups_of_a_team_that_waits_in_the_plan_are_there_when_it_is_answered(
    checked, tmp_path
):
    path = tmp_path / "teams.csv"
    path.write_text(
        ONE_ROW_PER_GROUP.replace("Leader", "Province").replace("Deputy Governor 1", "Atlantis"),
        encoding="utf-8",
    )
    result = checked(path, Kind.TEAM)
    position = next(p.position for p in result.waiting if p.value == "Atlantis")
    kept = ImportRow(
        batch_id="b",
        row=2,
        field="province",
        value="Atlantis",
        reason="[]",
        values=result.values_of(position),
    )
    again = rows_again([kept], result.mapping)
    assert [g["kind"] for g in json.loads(again.column(GROUPS)[0])][-1] == "Minutes"
