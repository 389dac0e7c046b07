"""``pressure``: crossings ranked from the command line."""

from __future__ import annotations

from datetime import timedelta

import pytest

from geo.clock import today
from geo.edit.allegations import add_allegation
from geo.model.allegation import Allegation
from geo.model.entity import LonLat
from geo.model.vocabulary import AllegationKind, Precision
from gui.cli.opening import opened

GATE = LonLat(102.5507, 13.6612)


@pytest.fixture
def told(plan):
    """The plan with allegations near one gate, and one that is known by its commune."""
    with opened(plan, acts=True) as project:
        for number in range(3):
            project.commit(
                add_allegation(
                    project,
                    Allegation(
                        reference=f"DEMO-{number}",
                        received_on=today() - timedelta(days=10 + number),
                        point=GATE,
                        precision=Precision.POINT,
                        admin_code="011002",
                        kinds=(AllegationKind.HUMAN_TRAFFICKING,),
                    ),
                )
            )
        project.commit(
            add_allegation(
                project,
                Allegation(
                    reference="DEMO-AREA",
                    received_on=today() - timedelta(days=5),
                    precision=Precision.COMMUNE,
                    admin_code="011002",
                    kinds=(AllegationKind.HUMAN_TRAFFICKING,),
                ),
            )
        )
    return plan


def test_crossings_come_in_the_order_of_their_rank(run, told):
    found = run("pressure", told, "--within", 5_000, "--json").json
    first, *others = found["crossings"]
    assert set(first) >= {"name", "allegations", "sites", "trend", "rank"}
    assert (first["name"], first["allegations"], first["rank"]) == ("Poipet", 3, 1)
    assert 0 < first["perhaps"] < 1
    assert first["trend"] == "too_few"
    assert first["trend_p"] is None
    assert all(c["allegations"] in {0, 3} for c in others)
    assert [c["rank"] for c in found["crossings"]] == sorted(c["rank"] for c in found["crossings"])
    assert found["parameters"]["within"] == 5_000
    assert (found["n"], found["area_only"]) == (4, 1)
    assert found["corridors"] == []
    assert any("at least 20" in words for words in found["warnings"])


def test_a_day_before_the_allegations_has_none(run, told):
    day = today() - timedelta(days=30)
    found = run("pressure", told, "--as-of", day.isoformat(), "--json").json
    assert found["n"] == 0
    assert {c["allegations"] for c in found["crossings"]} == {0}


def test_the_table_says_how_it_ranks_and_what_perhaps_means(run, told):
    said = run("pressure", told)
    assert said.status == 0, said.err
    for words in ("Poipet", "Rank:", "Perhaps", "Mann-Kendall", "n = 4"):
        assert words in said.out


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--within", 5], "between 500 m and 100000 m"),
        (["--months", 1], "3 to 120 months"),
        (["--as-of", "yesterday"], "yesterday"),
    ],
)
def test_what_cannot_be_asked_is_said_once(run, told, options, words):
    said = run("pressure", told, *options)
    assert said.status == 2
    assert words in said.err
