from __future__ import annotations

from datetime import date

import pytest

from geo.formats.values.coordinates import parse_position
from geo.formats.values.dates import parse_date
from geo.formats.values.numbers import parse_degrees, parse_number, parse_people
from geo.formats.values.problem import ValueProblemError


def problem(parse, *args, **options):
    with pytest.raises(ValueProblemError) as caught:
        parse(*args, **options)
    return caught.value


@pytest.mark.parametrize(
    "cell",
    [
        "2022-09-17",
        "2022-09-17T18:30:00+07:00",
        "17/09/2022",
        "17.9.2022",
        "១៧/០៩/២០២២",
        "17-Sep-22",
        "17 September 2022",
        "Sep 17, 2022",
        "១៧ កញ្ញា ២០២២",
        "ថ្ងៃទី១៧ ខែកញ្ញា ឆ្នាំ២០២២",
        "១៧ កញ្ញា ព.ស. ២៥៦៦",
        "17/09/2566",
        44821.0,
        44821,
        "44821",
        date(2022, 9, 17),
    ],
)
def test_one_day_is_written_in_many_ways(cell):
    assert parse_date(cell) == date(2022, 9, 17)


def test_month_before_day_only_where_somebody_said_so():
    assert parse_date("03/04/2022") == date(2022, 4, 3)
    assert parse_date("03/04/2022", order="mdy") == date(2022, 3, 4)


def test_serials_of_old_macs_count_from_1904():
    assert parse_date(44821 - 1462, date1904=True) == date(2022, 9, 17)


def test_the_buddhist_year_before_visak_bochea_is_one_less():
    assert parse_date("08/03/2565") == date(2022, 3, 8)
    assert parse_date("16/09/2566") == date(2022, 9, 16)


def test_a_buddhist_date_near_visak_bochea_is_asked():
    found = problem(parse_date, "05/05/2566")
    assert (found.code, found.ask) == ("import.reason.visak", True)
    assert found.params == {"first": "2022", "second": "2023"}


@pytest.mark.parametrize("cell", ["31/02/2022", "17/13/2022", "0000-00-00", "32/03/2022"])
def test_a_day_that_does_not_exist_is_rejected(cell):
    assert problem(parse_date, cell).code == "import.reason.no_such_day"


@pytest.mark.parametrize("cell", ["មិនច្បាស់", "soon", 3.0, True, "17"])
def test_what_is_no_date_is_rejected(cell):
    assert problem(parse_date, cell).code == "import.reason.not_a_date"


@pytest.mark.parametrize("cell", [None, "", "—", "គ្មាន", "\u200b"])
def test_no_date_is_none(cell):
    assert parse_date(cell) is None


@pytest.mark.parametrize(
    ("cell", "number"),
    [("11,5", 11.5), ("១១.៥", 11.5), ("1,234.5", 1234.5), ("-3", -3), (7, 7), ("", None)],
)
def test_numbers_with_commas_and_khmer_digits(cell, number):
    assert parse_number(cell) == number


@pytest.mark.parametrize("cell", ["NaN", "inf", "1e400", "many", float("nan"), float("inf"), True])
def test_what_is_no_finite_number_is_rejected(cell):
    assert problem(parse_number, cell).code == "import.reason.not_a_number"


@pytest.mark.parametrize(
    ("cell", "people"),
    [
        ("3-4 នាក់", (3, 4)),
        ("3–4 people", (3, 4)),
        ("~10", (10, 10)),
        ("ប្រហែល ៤០", (40, 40)),
        ("6+", (6, None)),
        ("៥នាក់", (5, 5)),
        ("ច្រើននាក់", (None, None)),
        (32.0, (32, 32)),
        (None, (None, None)),
    ],
)
def test_people_are_estimates_and_unknown_is_not_zero(cell, people):
    assert parse_people(cell) == people


HERE = (103.57164, 10.63617)


@pytest.mark.parametrize(
    "text",
    [
        "10.63617, 103.57164",
        "១០.៦៣៦១៧, ១០៣.៥៧១៦៤",
        "10,63617; 103,57164",
        "10.63617 N 103.57164 E",
        "10°38'10.2\"N 103°34'17.9\"E",
        "10º38’10.2”N, 103º34’17.9”E",
        "N 10° 38′ 10.2″ E 103° 34′ 17.9″",
        "10°38'10.2''N 103°34'17.9''E",
        "48N 343757 1176111",
        "48P 343757E 1176111N",
        "E 0343757 N 1176111 (48N)",
        "48PUS4375776111",
        "48P US 43757 76111",
        "https://www.google.com/maps/@10.63617,103.57164,17z",
        "https://www.google.com/maps/place/x/@1.0,2.0,15z/data=!3d10.63617!4d103.57164",
        "https://maps.google.com/?q=10.63617,103.57164",
        "10.63617 103.57164 28.1 14.3",
    ],
)
def test_one_position_is_written_in_many_ways(text):
    found = parse_position(text)
    assert found is not None
    assert not found.swapped
    assert (found.lon, found.lat) == pytest.approx(HERE, abs=2e-5)


def test_exchanged_axes_have_one_reading_in_cambodia():
    found = parse_position("103.57164, 10.63617")
    assert found is not None
    assert (found.lon, found.lat, found.swapped) == (*HERE, True)


def test_metres_take_their_system_from_the_column_beside_them():
    found = parse_position("E 327112 N 1281525", "Indian 1960 / UTM 48N")
    assert found is not None
    assert (found.lon, found.lat) == pytest.approx((103.41051, 11.59134), abs=3e-4)


def test_metres_without_a_zone_are_asked_with_a_proposal():
    found = problem(parse_position, "343757 1176111")
    assert (found.code, found.ask) == ("import.reason.which_system", True)
    assert found.proposal == "103.57164 10.63617 EPSG:32648"


@pytest.mark.parametrize("text", ["ជិតផ្សារ", "near the market", "10°75'00\"N 103°E", "12345"])
def test_a_description_is_no_position(text):
    assert problem(parse_position, text).code == "import.reason.not_a_position"


@pytest.mark.parametrize("text", ["", "?", "មិនទាន់មាន", "—"])
def test_no_position_is_none(text):
    assert parse_position(text) is None


@pytest.mark.parametrize(
    ("text", "degrees"),
    [
        ("10°38'20\"N", 10.638889),
        ("103° 30′ 12″ E", 103.503333),
        ("10°38.5'", 10.641667),
        ("10 38 20", 10.638889),
        ("N 10.63", 10.63),
        ("10.63 N", 10.63),
        ("E103,5", 103.5),
        ("10.63°", 10.63),
        ("11,958", 11.958),
        ("១០,៦៣", 10.63),
        ("343,757", 343757),
        ("1 176 111", 1176111),
        ("343 757", 343757),
        ("-10.5", -10.5),
        ("3.5 S", -3.5),
    ],
)
def test_one_angle_in_a_column_of_its_own(text, degrees):
    assert parse_degrees(text) == pytest.approx(degrees, abs=1e-5)


@pytest.mark.parametrize("text", ["10°75'", "10.5 30", "x", "10 20 30 40"])
def test_what_is_no_angle(text):
    with pytest.raises(ValueProblemError):
        parse_degrees(text)
