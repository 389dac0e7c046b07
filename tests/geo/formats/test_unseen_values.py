"""What offices write in cells and no register that was given shows: one line for each way."""

from __future__ import annotations

from datetime import date

import pytest

from geo.formats.values.coordinates import parse_position, system_of
from geo.formats.values.dates import parse_date
from geo.formats.values.numbers import parse_degrees, parse_people
from geo.formats.values.problem import ValueProblemError
from geo.formats.values.words import meaning
from geo.masking import mask
from geo.model.vocabulary import SiteKind


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


HERE = (103.57164, 10.63617)
DMS = (103 + 34 / 60 + 17.9 / 3600, 10 + 38 / 60 + 10.2 / 3600)


@pytest.mark.parametrize(
    "text",
    [
        "Lat: 10.63617, Long: 103.57164",
        "[10.63617, 103.57164]",
        "10.63617\n103.57164",
        "10.63617\uff0c103.57164",
        "GPS: 10.63617 103.57164",
        "10.63617,103.57164,12",
        "POINT (103.57164 10.63617)",
        "geo:10.63617,103.57164?z=17",
        "https://maps.google.com/?q=10.63617, 103.57164",
        "https://maps.google.com/?q=loc:10.63617+103.57164",
        "https://www.google.com/maps/place/10.63617,103.57164/@10.6,103.5,17z",
        "https://www.google.com/maps/search/10.63617,+103.57164",
        "https://www.google.com/maps/dir//10.63617,103.57164",
        "https://www.openstreetmap.org/?mlat=10.63617&mlon=103.57164#map=9/10.6/103.5",
        "https://www.openstreetmap.org/#map=17/10.63617/103.57164",
        "48P 343 757 1 176 111",
        "Zone 48P, 343,757 E, 1,176,111 N",
        "MGRS 48P US 43757, 76111",
    ],
)
def test_one_position_in_still_more_ways(text):
    found = parse_position(text)
    assert found is not None
    assert (found.lon, found.lat) == pytest.approx(HERE, abs=2e-5)


@pytest.mark.parametrize(
    "text",
    [
        "10°38\u00b410.2\u00b4\u00b4N 103°34\u00b417.9\u00b4\u00b4E",
        "10°38`10.2``N 103°34`17.9``E",
        "10°38\u201810.2\u201cN 103°34\u201817.9\u201cE",
        "10°38 10.2N 103°34 17.9E",
        "10-38-10.2N 103-34-17.9E",
        "https://www.google.com/maps/place/10%C2%B038'10.2%22N+103%C2%B034'17.9%22E/@10.6,103.5,17z",
    ],
)
def test_minutes_are_never_taken_for_seconds_whatever_stands_behind_them(text):
    found = parse_position(text)
    assert found is not None
    assert (found.lon, found.lat) == pytest.approx(DMS, abs=1e-6)


@pytest.mark.parametrize("text", ["10°38.17N 103°34.3E", "10°38.17', 103°34.3'"])
def test_decimal_minutes_with_and_without_their_sign(text):
    found = parse_position(text)
    assert found is not None
    assert (found.lon, found.lat) == pytest.approx((103 + 34.3 / 60, 10 + 38.17 / 60))


def test_minutes_that_cannot_be_read_are_no_position():
    assert problem(parse_position, "10°38~10N 103°34~17E").code == "import.reason.not_a_position"


def test_an_angle_of_its_own_column_with_an_accent_for_its_sign():
    assert parse_degrees("10°38\u00b410.2\u00b4\u00b4") == pytest.approx(DMS[1])


def test_a_datum_in_the_cell_is_not_passed_over_for_its_zone():
    said = parse_position("Indian 1960 48N 343757 1176111")
    assert said == parse_position("343757 1176111", "EPSG:3148")
    assert said != parse_position("48N 343757 1176111")


@pytest.mark.parametrize("system", ["UTM 49N", "Indian 1960 47N", "EPSG:24048"])
def test_a_system_that_is_not_known_is_asked_and_never_taken_for_another(system):
    assert system_of(system)
    assert problem(parse_position, "343757 1176111", system).ask


@pytest.mark.parametrize(
    ("cell", "people"),
    [
        ("3 or 4", (3, 4)),
        ("២ ឬ ៣ នាក់", (2, 3)),
        ("between 3 and 4 people", (3, 4)),
        ("entre 3 et 4", None),
        ("3 à 4 personnes", (3, 4)),
        ("10至15人", (10, 15)),
        ("environ 20", (20, 20)),
        ("c. 20", (20, 20)),
        ("±20", (20, 20)),
        ("≥50", (50, None)),
        ("ជាង ២០នាក់", (20, None)),
        ("up to 30", (None, 30)),
        ("មនុស្ស ៣នាក់", (3, 3)),
        ("20 victims", (20, 20)),
        ("twenty", None),
        ("less than 10", None),
        ("5 women, 3 men", None),
    ],
)
def test_people_in_still_more_ways_and_words_that_a_person_must_read(cell, people):
    if people is None:
        assert problem(parse_people, cell).ask
    else:
        assert parse_people(cell) == people


@pytest.mark.parametrize(
    "text",
    ["Tel: 23 456 789", "Tel 12345678.0", "ទូរស័ព្ទ 96 1234567", "138 1234 5678", "G 1234 5678"],
)
def test_numbers_of_persons_that_lost_their_zero_are_masked(text):
    assert not any(c.isdigit() and c != "0" for c in mask(text))


@pytest.mark.parametrize("text", ["12 345 678 riel", "call 117", "1800 1200", "48P 339000 1175000"])
def test_amounts_and_positions_are_not_masked(text):
    assert mask(text) == text


def test_a_word_with_its_accents_is_the_word_without():
    assert meaning(SiteKind, "Hôtel") is SiteKind.HOTEL_GUESTHOUSE
