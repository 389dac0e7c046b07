from __future__ import annotations

import hashlib

import pytest

from geo.errors import InputError, StoreError
from geo.model.vocabulary import Grade
from gui.print.copies import save_copy, write_whole
from layers.export.content import ReportKind
from layers.export.report import report_content
from tests.geo.privacy.example_plan import DAY, example_plan

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def plan():
    return example_plan()


def content_of(plan, grade=Grade.COMMAND):
    return report_content(plan, ReportKind.PROVINCE, grade, "en", day=DAY)


def copies(plan):
    return [row for row in plan.store.audit() if row.what in {"print", "export"}]


@pytest.mark.parametrize(
    ("name", "what"), [("r.pdf", "print"), ("r.html", "export"), ("r.png", "export")]
)
def test_every_copy_is_logged_with_grade_and_digest(plan, tmp_path, name, what):
    copy = save_copy(content_of(plan), tmp_path / name, record=plan.record)
    (row,) = copies(plan)
    assert row.what == what
    assert row.details["grade"] == "command"
    assert row.details["sha256"] == hashlib.sha256(copy.path.read_bytes()).hexdigest()
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_the_log_holds_no_name_and_no_coordinate(plan, tmp_path):
    save_copy(content_of(plan), tmp_path / "r.pdf", record=plan.record)
    (row,) = copies(plan)
    assert set(row.details) == {"report", "grade", "language", "format", "pages", "sha256"}


def test_a_copy_that_cannot_be_logged_is_not_made(plan, tmp_path):
    def fails(*_args, **_details):
        raise StoreError("error.store.full")

    with pytest.raises(StoreError):
        save_copy(content_of(plan), tmp_path / "r.html", record=fails)
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_is_not_there_is_a_clear_error_and_leaves_no_log(plan, tmp_path):
    with pytest.raises(InputError) as refused:
        save_copy(content_of(plan), tmp_path / "nowhere" / "r.html", record=plan.record)
    assert refused.value.code == "report.error.not_written"
    assert copies(plan) == []


def test_a_format_that_reports_do_not_have_is_a_clear_error(plan, tmp_path):
    with pytest.raises(InputError) as refused:
        save_copy(content_of(plan), tmp_path / "r.docx", record=plan.record)
    assert refused.value.code == "report.error.format"


def test_an_older_copy_stays_if_the_new_one_fails(tmp_path):
    path = tmp_path / "map.png"
    path.write_bytes(b"old")

    def fails():
        raise OSError

    with pytest.raises(InputError):
        write_whole(path, b"new", before=fails)
    assert path.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["map.png"]


def test_a_public_copy_is_remembered_and_binds_the_next(plan, tmp_path):
    first = content_of(plan, Grade.PUBLIC)
    save_copy(first, tmp_path / "a.pdf", record=plan.record)
    (row,) = copies(plan)
    assert row.details["year"] == 2021
    again = content_of(plan, Grade.PUBLIC)
    assert again.table("public_counts").rows == first.table("public_counts").rows
