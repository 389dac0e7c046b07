"""The weighted displacement difference against what was published, and against dice."""

from __future__ import annotations

import numpy as np
import pytest

from geo.analysis.effect.difference import displacement_difference, scaled_difference


def test_the_example_of_wheeler_and_ratcliffe_2018():
    """Their Philadelphia example, as the first author's own R package ptools tests it.

    ``wdd(c(308,318), c(207,110), c(150,140), c(178,157))`` (control, treated, displacement control,
    displacement), in its test "Est & Variance Paper": -118, variance 1568, z -2.98, -196 to -40.
    """
    told = displacement_difference((207, 110), (308, 318), (178, 157), (150, 140))
    assert told.total == -118
    assert told.se**2 == pytest.approx(1568)
    assert round(told.z, 2) == -2.98
    assert (round(told.low), round(told.high)) == (-196, -40)


def test_the_example_with_areas_of_different_sizes():
    """The same counts with sizes, from the same tests ("Area Weights")."""
    told = displacement_difference(
        (207, 110), (308, 318), (178, 157), (150, 140), sizes=(1.2, 0.9, 1.5, 1.6)
    )
    assert told.total == pytest.approx(-99.69444444)
    assert told.se == pytest.approx(35.4280755)
    assert told.z == pytest.approx(-2.813995483)
    assert told.low == pytest.approx(-169.1321965)
    assert told.high == pytest.approx(-30.25669241)


def test_the_example_of_the_package():
    """``wdd(c(20,20), c(20,10))`` with its 90 % interval, from the package's own page."""
    told = displacement_difference((20, 10), (20, 20), level=0.9)
    assert told.local == told.total == -10
    assert told.se == pytest.approx(8.366600, abs=1e-6)
    assert told.z == pytest.approx(-1.195229, abs=1e-6)
    assert (told.low, told.high) == pytest.approx((-23.761833, 3.761833), abs=1e-6)
    both = displacement_difference((20, 10), (20, 20), (20, 10), (20, 20))
    assert (both.local, both.around, both.total) == (-10, -10, -20)


def test_nothing_at_all_is_no_difference():
    told = displacement_difference((0, 0), (0, 0))
    assert (told.total, told.se, told.z) == (0, 0, 0)


def test_a_busy_control_area_is_taken_as_a_share():
    # Everything grew by half: no effect, though the control area has 150 more and the inside 5.
    told = scaled_difference((10, 15), (300, 450), (20, 30))
    assert told.total == pytest.approx(0)
    assert displacement_difference((10, 15), (300, 450)).high < 0, "what the other one would say"


def test_without_a_control_count_there_is_no_growth():
    assert scaled_difference((10, 5), (0, 5)) is None
    assert scaled_difference((10, 5), (5, 0)) is None


@pytest.mark.parametrize("growth", [0.7, 1.0, 1.6])
def test_intervals_of_the_scaled_form_cover_the_truth_as_often_as_stated(growth):
    random = np.random.default_rng(7)
    covered = 0
    for _ in range(2_000):
        before, after = random.poisson((60.0, 60.0 * growth))
        ring = random.poisson((25.0, 25.0 * growth))
        control = random.poisson((200.0, 200.0 * growth))
        told = scaled_difference((before, after), tuple(control), tuple(ring))
        covered += told.low <= 0 <= told.high
    assert 0.93 <= covered / 2_000 <= 0.97


def test_intervals_of_the_published_form_cover_the_truth_as_often_as_stated():
    random = np.random.default_rng(8)
    covered = 0
    for _ in range(2_000):
        told = displacement_difference(
            tuple(random.poisson((50.0, 40.0))),
            tuple(random.poisson((60.0, 50.0))),
            tuple(random.poisson((20.0, 20.0))),
        )
        covered += told.low <= 0 <= told.high
    assert 0.93 <= covered / 2_000 <= 0.97
