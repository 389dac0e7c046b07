"""What leaves as rows: chosen columns of chosen rows, and nothing besides."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from geo.errors import InputError
from geo.formats.writing import FORMATS, tsv_text
from geo.model.codec import columns_of
from geo.model.entity import Kind
from geo.model.table import Table
from geo.model.vocabulary import Grade
from geo.privacy.grades import ROW_RULES, rule
from geo.project import Project
from geo.store.memory import MemoryStore
from layers.export.rows import LAYERS, may_leave, rows_copy, write_rows

KINDS = tuple(LAYERS.values())
WORDS = {
    "kind": "casino",
    "activity": "operating",
    "activity_kind": "shop",
    "precision": "point",
    "held_now": "yes",
    "reliability": "B",
    "credibility": "2",
    "crossing_class": "international",
    "neighbour": "TH",
    "received_on": "2022-09-17",
    "received_at": "06:30:00",
    "expires_on": "2022-01-31",
    "issued_on": "2021-01-31",
    "decided_on": "2022-09-01",
    "recorded_at": "2022-09-01T00:00:00+00:00",
    "created_at": "2022-09-01T00:00:00+00:00",
    "kinds": '["torture"]',
    "nationalities": '[{"country":"TH","count":2}]',
    "open_intervals": "[]",
    "vehicles": '[{"kind":"car","name":"MARK-vehicle"}]',
    "groups": '[{"kind":"minutes","chief":"MARK-chief","task":"MARK-task","members":3}]',
    "periods": "[]",
    "independent_of": "[]",
    "tasks": "[]",
}
STATUS = ("legal", "illegal", "unverified")
ROWS = len(STATUS)


def marker(kind, column, row):
    return f"MARK-{kind.value}-{column}-{row}."


def cell(kind, column, row):  # noqa: PLR0911 - one answer for each sort of column
    if column.name in {"lon", "lat"}:
        return (103.5, 10.6)[column.name == "lat"] + row / 100
    if column.name in {"legal_status", "to_status"}:
        return STATUS[row]
    if column.name == "site_id":
        return f"site-{row}"
    if column.name == "merged_into":
        return ""
    if column.name in WORDS and not (kind is Kind.LICENCE and column.name == "activity"):
        return WORDS[column.name]
    if column.sql == "TEXT":
        return marker(kind, column.name, row)
    return None if column.sql == "BLOB" else 1


class Marked(MemoryStore):
    """A plan in which every text says where it stands."""

    def load(self, kind, within=None):  # noqa: ARG002 - as the protocol has it
        if kind is Kind.IMPORT_ROW:
            return Table.empty(kind)
        rows = 1 if kind is Kind.PLAN else ROWS
        columns = {c.name: [cell(kind, c, row) for row in range(rows)] for c in columns_of(kind)}
        ids = [f"{kind.value}-{row}" for row in range(rows)]
        return Table.of(kind, ids, [1] * rows, columns)


@pytest.fixture(scope="module")
def project():
    return Project(Marked())


def written(copy, suffix):
    if suffix == ".tsv":
        return tsv_text(copy.sheet)
    data = copy.data(suffix)
    if suffix == ".xlsx":
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            return "".join(book.read(name).decode() for name in book.namelist())
    return data.decode()


@given(
    kind=st.sampled_from(KINDS),
    grade=st.sampled_from(list(Grade)),
    keys=st.none()
    | st.lists(
        st.sampled_from(
            sorted(
                {n for k in KINDS for n in (c.name for c in columns_of(k))}
                | {"name", "site", "grade", "hours", "allegations"}
            )
        ),
        max_size=8,
    ),
    suffix=st.sampled_from([*FORMATS, ".tsv"]),
    language=st.sampled_from(["km", "en"]),
)
def test_no_denied_value_is_ever_written(project, kind, grade, keys, suffix, language):
    try:
        found = written(rows_copy(project, kind, grade, language, keys=keys), suffix)
    except InputError:
        return
    for other in Kind:
        for column in columns_of(other):
            if rule(other, column.name, grade) not in ROW_RULES:
                assert f"MARK-{other.value}-{column.name}-" not in found
    for secret in ("MARK-chief", "MARK-task"):
        assert secret not in found
    if grade is Grade.RESTRICTED and kind in {Kind.SITE, Kind.LICENCE}:
        assert f"-{STATUS.index('unverified')}." not in found


@pytest.mark.parametrize("kind", KINDS)
def test_the_public_gets_no_rows_at_all(project, kind):
    with pytest.raises(InputError, match=r"export\.error\.public"):
        rows_copy(project, kind, Grade.PUBLIC, "en")


def test_partners_get_no_allegation_as_a_row(project):
    with pytest.raises(InputError, match=r"export\.error\.grade"):
        rows_copy(project, Kind.ALLEGATION, Grade.RESTRICTED, "en")


def test_partners_get_decided_sites_only_and_the_others_are_counted(project):
    copy = rows_copy(project, Kind.SITE, Grade.RESTRICTED, "en", keys=["code", "owner"])
    assert [row[0] for row in copy.sheet.rows] == [marker(Kind.SITE, "code", n) for n in (0, 1)]
    assert copy.withheld == {"undecided": 1}
    assert copy.left_out == ("table.column.owner",)


def test_the_number_of_withheld_rows_is_not_told_outside_the_command(project):
    lines = rows_copy(project, Kind.SITE, Grade.RESTRICTED, "en").sheet.about
    assert not any("1 row" in line for line in lines)


def test_every_copy_says_its_grade_and_that_an_allegation_is_no_verdict(project):
    lines = rows_copy(project, Kind.ALLEGATION, Grade.COMMAND, "en").sheet.about
    assert "Command" in lines[0]
    assert any("verdict" in line for line in lines)


def test_rows_leave_in_the_order_in_which_they_are_asked_for(project):
    ids = ["site-2", "site-0"]
    copy = rows_copy(project, Kind.SITE, Grade.COMMAND, "en", keys=["code"], ids=ids)
    assert [row[0][-2] for row in copy.sheet.rows] == ["2", "0"]


def test_a_site_that_was_merged_into_another_does_not_leave():
    class Merged(Marked):
        def load(self, kind, within=None):  # noqa: ARG002 - as the protocol has it
            table = super().load(kind)
            if kind is Kind.SITE:
                table = table.with_updated(["site-1"], [2], {"merged_into": ["site-0"]})
            return table

    copy = rows_copy(Project(Merged()), Kind.SITE, Grade.COMMAND, "en", keys=["code"])
    assert len(copy) == 2
    assert copy.withheld == {}


def test_ids_and_text_of_allegations_never_leave(project):
    for grade in Grade:
        for key in ("reference", "text", "place_text", "channel", "informant", "id", "repeats"):
            assert not may_leave(Kind.ALLEGATION, key, grade)


@pytest.mark.parametrize("kind", KINDS)
def test_all_formats_hold_the_same_rows(project, kind):
    copy = rows_copy(project, kind, Grade.COMMAND, "en")
    lines = list(csv.reader(io.StringIO(copy.data(".csv").decode("utf-8-sig"))))
    above = len(copy.sheet.about)
    assert lines[above] == copy.sheet.heads
    assert len(lines) == above + 1 + ROWS
    page = load_workbook(io.BytesIO(copy.data(".xlsx"))).worksheets[0]
    assert [c.value for c in page[above + 1]] == copy.sheet.heads
    assert page.max_row == above + 1 + ROWS
    if copy.shapes is not None:
        read = json.loads(copy.data(".geojson"))
        assert len(read["features"]) == ROWS
        assert read["about"]["grade"] == "command"


def test_a_format_that_is_not_written_here_is_named_with_those_that_are(project):
    copy = rows_copy(project, Kind.SITE, Grade.COMMAND, "en")
    with pytest.raises(InputError) as refusal:
        copy.data(".kml")
    assert refusal.value.params == {"suffix": ".kml", "formats": ".csv, .xlsx, .geojson"}


def test_a_copy_is_logged_before_it_has_a_name_and_not_without(project, tmp_path):
    path = tmp_path / "sites.csv"
    seen = []

    def record(what, **details):
        seen.append((what, details, path.exists()))

    copy = rows_copy(project, Kind.SITE, Grade.COMMAND, "en")
    digest = write_rows(copy, path, record=record)
    (what, details, existed) = seen[0]
    assert (what, existed, details["sha256"], details["rows"]) == ("export", False, digest, ROWS)

    def refuses(what, **details):
        raise InputError("error.nothing")

    other = tmp_path / "other.csv"
    with pytest.raises(InputError):
        write_rows(copy, other, record=refuses)
    assert list(tmp_path.iterdir()) == [path]
