"""The course of hotspots in time: the eight classes, and courses that were planted."""

from __future__ import annotations

import h3
import numpy as np
import pytest

from geo.analysis.hotspots.emerging import CLASSES, Emerging, classes_of, course_of
from geo.analysis.hotspots.job import find
from geo.analysis.hotspots.result import HotClass
from geo.analysis.hotspots.wish import Statistic
from geo.errors import InputError
from geo.progress import NoProgress
from tests.geo.analysis.hotspots.ground import LAST, MIDDLE, around, evidence_of, ordered, scattered

E = Emerging


def called(course, trend=0):
    """Return the class of a course: # hot, - cold, . neither."""
    marks = np.array([list(course)])
    found = classes_of(marks == "#", marks == "-", np.array([trend], dtype=np.int8))
    return CLASSES[found[0]]


@pytest.mark.parametrize(
    ("course", "trend", "expected"),
    [
        ("..........", 0, E.NONE),
        (".........#", 0, E.NEW),
        ("-........#", 0, E.NEW),
        ("........##", 0, E.CONSECUTIVE),
        (".#########"[:10], 0, E.PERSISTENT),  # 90 % is no longer consecutive
        ("..########", 0, E.CONSECUTIVE),
        ("##########", 0, E.PERSISTENT),
        ("##########", 1, E.INTENSIFYING),
        ("##########", -1, E.DIMINISHING),
        ("#########.", 0, E.HISTORICAL),
        ("#########.", 1, E.HISTORICAL),
        ("#..#..#..#", 0, E.SPORADIC),
        ("#.......##", 0, E.SPORADIC),
        ("#.-.#....#", 0, E.OSCILLATING),
        ("-.......##", 0, E.CONSECUTIVE),
        ("#..#..#...", 0, E.NONE),
        ("----------", 0, E.NONE),
    ],
)
def test_each_course_has_its_class(course, trend, expected):
    assert called(course, trend) is expected


def test_a_trend_is_believed_only_among_units_that_are_hot_nearly_always():
    rising = np.arange(12.0)
    z = np.array([rising, rising])
    hot = np.array([[True] * 12, [False] * 12])
    found = course_of(z, hot, np.zeros_like(hot), 0.1)
    assert found.trend.tolist() == [1, 0]
    assert found.trend_p[0] == found.trend_p[1]


def steps_of(counts, random, cell):
    """Return positions near a cell and days: so many allegations in each of the steps."""
    places, days = [], []
    for ago, count in enumerate(reversed(counts)):
        places.append(scattered(random, around(cell, 1), count) if count else np.empty((0, 2)))
        days.append(np.datetime64(LAST) - (ago * 30 + random.integers(0, 30, count)))
    return np.concatenate(places), np.concatenate(days)


def test_planted_courses_are_found():
    random = np.random.default_rng(2)
    wanted = {
        (13.40, 102.93): (HotClass.INTENSIFYING, [8, 10, 12, 14, 18, 20, 24, 26, 30, 34, 38, 42]),
        (13.40, 102.67): (HotClass.NEW, [0] * 11 + [30]),
        (13.50, 102.80): (HotClass.CONSECUTIVE, [0] * 9 + [25, 25, 25]),
        (13.30, 102.80): (HotClass.HISTORICAL, [25] * 11 + [0]),
    }
    everywhere = scattered(random, around(MIDDLE, 10), 1_200)
    places = [everywhere]
    days = [np.datetime64(LAST) - random.integers(0, 360, 1_200)]
    for (lat, lon), (_, counts) in wanted.items():
        more, when = steps_of(counts, random, h3.latlng_to_cell(lat, lon, 7))
        places.append(more)
        days.append(when)
    said = evidence_of(np.concatenate(places), days=np.concatenate(days))
    found = find(ordered(said, statistic=Statistic.EMERGING), NoProgress())
    names = {cell: n for n, cell in enumerate(found.units.ids)}
    near = {
        other for lat, lon in wanted for other in h3.grid_disk(h3.latlng_to_cell(lat, lon, 7), 2)
    }
    marked = {found.units.ids[n] for n in np.flatnonzero(~found.of_class(HotClass.NONE))}
    precision, truth = len(marked & near) / len(marked), len(wanted)
    named = sum(
        bool(found.of_class(which)[names[h3.latlng_to_cell(lat, lon, 7)]])
        for (lat, lon), (which, _) in wanted.items()
    )
    print(f"planted courses: precision {precision:.3f}, recall {named / truth:.3f}")  # noqa: T201 - the proof's result
    assert precision > 0.9
    assert named == truth
    assert found.series.shape == (len(found.units), 12)
    assert found.series.sum() == pytest.approx(len(said))
    assert set(np.unique(found.hot_steps)) <= {-1, 0, 1}


def test_a_course_of_random_allegations_has_no_persistent_hotspot():
    random = np.random.default_rng(3)
    said = evidence_of(
        scattered(random, around(MIDDLE, 10), 1_000),
        days=np.datetime64(LAST) - random.integers(0, 360, 1_000),
    )
    found = find(ordered(said, statistic=Statistic.EMERGING), NoProgress())
    assert found.of_class(HotClass.NONE).mean() > 0.98


def test_too_few_allegations_for_the_steps_are_refused():
    random = np.random.default_rng(3)
    said = evidence_of(scattered(random, around(MIDDLE, 10), 55))
    with pytest.raises(InputError, match="few_steps") as refused:
        find(ordered(said, statistic=Statistic.EMERGING), NoProgress())
    assert refused.value.params == {"sure": 55, "steps": 12, "least": 60}
