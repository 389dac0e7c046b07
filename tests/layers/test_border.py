"""Border pressure on the map and in sentences, in both languages."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest

from geo.analysis.border.job import pressure
from geo.progress import NoProgress
from layers.border import CLOSED, SYMBOL, WIDTHS, findings, statement, warned
from tests.geo.analysis.border.frontier import ON, POIPET, Frontier, Ground, away


@pytest.fixture(scope="module")
def found():
    """A gate that is closed, one that is open, and a planted corridor."""
    frontier = Frontier()
    frontier.crossing("Closed", POIPET, open_=((None, ON - timedelta(days=30)),))
    frontier.crossing("Open", away(POIPET, north_m=-6_000.0), open_=((None, None),))
    random = np.random.default_rng(3)
    ground = Ground(clear=(POIPET, away(POIPET, north_m=-6_000.0)))
    for at in np.concatenate([ground.points(30, random), ground.points(12, random, stretch=18)]):
        frontier.say(at)
    for _ in range(6):
        frontier.say(POIPET)
    return pressure(frontier.order(), NoProgress())


def test_a_closed_crossing_has_a_symbol_that_is_struck_through(found):
    shown = findings(found)
    symbols = {
        key: shown.classes[code].symbol
        for key, code in zip(shown.points.keys, shown.points.codes, strict=True)
    }
    by_name = {c.name_en: symbols[c.id] for c in found.crossings}
    assert by_name == {"Closed (demo)": CLOSED, "Open (demo)": SYMBOL}
    assert CLOSED.struck
    assert not SYMBOL.struck
    assert [c.count for c in shown.classes] == [None, 1, 1, 1]


def test_a_corridor_is_wider_the_more_there_is(found):
    shown = findings(found)
    (width,) = shown.lines.widths
    assert WIDTHS[0] < width <= WIDTHS[1]
    assert shown.lines.keys == ("corridor-0",)


def test_the_ring_around_a_crossing_has_its_radius(found):
    shown = findings(found)
    west, south, east, north = shown.bounds_of(f"disc-{found.crossings[0].id}")
    # Web mercator stretches by the latitude.
    stretch = 1 / np.cos(np.radians(13.66))
    assert (east - west) == pytest.approx(2 * 5_000 * stretch, rel=0.01)
    assert (north - south) == pytest.approx(2 * 5_000 * stretch, rel=0.01)


@pytest.mark.parametrize("language", ["en", "km"])
def test_everything_is_told_in_both_languages(found, language):
    shown = findings(found)
    keys = (*shown.points.keys, *shown.areas.keys, *shown.lines.keys)
    said = [words for key in keys for words in shown.tell(key)]
    said += [*statement(found), *warned(found), shown.title, *(c.label for c in shown.classes)]
    assert all(words.words(language).strip() for words in said)


def test_what_the_pointer_says_of_a_crossing_keeps_sure_and_perhaps_apart(found):
    closed = next(c for c in found.crossings if c.name_en.startswith("Closed"))
    told = [words.words("en") for words in findings(found).tell(closed.id)]
    assert told[:2] == ["Closed (demo)", "closed"]
    assert told[2] == "6 allegations, perhaps 0 more; 0 sites"
    assert told[-1] == "Grades: F6 × 6."
