"""Assignment sheet and field form on paper."""

from __future__ import annotations

import shutil
import subprocess
import unicodedata
from dataclasses import replace

import pytest

from geo.catalogue import label
from geo.model.vocabulary import Indicator, Violation
from gui.print.assignment_pages import assignment_pdf
from gui.print.form_pages import form_pdf
from layers.export.assignment_sheet import assignment_sheet
from layers.export.field_form import field_form, form_number
from tests.layers.export.duty_plan import DAY, DUTY, SECRET, duty_plan

pytestmark = [
    pytest.mark.usefixtures("qapp"),
    pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed"),
]


@pytest.fixture(scope="module")
def plan():
    return duty_plan()


def leaves_of(pdf, tmp_path):
    file = tmp_path / "paper.pdf"
    file.write_bytes(pdf)
    done = subprocess.run(
        ["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True
    )
    written = unicodedata.normalize("NFKC", done.stdout)  # fonts write "ff" as one sign
    return [" ".join(leaf.split()) for leaf in written.split("\f")[:-1]]


@pytest.mark.parametrize("language", ["en", "km"])
def test_every_page_of_a_sheet_says_grade_number_copy_and_page(plan, language, tmp_path):
    sheet = assignment_sheet(plan, "gold", "p1", language, at=DAY)
    pdf, pages = assignment_pdf(sheet)
    leaves = leaves_of(pdf, tmp_path)
    assert len(leaves) == pages
    for n, leaf in enumerate(leaves, 1):
        if language == "en":
            assert sheet.report.title.banner in leaf
            assert "No. 001/2022 · Copy 1" in leaf
            assert f"Page {n} of {pages}" in leaf
        assert SECRET not in leaf


def test_the_blocks_of_the_sheet_stand_on_paper(plan, tmp_path):
    sheet = assignment_sheet(plan, "gold", "p1", "en", at=DAY)
    words = " ".join(leaves_of(assignment_pdf(sheet)[0], tmp_path))
    (zone,) = sheet.zones
    for block in (*zone.head, *zone.blocks):
        assert f"{block.number}. {block.title}" in words
    for expected in (*DUTY.tasks, "DO NOT ENTER", "Deputy governor who leads (signature)"):
        assert expected in words


@pytest.mark.parametrize("language", ["en", "km"])
def test_the_form_has_a_page_for_each_site_with_all_that_is_asked(plan, language, tmp_path):
    paper = field_form(plan, "duty", language, at=DAY)
    pdf, pages = form_pdf(paper)
    leaves = leaves_of(pdf, tmp_path)
    assert len(leaves) == pages == len(paper.sites) == 8
    for n, (site, leaf) in enumerate(zip(paper.sites, leaves, strict=True), 1):
        assert site.code in leaf
        assert site.mgrs in leaf
        assert site.lonlat in leaf
        assert form_number(paper, n) in leaf
        assert SECRET not in leaf
        if language == "en":
            for member in (*Indicator, *Violation):
                assert label(member, "en") in leaf


def test_form_numbers_are_in_latin_digits_and_each_once(plan):
    paper = field_form(plan, "duty", "km", at=DAY)
    numbers = [form_number(paper, n) for n in range(1, 9)]
    assert numbers[0] == "001/2022-01"
    assert len(set(numbers)) == 8


def test_a_name_of_any_length_stays_on_its_page(plan, tmp_path):
    paper = field_form(plan, "duty", "en", at=DAY)
    long = replace(paper.sites[0], name="Demo endless name " * 60, uncovered="because " * 40)
    pdf, pages = form_pdf(replace(paper, sites=(long,)))
    (leaf,) = leaves_of(pdf, tmp_path)
    assert pages == 1
    assert "Witness (signature)" in leaf


def test_a_long_list_of_sites_follows_the_signatures(plan, tmp_path):
    sheet = assignment_sheet(plan, "gold", "p1", "en", at=DAY)
    (zone,) = sheet.zones
    work = next(b for b in zone.blocks if b.tables and b.number == 6)
    (table,) = work.tables
    many = replace(work, tables=(replace(table, rows=table.rows * 9),))
    blocks = tuple(many if b is work else b for b in zone.blocks)
    pdf, pages = assignment_pdf(replace(sheet, zones=(replace(zone, blocks=blocks),)))
    words = " ".join(leaves_of(pdf, tmp_path))
    assert pages > 2
    assert words.index("Prepared by (signature)") < words.index(table.columns[2].head)
    assert words.count("DEMO-007") == 9
