"""One vehicle is one, however its plate is written."""

from __future__ import annotations

import pytest

from geo.analysis.readiness.conflicts import conflicts
from geo.model.command import Assignment, Zone
from geo.model.gaps import GapCode
from tests.geo.analysis.readiness.ground import (
    changed,
    nothing_missing,
    plan_of,
    site,
    square,
    team,
    vehicle,
    with_rows,
)

BETA = Zone(id="b", name="Beta", outline=square(0.1), operation_id="op")


def codes(rows):
    return [c.what for c in conflicts(plan_of(rows), "op")]


@pytest.mark.parametrize("plate", ["២A-១២៣៤", "2a 1234", "2A1234", "2A.\u200b1234"])
def test_a_vehicle_is_one_however_its_plate_is_written(plate):
    rows = with_rows(
        nothing_missing(),
        BETA,
        site("s2", 0.12),
        Assignment(id="duty b", zone_id="b", team_id="blue"),
        team("blue", vehicles=(vehicle("2A-1234"), vehicle("-"))),
    )
    cars = (vehicle(plate), vehicle("-"))
    assert codes(changed(rows, "red", vehicles=cars)) == [GapCode.VEHICLE_TWICE]
    assert codes(changed(rows, "red", vehicles=(vehicle("2A-1235"), vehicle("-")))) == []
