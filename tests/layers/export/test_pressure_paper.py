"""Border pressure on paper."""

from __future__ import annotations

import pytest

from geo.analysis.border.job import pressure
from geo.progress import NoProgress
from layers.export.pressure_paper import pressure_analysed
from tests.geo.analysis.border.frontier import POIPET, Frontier


@pytest.mark.parametrize("said", [0, 1])
def test_no_crossing_is_named_first_where_nothing_is_known_near_any(said):
    frontier = Frontier()
    frontier.crossing("Alpha")
    for _ in range(said):
        frontier.say(POIPET)
    headline = pressure_analysed(pressure(frontier.order(), NoProgress()), "en").headline
    assert ("Alpha" in headline) == bool(said)
    assert headline.startswith("First by rank" if said else "No allegation is known to a point")
