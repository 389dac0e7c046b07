"""The arithmetic against PySAL, on data sets that ship with it, and against published numbers."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

from geo.analysis.hotspots.gi_star import gi_star
from geo.analysis.hotspots.local_moran import QUADRANTS, local_moran
from geo.analysis.hotspots.mann_kendall import mann_kendall
from geo.analysis.hotspots.significance import benjamini_hochberg
from geo.analysis.hotspots.units import Neighbours
from tests.geo.analysis.hotspots.examples import EXAMPLES, column, neighbours, weights

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # what PySAL says of its own dependencies
    from esda.getisord import G_Local
    from esda.moran import Moran_Local

ONE_BILLIONTH = 1e-9

# The six points of PySAL's documentation of G_Local: neighbours lie within 15.
SIX = [(10, 10), (20, 10), (40, 10), (15, 20), (30, 20), (30, 30)]
SIX_VALUES = [2, 3, 3.2, 5, 8, 7]
SIX_GI_STAR = [-1.39727626, -0.28917762, 0.65064964, -0.28917762, 1.23452088, 2.02424331]


@pytest.fixture(params=EXAMPLES, ids=str)
def example(request):
    gal, table, name = EXAMPLES[request.param]
    return weights(gal), column(table, name)


def test_gi_star_is_that_of_esda(example):
    w, y = example
    theirs = G_Local(y, w, transform="B", star=True, permutations=0)
    ours = gi_star(y, neighbours(w))
    assert np.abs(ours.z - theirs.Zs).max() < ONE_BILLIONTH
    assert np.abs(ours.p - 2 * theirs.p_norm).max() < ONE_BILLIONTH


def test_many_patterns_at_once_are_as_one_by_one(example):
    w, y = example
    random = np.random.default_rng(1)
    both = np.column_stack([y, random.permutation(y)])
    near = neighbours(w)
    assert np.abs(gi_star(both, near).z[:, 1] - gi_star(both[:, 1], near).z).max() < ONE_BILLIONTH


def test_gi_star_is_as_published_for_six_points():
    xy = np.array(SIX, dtype=float)
    apart = np.hypot(*(xy[:, None] - xy[None]).transpose(2, 0, 1))
    a, b = np.nonzero((apart <= 15) & (apart > 0))
    ours = gi_star(np.array(SIX_VALUES), Neighbours.from_pairs(a, b, 6))
    assert np.round(ours.z, 8) == pytest.approx(SIX_GI_STAR, abs=1e-8)


def test_local_moran_is_that_of_esda(example):
    w, y = example
    theirs = Moran_Local(y, w, transformation="r", permutations=0)
    ours = local_moran(y, neighbours(w))
    n = len(y)
    # Their statistic is scaled by n - 1, their conditional moments by n.
    z = (theirs.Is * n / (n - 1) - theirs.EIc) / np.sqrt(theirs.VIc)
    assert np.abs(ours.i - theirs.Is).max() < ONE_BILLIONTH
    assert np.abs(ours.z - z).max() < ONE_BILLIONTH
    assert (ours.quadrant == theirs.q - 1).all()


def test_local_moran_has_the_quadrants_published_for_figure_5_31_of_de_smith():
    w = weights("desmith/desmith.gal")
    ours = local_moran(column("desmith/desmith.txt", "z"), neighbours(w))
    published = [4, 4, 4, 2, 3, 3, 1, 4, 3, 3]  # 1 HH, 2 LH, 3 LL, 4 HL
    assert [int(q) + 1 for q in ours.quadrant] == published
    assert [q.value for q in QUADRANTS] == ["high_high", "low_high", "low_low", "high_low"]


def test_the_analytic_p_of_local_moran_is_near_that_of_permutations():
    w, y = weights("columbus/columbus.gal"), column("columbus/columbus.dbf", "CRIME")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # their one-sided p is going to change
        theirs = Moran_Local(y, w, transformation="r", permutations=4999, seed=1)
    ours = local_moran(y, neighbours(w))
    assert np.abs(ours.p - np.minimum(2 * theirs.p_sim, 1.0)).max() < 0.05


def test_the_adjusted_p_values_reject_what_benjamini_and_hochberg_published():
    # Their example of 1995, section 4.1: at 0.05 four of fifteen, Bonferroni three.
    p = np.array(
        [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240,
         0.4262, 0.5719, 0.6528, 0.7590, 1.0000]
    )  # fmt: skip
    q = benjamini_hochberg(p)
    assert (q <= 0.05).sum() == 4
    assert (p <= 0.05 / len(p)).sum() == 3
    shuffled = np.random.default_rng(1).permutation(15)
    assert benjamini_hochberg(p[shuffled]) == pytest.approx(q[shuffled])


def test_what_was_not_tested_does_not_count_in_the_rate():
    p = np.array([0.01, np.nan, 0.03])
    assert benjamini_hochberg(p) == pytest.approx([0.02, np.nan, 0.03], nan_ok=True)
    columns = benjamini_hochberg(np.column_stack([p, p[::-1]]))
    assert columns[:, 1] == pytest.approx([0.03, np.nan, 0.02], nan_ok=True)


def test_mann_kendall_is_as_published_with_a_tie():
    # Worked "by hand" by J. Little, College of the Holy Cross: S 54, Z 2.9058, p .0018 one-sided.
    series = [12.9, 14.8, 13.2, 15.7, 13.8, 15.6, 12.9, 11.0, 17.3, 15.9, 19.0, 18.3, 20.1, 21.7]
    found = mann_kendall(np.array([series, series[::-1]]))
    assert found.s.tolist() == [54, -54]
    assert found.variance[0] == pytest.approx(14 * 13 * 33 / 18 - 2 * 1 * 9 / 18)
    assert found.z == pytest.approx([2.9058, -2.9058], abs=5e-5)
    assert found.p[0] / 2 == pytest.approx(0.0018, abs=5e-5)


def test_mann_kendall_is_kendalls_tau_of_scipy_in_time():
    from scipy.stats import kendalltau, norm

    random = np.random.default_rng(5)
    series = random.integers(0, 8, (50, 15)).astype(float)
    found = mann_kendall(series)
    theirs = [kendalltau(np.arange(15), row, variant="b", method="asymptotic") for row in series]
    # Theirs is without the correction for continuity.
    plain = found.s / np.sqrt(found.variance)
    assert 2 * norm.sf(np.abs(plain)) == pytest.approx([t.pvalue for t in theirs], abs=1e-9)


def test_a_series_without_change_has_no_trend():
    found = mann_kendall(np.zeros((3, 12)))
    assert found.z.tolist() == [0, 0, 0]
    assert found.p.tolist() == [1, 1, 1]
