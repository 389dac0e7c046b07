from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.privacy.suppression import suppress

counts = st.lists(st.integers(0, 40), max_size=30)
thresholds = st.integers(2, 15)


def test_large_counts_stand_as_they_are():
    assert suppress([12, 30]).cells == (12, 30)
    assert suppress([12, 30]).total == 42


def test_one_small_count_takes_the_smallest_other_with_it():
    found = suppress([3, 50, 20])
    assert found.cells == (None, 50, None)
    assert found.total == 73


def test_a_small_count_alone_takes_the_total_with_it():
    found = suppress([3])
    assert found.cells == (None,)
    assert found.total is None


def test_zero_is_a_small_count_too():
    assert suppress([0, 20, 30]).cells == (None, None, 30)


def test_small_counts_that_stay_small_together_are_not_had_as_a_sum():
    found = suppress([2, 3, 40, 50])
    assert found.cells == (None, None, None, 50)


def test_a_negative_count_is_a_bug():
    with pytest.raises(ValueError, match="negative"):
        suppress([-1])


@given(counts, thresholds)
def test_no_count_under_k_is_shown(values, k):
    found = suppress(values, k=k)
    assert all(cell is None or cell >= k for cell in found.cells)
    assert found.total is None or found.total >= k


@given(counts, thresholds)
def test_what_is_shown_is_true(values, k):
    found = suppress(values, k=k)
    assert all(cell in (None, value) for cell, value in zip(found.cells, values, strict=True))
    assert found.total in (None, sum(values))


@given(counts, thresholds)
def test_no_hidden_count_can_be_had_from_the_total(values, k):
    found = suppress(values, k=k)
    if found.total is None or not found.hidden:
        return
    rest = found.total - sum(cell for cell in found.cells if cell is not None)
    # Two or more counts share a rest of k or more: each of them may be anything from 0 to it.
    assert found.hidden >= 2
    assert rest >= k
