"""What offices write in cells and no register that was given shows: one line for each way."""

from __future__ import annotations

from datetime import date

import pytest

from geo.formats.values.dates import parse_date
from geo.formats.values.problem import ValueProblemError


def problem(parse, *args):
    with pytest.raises(ValueProblemError) as caught:
        parse(*args)
    return caught.value


@pytest.mark.parametrize(
    "cell",
    [
        "17 SEPTEMBER 2022",
        "17th September 2022",
        "September 17th, 2022",
        "Saturday, 17 September 2022",
        "samedi 17 septembre 2022",
        "17–09–2022",
        "17\\09\\2022",
        "'17/09/2022",
        "20220917",
        20220917,
        20220917.0,
        "2022年9月17日",
        "ថ្ងៃទី១៧ ខែ៩ ឆ្នាំ២០២២",
        "ថ្ងៃសៅរ៍ ទី១៧ ខែកញ្ញា ឆ្នាំ២០២២",
        "17/09/2566 B.E.",
        "2022-09-16T23:30:00Z",
        "2022-09-16T23:30:00.000Z",
    ],
)
def test_one_day_in_still_more_ways(cell):
    assert parse_date(cell) == date(2022, 9, 17)


@pytest.mark.parametrize(
    ("cell", "month"),
    [("1er mars 2022", 3), ("1 août 2022", 8), ("1 févr. 2022", 2), ("1 déc. 2022", 12),
     ("1 juin 2022", 6), ("1-juil-2022", 7), ("1 MAI 2022", 5), ("1 avril 2022", 4)],
)  # fmt: skip
def test_months_in_french(cell, month):
    assert parse_date(cell) == date(2022, month, 1)


def test_a_day_that_only_the_other_order_has_is_asked_with_that_day():
    found = problem(parse_date, "09/17/2022")
    assert (found.ask, found.proposal) == (True, "2022-09-17")


@pytest.mark.parametrize("cell", ["17/09/0022", "0022-09-17", "ព.ស. 17/09/2022", "ខែ៩ ថ្ងៃ៥ ២០២២"])
def test_a_year_of_no_register_or_an_unclear_order_is_no_date(cell):
    assert not problem(parse_date, cell).ask
