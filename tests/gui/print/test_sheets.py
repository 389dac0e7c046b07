from __future__ import annotations

import shutil
import subprocess

import numpy as np
import pytest
from PySide6.QtCore import QMarginsF, QPointF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPdfWriter

from geo.model.vocabulary import Grade
from gui.map.painter import paint
from gui.map.text import font_of, measure, write_haloed
from gui.print.discs import flat_discs
from gui.print.paper import Paper
from gui.print.pdf import Sheet, pdf_bytes
from layers.drawlist import Discs, DrawList
from layers.export.content import ReportKind
from layers.export.report import report_content
from layers.style import TextStyle
from layers.view import MapView
from tests.geo.privacy.example_plan import DAY, example_plan

pytestmark = [
    pytest.mark.usefixtures("qapp"),
    pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="poppler-utils is not installed"),
]
SHEETS = [Sheet(paper, landscape) for paper in Paper for landscape in (True, False)]


def leaves_of(pdf, tmp_path):
    file = tmp_path / "report.pdf"
    file.write_bytes(pdf)
    done = subprocess.run(
        ["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True
    )
    return done.stdout.split("\f")[:-1]


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize("kind", [ReportKind.PROVINCE, ReportKind.OPERATION])
def test_the_sheet_of_a_zone_is_a_page_of_its_own(kind, sheet, tmp_path):
    content = report_content(example_plan(), kind, Grade.COMMAND, "en", day=DAY)
    leaves = leaves_of(pdf_bytes(content, sheet)[0], tmp_path)
    own = leaves[-len(content.sheets) :]
    for zone, leaf in zip(content.sheets, own, strict=True):
        # Text taken out of a PDF loses the subscripts of Khmer.
        assert zone.title.split(" តំបន់")[0] in leaf
        for table in zone.tables:
            assert table.title in leaf
    for leaf in leaves[: -len(content.sheets)]:
        assert "Zone and team sheet" not in leaf


@pytest.mark.parametrize("language", ["km", "en"])
@pytest.mark.parametrize("kind", [ReportKind.PROVINCE, ReportKind.OPERATION])
def test_no_page_is_blank(kind, language, tmp_path):
    content = report_content(example_plan(), kind, Grade.COMMAND, language, day=DAY)
    for leaf in leaves_of(pdf_bytes(content)[0], tmp_path):
        # The running head and foot are three lines.
        assert sum(bool(line.strip()) for line in leaf.splitlines()) > 4


def printed(paint_it, tmp_path):
    """Return a page on which something was painted in map pixels, as a picture."""
    file = tmp_path / "page.pdf"
    writer = QPdfWriter(str(file))
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A5),
            QPageLayout.Orientation.Landscape,
            QMarginsF(0, 0, 0, 0),
        )
    )
    writer.setResolution(720)
    painter = QPainter(writer)
    try:
        painter.scale(10, 10)
        paint_it(painter)
    finally:
        painter.end()
    subprocess.run(
        ["pdftoppm", "-r", "72", "-png", "-singlefile", str(file), str(tmp_path / "page")],
        check=True,
    )
    return QImage(str(tmp_path / "page.png"))


@pytest.mark.parametrize("radius", [80.0, 3000.0])
@pytest.mark.parametrize("alpha", [0.4, 0.1, 0.01])
def test_a_soft_disc_stays_soft_on_paper(radius, alpha, tmp_path):
    view = MapView(0, 0, 1, 500, 400)
    disc = Discs(np.array([[250.0, 200.0]]), np.array([radius]), "#882E72", alpha)
    ops = tuple(flat_discs(disc, view))
    image = printed(lambda p: paint(p, DrawList(view, "#FFFFFF", ops)), tmp_path)
    assert image.pixelColor(250, 200).green() > 255 - 210 * alpha - 8


def test_spaced_letters_stand_as_far_apart_on_paper_as_they_are_measured(tmp_path):
    style = TextStyle(12, "#000000", "#FFFFFF", spacing=4.0)

    def write(painter):
        write_haloed(painter, "THAILAND", QPointF(20, 50), font_of(style, khmer=False), style)

    image = printed(write, tmp_path)
    inked = [
        x
        for x in range(image.width())
        if any(image.pixelColor(x, y).lightness() < 128 for y in range(30, 60))
    ]
    assert max(inked) - min(inked) == pytest.approx(measure("THAILAND", style)[0], abs=4)
