"""How alike names are: what is ignored, what is not, and what is never compared."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.analysis.similarity import Names, core_of, name_score

ALIKE = 0.8


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Demo Golden Lion Casino 001", "GOLDEN LION CASINO & HOTEL 1"),
        ("Golden Lion Casino", "Goldenlion Hotel Co., Ltd."),
        ("Lion, Golden", "golden   LION"),
        ("Phnom Meas Guesthouse", "Phnum Meas"),
        ("Sovannphum", "Sovanphum"),
        ("កាស៊ីណូស្វាយ ០០១", "កាស៊ីណូ\u200b ស្វាយ សាកល្បង 1"),
        ("ផ្ទះសំណាក់ ផ្កាឈូក", "ផ្កាឈូក"),
        ("演示芒果酒店001", "芒果大酒店 1"),
        ("168", "No. 168"),
    ],
)
def test_the_same_name_written_differently_is_alike(first, second):
    assert name_score(first, second) >= ALIKE


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Hotel 88", "Hotel 89"),
        ("Demo Mango Casino 001", "Demo Mango Casino 002"),
        ("Mango Casino", "Papaya Casino"),
        ("Casino", "Hotel"),
        ("AB", "AC"),
        ("កាស៊ីណូ ស្វាយ", "កាស៊ីណូ ចេក"),
    ],
)
def test_what_only_shares_its_generic_words_is_not_alike(first, second):
    assert name_score(first, second) < ALIKE


@pytest.mark.parametrize(("first", "second"), [("ស្វាយ", "Svay"), ("芒果", "Mango"), ("", "")])
def test_names_of_different_scripts_and_missing_ones_are_not_compared(first, second):
    assert name_score(first, second) == 0


def test_a_name_of_generic_words_only_is_compared_whole():
    assert core_of("Casino Hotel").joined == "casinohotel"
    assert name_score("Casino Hotel", "hotel casino") == 1


@given(st.text(max_size=12), st.text(max_size=12))
def test_the_score_is_between_0_and_1_and_the_same_both_ways(first, second):
    score = name_score(first, second)
    assert 0 <= score <= 1
    assert score == name_score(second, first)
    if core_of(first).script:
        assert name_score(first, first) == 1


@given(st.lists(st.text("abcdemnlo 12", max_size=14), min_size=2, max_size=12))
def test_the_sieve_drops_nothing_that_is_very_alike(names):
    made = Names.of(names)
    first, second = np.triu_indices(len(names), 1)
    whole, sieved = made.scores(first, second), made.scores(first, second, at_least=0.9)
    assert (whole >= 0.9).tolist() == (sieved >= 0.9).tolist()
