"""Correcting rows of a file before it is imported: only they are checked again."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo.errors import InputError
from geo.formats.choices import choices
from geo.formats.found import Existing
from geo.formats.kept import kept_row
from geo.formats.mapping import suggest
from geo.formats.raw import RawTable
from geo.formats.recheck import problem_of, rechecked
from geo.formats.repair import Answer, accepting, can_accept, can_correct, corrected, part_of
from geo.formats.rows import check
from geo.gazetteer import Gazetteer
from geo.model.entity import Kind

FOLDER = Path(__file__).parents[2] / "data" / "registers"
COLUMNS = ("code", "name_en", "kind", "lat", "lon")


def table(*rows, columns=COLUMNS):
    cells = tuple(list(c) for c in zip(*rows, strict=True))
    return RawTable(columns=columns, cells=cells, numbers=list(range(2, len(rows) + 2)))


def checked(raw, kind=Kind.SITE, **existing):
    return check(raw, suggest(raw, kind), kind, existing=Existing(**existing))


def conserved(result):
    total = result.imported + len(result.rejected) + len(result.waiting)
    assert total == result.rows
    assert all(len(values) == result.imported for values in result.columns.values())
    return result


@pytest.fixture
def register():
    return checked(
        table(
            ("A", "Demo One", "casino", 10.61, 103.52),
            ("B", "Demo Two", "shop", 0, 0),
            ("A", "Demo Three", "shop", 10.62, 103.53),
        )
    )


def test_a_corrected_row_joins_the_good_ones_and_says_so(register):
    answers = {1: Answer(values={"coordinate": "10.63, 103.54"})}
    result = conserved(rechecked(register, answers, Existing()))
    assert result.imported == 2
    assert result.columns["code"] == ["A", "B"]
    assert result.columns["lon"][1] == 103.54
    assert "import.repair.by_hand" in {r.code for r in result.repairs}


def test_a_code_of_the_files_good_rows_is_not_taken_twice(register):
    result = conserved(rechecked(register, {2: Answer(values={"name": "Other"})}, Existing()))
    assert problem_of(result)[2].code == "import.reason.in_plan"
    yes = accepting(Answer(), problem_of(register)[2])
    assert conserved(rechecked(register, {2: yes}, Existing())).imported == 2
    other = Answer(values={"code": "C"})
    assert conserved(rechecked(register, {2: other}, Existing())).columns["code"] == ["A", "C"]


def test_a_row_that_is_left_out_counts_as_rejected_and_asks_nothing(register):
    result = conserved(rechecked(register, {2: Answer(skip=True)}, Existing()))
    assert (len(result.rejected), len(result.waiting)) == (2, 0)


def test_a_wrong_correction_says_what_is_wrong_now(register):
    result = conserved(
        rechecked(register, {1: Answer(values={"coordinate": "13.75, 100.5"})}, Existing())
    )
    assert problem_of(result)[1].code == "import.reason.outside"


def test_the_file_itself_is_never_changed(register):
    before = [list(cells) for cells in register.raw.cells]
    rechecked(register, {1: Answer(values={"coordinate": "10.63, 103.54"})}, Existing())
    corrected(register.raw, register.mapping, {0: {"kind": "shop", "address": "Street 1"}})
    assert [list(cells) for cells in register.raw.cells] == before


def test_a_field_that_the_file_lacks_gets_a_column(register):
    raw, mapping = corrected(register.raw, register.mapping, {0: {"address": "Street 1"}})
    assert raw.column(mapping.columns["address"])[0] == "Street 1"
    assert raw.column(mapping.columns["address"])[1] is None


def test_a_torn_line_is_mended_in_the_file_only(reader):
    raw = reader.read(FOLDER / "licences_semicolon_utf8.csv")
    result = checked(raw, Kind.LICENCE, province_code="18")
    torn = next(p for p in result.rejected if p.field == "line")
    assert not can_correct(torn, Kind.LICENCE)
    with pytest.raises(InputError, match=r"error\.answer\.torn"):
        rechecked(result, {torn.position: Answer(values={"number": "1"})}, Existing())
    conserved(rechecked(result, {torn.position: Answer(skip=True)}, Existing()))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("inspection_sites.xlsx", Kind.SITE),
        ("google_earth_sites.kml", Kind.SITE),
        ("operation_zones.geojson", Kind.ZONE),
        ("licences_semicolon_utf8.csv", Kind.LICENCE),
        ("kobo_inspection.xlsx", Kind.SITE),
        ("border_crossings_intervals.csv", Kind.CROSSING),
    ],
)
def test_every_yes_settles_its_question(reader, name, kind):
    result = checked(reader.read(FOLDER / name), kind, province_code="18")
    asked = {i: p for i, p in problem_of(result).items() if can_accept(p, kind)}
    answers = {i: accepting(Answer(), p) for i, p in asked.items()}
    after = conserved(rechecked(result, answers, Existing(province_code="18")))
    still = {i: problem_of(after)[i] for i in asked if i in problem_of(after)}
    assert {p.code for i, p in still.items() if p.code == asked[i].code} == set()


def test_what_a_question_offers_settles_it(reader):
    raw = reader.read(FOLDER / "complaints_2022.xlsx")
    result = checked(raw, Kind.ALLEGATION, province_code="18")
    names = Gazetteer.load()
    offered = 0
    for i, problem in problem_of(result).items():
        values = {f: str(raw.column(c)[i] or "") for f, c in result.mapping.columns.items()}
        kept = kept_row(raw, result.mapping, i)
        values |= {f: str(kept[c] or "") for f, c in result.mapping.columns.items()}
        for choice in choices(problem, values, Kind.ALLEGATION, names, "01")[:2]:
            offered += 1
            answers = {i: Answer(values=choice.values)}
            after = conserved(rechecked(result, answers, Existing(province_code="18")))
            assert i not in problem_of(after), (problem, choice)
    assert offered > 6


def test_a_form_that_was_sent_twice_asks_again_after_another_correction(reader):
    result = checked(reader.read(FOLDER / "kobo_inspection.xlsx"), province_code="18")
    again = next(p for p in result.waiting if p.code == "import.reason.submitted_again")
    answers = {again.position: Answer(values={"name": "Demo Other"})}
    after = conserved(rechecked(result, answers, Existing(province_code="18")))
    assert problem_of(after)[again.position].field == "submission"
    yes = {again.position: accepting(Answer(), again)}
    after = conserved(rechecked(result, yes, Existing(province_code="18")))
    assert again.position in after.good


def test_a_ditto_mark_keeps_its_meaning_in_a_part():
    raw = table(("A", "Mittapheap"), ("B", "〃"), columns=("name", "district"))
    mapping = suggest(raw, Kind.SITE)
    assert part_of(raw, mapping, [1]).column("district") == ["Mittapheap"]
