"""Links on the map: lines between places that are known, and nobody drawn anywhere."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest

from geo.analysis.links.job import measure
from geo.analysis.links.result import analyse
from geo.model.entity import LonLat
from geo.model.vocabulary import Precision
from geo.progress import NoProgress
from layers.found_links import connection_key, link_findings, through_key
from layers.view import to_mercator
from tests.geo.analysis.links.networks import DAY, person, plan_of, site


def found(links, sites, persons=()):
    plan = plan_of(persons, sites, links)
    result = analyse(plan, lambda skeleton: measure(skeleton, NoProgress()), on=DAY)
    return result, link_findings(result, plan)


SITES = [site(n, point=LonLat(103.5 + i / 10, 10.6)) for i, n in enumerate("abc")]


def test_two_places_are_joined_by_a_line_in_the_class_of_its_confidence():
    result, made = found([("a", "b", 0.8), ("b", "c", 0.2), ("a", "c", 0.5)], SITES)
    codes = dict(zip(made.lines.keys, made.lines.codes.tolist(), strict=True))
    sure = result.network.confidence.tolist()
    assert {codes[connection_key(n)] for n in range(3) if sure[n] == 0.8} == {0}
    assert sorted(codes.values()) == [0, 1, 2]
    west, south, east, north = made.bounds_of(connection_key(0))
    x, y = to_mercator(np.array([103.5, 103.6]), np.array([10.6, 10.6]))
    assert [west, east] == pytest.approx(x.tolist())
    assert [south, north] == pytest.approx(y.tolist())


def test_a_person_has_no_place_and_joins_the_places_by_the_fewest_lines():
    links = [("1", "a", 0.8), ("1", "b", 0.4), ("1", "c", 0.6)]
    result, made = found(links, SITES, [person("1")])
    row = len(result.network) - 1
    assert made.lines.keys == (through_key(row, 0), through_key(row, 1))
    told = [w.words("en") for w in made.tell(through_key(row, 0))]
    assert told == [
        "Site a – Site b: both linked with P-1",
        "confidence 40 %, a lead and not a finding",
    ]
    assert made.points is None


def test_a_site_held_by_its_commune_is_in_the_graph_alone_and_that_is_said():
    vague = site("v", precision=Precision.COMMUNE)
    _, made = found([("a", "v", 0.8)], [*SITES, vague])
    assert made.lines is None
    assert made.bounds is None
    words = " ".join(n.words("en") for n in made.note)
    assert "0 persons have no place, and 1 sites or crossings no exact one" in words


def test_the_note_states_method_n_and_confidence():
    _, made = found([("a", "b", 0.8), ("1", "b", 0.2, {"seen_on": DAY})], SITES, [person("1")])
    words = " ".join(n.words("en") for n in made.note)
    for part in ("shortest ways", "n: 2 links", "1 likely", "1 doubtful", "No hub is told: 3"):
        assert part in words
    assert "Of 1 links nobody noted when" in words


def test_what_was_computed_on_a_past_day_says_the_day():
    later = {"seen_on": DAY + timedelta(days=3)}
    result, made = found([("a", "b", 0.8), ("b", "c", 0.8, later)], SITES)
    assert len(result.network.pairs) == 1
    assert made.title.words("en") == "Links as of 17 Sept 2022"
