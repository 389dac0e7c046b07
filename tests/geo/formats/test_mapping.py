from __future__ import annotations

from dataclasses import replace

import pytest

from geo.errors import InputError
from geo.formats.mapping import fingerprint, suggest
from geo.formats.raw import RawTable
from geo.formats.rows import check
from geo.model.entity import Kind


def table(columns, *rows):
    cells = tuple(list(c) for c in zip(*rows, strict=True))
    return RawTable(columns=tuple(columns), cells=cells, numbers=list(range(2, len(rows) + 2)))


def test_khmer_headers_find_their_fields_with_and_without_zero_width_spaces():
    raw = table(("លេខ\u200bកូដ", "រយៈទទឹង", "រយៈបណ្តោយ", "ប្រភេទ"), ("S1", 11, 104.9, "ហាង"))
    assert suggest(raw, Kind.SITE).columns == {
        "code": "លេខ\u200bកូដ",
        "lat": "រយៈទទឹង",
        "lon": "រយៈបណ្តោយ",
        "kind": "ប្រភេទ",
    }


def test_a_column_without_a_known_name_is_known_by_its_content():
    raw = table(
        ("name", "c1", "c2"), ("Demo", "11.5, 104.9", "KTV"), ("Demo", "១១.៥, ១០៤.៩", "ហាង")
    )
    columns = suggest(raw, Kind.SITE).columns
    assert (columns["coordinate"], columns["kind"]) == ("c1", "c2")


def test_names_and_telephones_of_persons_are_left_out_on_purpose():
    raw = table(
        ("reference", "received on", "kinds", "complainant name", "c5"),
        ("A1", "17/09/2022", "torture", "Demo Person", "012 345 678"),
    )
    mapping = suggest(raw, Kind.ALLEGATION)
    assert mapping.never == ("complainant name", "c5")
    assert not set(mapping.columns.values()) & set(mapping.never)


def test_columns_that_bear_each_others_name_are_exchanged_for_the_whole_file():
    rows = [("Demo", 104.9 + n / 100, 11.5) for n in range(5)]
    raw = table(("name", "latitude", "longitude"), *rows)
    mapping = suggest(raw, Kind.SITE)
    assert mapping.swap_axes
    assert check(raw, mapping).imported == 5


def test_one_exchanged_row_is_asked_with_a_proposal():
    rows = [("Demo", 11.5, 104.9)] * 4 + [("Demo", 104.9, 11.5)]
    raw = table(("name", "latitude", "longitude"), *rows)
    (question,) = check(raw, suggest(raw, Kind.SITE)).waiting
    assert (question.row, question.code) == (6, "import.reason.swapped")
    assert question.proposal == "104.90000 11.50000"


def test_metres_without_a_system_wait_until_somebody_says_which():
    raw = table(("name", "easting", "northing"), ("Demo", 343757, 1176111))
    mapping = suggest(raw, Kind.SITE)
    assert [p.code for p in check(raw, mapping).waiting] == ["import.reason.which_system"]

    told = check(raw, replace(mapping, crs="EPSG:32648"))
    assert told.columns["lon"][0] == pytest.approx(103.57164, abs=1e-5)


def test_a_kind_for_the_whole_file_and_the_meaning_of_a_word_can_be_told():

    raw = table(("name", "type", "lat", "lon"), ("Demo", "spa", 11.5, 104.9), ("D", None, 11, 105))
    mapping = suggest(raw, Kind.SITE)
    assert [p.code for p in check(raw, mapping).waiting] == ["import.reason.unknown_word"]
    told = replace(
        mapping, words={"kind": {"spa": "entertainment"}}, constants={"kind": "restaurant"}
    )
    assert check(raw, told).columns["kind"] == ["entertainment", "restaurant"]


def test_a_saved_mapping_for_a_column_that_is_gone_says_so():
    raw = table(("name", "lat", "lon"), ("Demo", 11.5, 104.9))
    with pytest.raises(InputError) as caught:
        check(raw, suggest(raw, Kind.SITE).using(code="gone"))
    assert caught.value.code == "error.import.no_column"


def test_next_months_file_of_the_same_office_has_the_same_fingerprint():
    one, other = (table(("Name", "Lat", "Lon"), ("x", n, n)) for n in (1, 2))
    assert fingerprint(one) == fingerprint(other)
    assert fingerprint(one) != fingerprint(table(("Name",), ("x",)))


def test_what_is_not_imported_from_files_is_refused():
    with pytest.raises(InputError) as caught:
        suggest(table(("code",), ("x",)), Kind.STATUS_DECISION)
    assert caught.value.code == "error.import.no_target"
