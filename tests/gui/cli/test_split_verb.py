"""``split``: balanced zones from the command line."""

from __future__ import annotations

import pytest

from geo.model.command import Zone
from geo.project import Project
from geo.store.plans import open_plan

AREA = "POLYGON((103.5 10.6, 103.6 10.6, 103.6 10.7, 103.5 10.7, 103.5 10.6))"
FEW = ("--candidates", 4)


@pytest.fixture
def zones(plan):
    def read():
        project = Project(open_plan(plan, read_only=True))
        try:
            return sorted(project.all(Zone), key=lambda z: z.name)
        finally:
            project.close()

    return read


def test_a_province_is_split_and_the_zones_are_in_the_plan(run, plan, zones):
    told = run("split", plan, "--province", "Sihanoukville", "--into", 4, *FEW, "--json").json
    assert set(told) >= {"zones", "max_deviation", "contiguous", "seed", "note"}
    assert [z["name"] for z in told["zones"]] == ["Zone A", "Zone B", "Zone C", "Zone D"]
    assert told["contiguous"] is True
    assert told["seed"] == 1
    assert told["max_deviation"] <= 0.05
    assert "approximate" in told["note"]
    for zone in told["zones"]:
        assert set(zone) >= {"name", "units", "workload", "deviation", "compactness"}
    assert [list(z.units) for z in zones()] == [z["units"] for z in told["zones"]]
    last = run("info", plan, "--json").json["last_edits"][0]
    assert last["what"] == "Split an area into 4 zones"


def test_the_same_command_again_gives_the_same_and_takes_the_place_of_the_first(run, plan, zones):
    first = run("split", plan, "--into", 3, *FEW, "--seed", 5, "--json").json
    assert run("split", plan, "--into", 3, *FEW, "--seed", 5, "--json").json == first
    assert len(zones()) == 3
    said = run("split", plan, "--into", 2, *FEW)
    assert "Took the place of 3 zones" in said.out
    run("undo", plan)
    assert len(zones()) == 3


def test_zones_of_an_operation_give_way_only_if_asked(run, plan, zones):
    run("operation", plan, "--name", "Sweep")
    first = run("split", plan, "--area", AREA, "--into", 2, *FEW, "--operation", "Sweep")
    assert first.status == 0, first.err
    assert "Best of" in first.out
    again = run("split", plan, "--area", AREA, "--into", 2, *FEW, "--operation", "Sweep")
    assert again.status == 2, "all of the ground is held by the first two"
    forced = run(
        "split", plan, "--area", AREA, "--into", 3, *FEW, "--operation", "Sweep", "--replace"
    )
    assert forced.status == 0, forced.err
    assert len(zones()) == 3


def test_units_locked_in_a_zone_stay_in_it_and_it_goes_on(run, plan, zones):
    run("split", plan, "--area", AREA, "--into", 3, *FEW)
    last = zones()[2]
    unit = last.units[-1]
    assert run("zone", plan, "--of", "Zone C", "--keep", unit).status == 0
    strange = run("zone", plan, "--of", "Zone A", "--keep", unit)
    assert strange.status == 2
    assert "has no unit" in strange.err
    told = run("split", plan, "--area", AREA, "--into", 4, "--seed", 9, *FEW, "--json").json
    kept = next(z for z in told["zones"] if z["name"] == "Zone C")
    assert kept["kept"] == [unit]
    assert unit in kept["units"]
    assert "stay in 1 zones" in told["note"]
    now = next(z for z in zones() if z.name == "Zone C")
    assert (now.id, now.kept) == (last.id, (unit,))
    assert [z.name for z in zones()] == ["Zone A", "Zone B", "Zone C", "Zone D"]
    assert run("zone", plan, "--of", "Zone C", "--let-go", unit).status == 0
    assert not any(z.kept for z in zones())


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--into", 1], "2 to 99"),
        (["--into", 4, "--province", "Nowhere"], "Nowhere"),
        (["--into", 4, "--province", "Kep", "--area", AREA], "not both"),
        (["--into", 4, "--units", "commune"], "commune outlines"),
    ],
)
def test_what_cannot_be_done_is_said_once(run, plan, zones, options, words):
    told = run("split", plan, *options)
    assert told.status == 2
    assert words in told.err
    assert zones() == []


def test_a_measure_of_its_own(run, plan):
    told = run("split", plan, "--into", 2, *FEW, "--weight", "area", "--json").json
    assert all(zone["parts"]["sites"] == 0 for zone in told["zones"])
    assert all(zone["parts"]["area"] == pytest.approx(zone["workload"]) for zone in told["zones"])
