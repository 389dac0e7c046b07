"""Teams as an office lists them."""

from __future__ import annotations

import json

from geo.model.entity import Kind

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
