from datetime import date, datetime

import pytest

from geo.localise import (
    digits,
    format_area_km2,
    format_date,
    format_datetime,
    format_length,
    format_number,
    format_riel,
    latin_digits,
)


@pytest.mark.parametrize(("language", "expected"), [("en", "17 Sept 2022"), ("km", "១៧ កញ្ញា ២០២២")])
def test_a_date_is_day_month_year_in_both_languages(language, expected):
    assert format_date(date(2022, 9, 17), language) == expected


def test_an_unknown_date_is_a_dash_and_not_today():
    assert format_date(None, "en") == "–"
    assert format_datetime(None, "km") == "–"


def test_a_time_of_day_follows_its_date():
    assert format_datetime(datetime(2022, 9, 7, 6, 30), "en") == "7 Sept 2022, 06:30"  # noqa: DTZ001


def test_money_is_in_riel_with_thousands_separated():
    assert format_riel(1_680_000, "en") == "1,680,000 ៛"
    assert format_riel(1_680_000, "km") == "១,៦៨០,០០០ ៛"


def test_khmer_digits_are_read_back():
    assert latin_digits(digits("2,620,000.75", "km")) == "2,620,000.75"


@pytest.mark.parametrize(
    ("metres", "expected"), [(0, "0 m"), (999, "999 m"), (1500, "1.50 km"), (123_456, "123 km")]
)
def test_a_length_uses_the_unit_that_fits(metres, expected):
    assert format_length(metres, "en") == expected


def test_an_area_has_three_digits_that_matter():
    assert format_area_km2(14_364_000, "en") == "14.4 km²"
    assert format_area_km2(1_436_400, "en") == "1.44 km²"
    assert format_number(1436.4, "en") == "1,436"
