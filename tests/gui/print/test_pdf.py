from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import unicodedata

import pytest
from PySide6.QtGui import QImage

from geo.model.vocabulary import Grade, OperationState
from gui.print import cover
from gui.print.paper import Paper
from gui.print.pdf import Sheet, pdf_bytes
from gui.print.png import png_bytes
from layers.export.content import ReportKind
from layers.export.report import report_content
from tests.geo.privacy.example_plan import DAY, SECRET, example_plan

pytestmark = pytest.mark.usefixtures("qapp")

needs_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="poppler-utils is not installed"
)
SHEETS = [Sheet(paper, landscape) for paper in Paper for landscape in (True, False)]


def content_of(grade=Grade.COMMAND, language="en", kind=ReportKind.PROVINCE, **more):
    return report_content(example_plan(**more), kind, grade, language, day=DAY)


def text_of(pdf, tmp_path, *options):
    file = tmp_path / "report.pdf"
    file.write_bytes(pdf)
    done = subprocess.run(
        ["pdftotext", *options, str(file), "-"], capture_output=True, text=True, check=True
    )
    return done.stdout


@needs_poppler
@pytest.mark.parametrize("grade", Grade)
def test_every_page_says_its_grade_its_number_and_that_its_data_is_invented(grade, tmp_path):
    content = content_of(grade)
    pdf, pages = pdf_bytes(content)
    leaves = text_of(pdf, tmp_path).split("\f")[:-1]
    assert len(leaves) == pages >= 2
    for number, leaf in enumerate(leaves, 1):
        words = " ".join(leaf.split())
        assert content.title.banner in words
        assert content.title.fictional in words
        assert f"Page {number} of {pages}" in words


@needs_poppler
def test_the_tables_of_the_content_stand_in_the_pdf(tmp_path):
    content = content_of()
    words = " ".join(text_of(pdf_bytes(content)[0], tmp_path, "-layout").split())
    for table in content.tables:
        assert table.title in words
    total = content.table("sites").total
    assert " ".join(str(cell) for cell in total) in words
    assert "An allegation is not a verdict." in words
    assert "Kingdom of Cambodia" in words


@needs_poppler
@pytest.mark.parametrize("grade", [Grade.RESTRICTED, Grade.PUBLIC])
def test_no_secret_stands_in_a_pdf_that_leaves_the_command(grade, tmp_path):
    for state in (OperationState.DRAFT, OperationState.COMPLETED):
        assert SECRET not in text_of(pdf_bytes(content_of(grade, state=state))[0], tmp_path)


@pytest.mark.parametrize("language", ["km", "en"])
@pytest.mark.parametrize("sheet", SHEETS)
def test_every_paper_and_language_makes_a_pdf_of_that_paper(sheet, language):
    pdf, pages = pdf_bytes(content_of(language=language), sheet)
    assert pdf.startswith(b"%PDF-")
    width, height = (
        float(part) for part in re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf).groups()
    )
    assert (width > height) is sheet.landscape
    assert max(width, height) == pytest.approx({"A4": 842, "A3": 1191}[sheet.paper], abs=1)
    assert pages >= 2


@needs_poppler
def test_the_map_is_drawn_as_vectors_and_the_fonts_are_embedded(tmp_path):
    pdf, _ = pdf_bytes(content_of(language="km"))
    file = tmp_path / "report.pdf"
    file.write_bytes(pdf)
    images = subprocess.run(
        ["pdfimages", "-list", str(file)], capture_output=True, text=True, check=True
    ).stdout.splitlines()[2:]
    for line in images:
        width, height = (int(part) for part in line.split()[3:5])
        assert width * height < 200 * 200
    fonts = subprocess.run(
        ["pdffonts", str(file)], capture_output=True, text=True, check=True
    ).stdout
    assert "NotoSansKhmer" in fonts
    assert all("yes" in line.split() for line in fonts.splitlines()[2:])


def test_hostile_names_are_text_on_paper(tmp_path):
    name = "<img src='file:///etc/hostname'><b>{{ 7*7 }}</b> &amp; \u202e\u0000"
    pdf, pages = pdf_bytes(content_of(hostile=name))
    assert pages >= 2
    if shutil.which("pdftotext"):
        letters = unicodedata.normalize("NFKC", "".join(text_of(pdf, tmp_path).split()))
        assert "<imgsrc='file:///etc/hostname'><b>{{7*7}}</b>&amp;" in letters


def test_an_exception_while_painting_is_an_exception_and_no_crash(monkeypatch):
    def fails(*_args):
        message = "in the middle of a page"
        raise RuntimeError(message)

    monkeypatch.setattr(cover, "paint_map", fails)
    with pytest.raises(RuntimeError, match="middle"):
        pdf_bytes(content_of())
    monkeypatch.undo()
    assert pdf_bytes(content_of())[1] >= 2


def test_a_picture_of_the_map_is_no_empty_page():
    image = QImage.fromData(png_bytes(content_of(Grade.RESTRICTED, "km")))
    assert (image.width(), image.height()) == (1684, 1190)
    colours = {image.pixel(x, y) for x in range(0, 1684, 40) for y in range(0, 1190, 40)}
    assert len(colours) > 4


WITHOUT_A_WINDOW = """
from PySide6.QtGui import QGuiApplication
application = QGuiApplication([])
from geo.model.vocabulary import Grade
from gui.print.pdf import pdf_bytes
from layers.export.content import ReportKind
from layers.export.report import report_content
from tests.geo.privacy.example_plan import DAY, example_plan
content = report_content(example_plan(), ReportKind.OPERATION, Grade.COMMAND, "km", day=DAY)
print("pages", pdf_bytes(content)[1])
"""


def test_a_report_needs_no_window():
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_A_WINDOW],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert done.returncode == 0, done.stderr
    assert "pages" in done.stdout
    assert done.stderr == ""
