"""The inspection form on paper: a page for each site, with room to write by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPen

from geo.catalogue import label, text
from geo.model.vocabulary import Answer, GroupKind, Indicator, Violation
from gui.print.flow import Piece, gap
from gui.print.handwriting import WRITING, blanks, grid, lines, signatures, ticks
from gui.print.pdf import Sheet, paint_edges, painted, room_on
from gui.print.tables import fact_line, paragraph, stacked
from gui.print.text import ACCENT, INK, MUTED, POINT, Paragraph
from layers.export.duties import period_words
from layers.export.field_form import form_number

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter, QPdfWriter

    from geo.catalogue import Language
    from layers.export.duties import DutyPaper, DutySite

PAD = 6 * POINT
LEAST_LINES = 2
EVIDENCE_LINES = 2


def form_pdf(paper: DutyPaper, sheet: Sheet | None = None) -> tuple[bytes, int]:
    """Return the form as the bytes of a PDF, and its number of pages: one for each site.

    Args:
        paper: What stands in it.
        sheet: Paper; None is A4, upright.
    """
    sheet = sheet or Sheet(landscape=False)
    size = sheet.size()
    box = room_on(size)
    pages = len(paper.sites)

    def paint(painter: QPainter, writer: QPdfWriter) -> int:
        for number, site in enumerate(paper.sites, 1):
            if number > 1:
                writer.newPage()
            paint_edges(painter, paper.report, size, number, pages)
            page = _page(paper, site, form_number(paper, number), box.width(), box.height())
            painter.save()
            painter.translate(box.topLeft())
            # Names of any length: a page is made smaller rather than torn.
            shrunk = min(1.0, box.height() / sum(piece.height for piece in page))
            painter.scale(shrunk, shrunk)
            y = 0.0
            for piece in page:
                piece.draw(painter, 0.0, y)
                y += piece.height
            painter.restore()
        return pages

    title = paper.report.title
    return painted(sheet, f"{title.title}: {title.subtitle}", paint)


def _page(
    paper: DutyPaper, site: DutySite, number: str, width: float, height: float
) -> list[Piece]:
    """Return the pieces of a page; the findings get what room there is."""
    language = paper.language

    def t(name: str) -> str:
        return text(f"day.ask.{name}", language)

    def head(words: str) -> list[Piece]:
        return [gap(5), paragraph(words, width, points=9.5, bold=True), gap(1)]

    above = [
        _title(paper, number, width),
        gap(4),
        _site(paper, site, width),
        *([gap(2), _warning(site, width, language)] if site.uncovered else []),
        gap(2),
        blanks((t("day"), t("from"), t("until")), width),
        blanks((t("people_min"), t("people_max")), width),
        *head(t("ilo")),
        paragraph(t("ilo.hint"), width, points=7.5, colour=MUTED),
        grid([label(i, language) for i in Indicator], [label(a, language) for a in Answer], width),
        *head(t("violations")),
        ticks([label(v, language) for v in Violation], width, 2),
        *head(t("findings")),
    ]
    below = [
        *head(t("evidence")),
        lines(EVIDENCE_LINES, width),
        gap(3),
        paragraph(t("no_names"), width, points=8, bold=True, colour=ACCENT),
        signatures((_chief(paper), text("day.signature.witness", language)), width),
    ]
    room = height - sum(p.height for p in (*above, *below))
    return [*above, lines(max(int(room / WRITING), LEAST_LINES), width), *below]


def _chief(paper: DutyPaper) -> str:
    """Return who signs: the chief of the group that enters, as the team calls that office."""
    words = text("day.signature.chief", paper.language)
    entering = GroupKind.MILITARY_POLICE_INSPECTION
    chief = next((g.chief for g in paper.team.groups if g.kind is entering), "")
    return f"{words}: {chief}" if chief else words


def _title(paper: DutyPaper, number: str, width: float) -> Piece:
    """Return the head: office and form at the left, its number in a box at the right."""
    title = paper.report.title
    share = 150 * POINT
    left = width - share - PAD
    office = Paragraph(title.office, left, points=8.5, colour=MUTED)
    name = Paragraph(title.title, left, points=14, bold=True)
    caption = Paragraph(text("day.form_number", paper.language), share - 2 * PAD, points=7.5)
    value = Paragraph(number, share - 2 * PAD, points=11, bold=True)
    height = max(office.height + name.height, caption.height + value.height + PAD)

    def draw(painter: QPainter, x: float, y: float) -> None:
        office.draw(painter, x, y)
        name.draw(painter, x, y + office.height)
        painter.setPen(QPen(QColor(INK), 0.8 * POINT))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(x + left + PAD, y, share, height))
        caption.draw(painter, x + left + 2 * PAD, y + PAD / 2)
        value.draw(painter, x + left + 2 * PAD, y + PAD / 2 + caption.height)

    return Piece(height, draw)


def _site(paper: DutyPaper, site: DutySite, width: float) -> Piece:
    """Return which site the page is about, and on which duty it is visited."""
    language = paper.language

    def t(code: str) -> str:
        return text(code, language)

    half = (width - 3 * PAD) / 2
    name = Paragraph(
        " · ".join(filter(None, (site.code, site.name))), width - 2 * PAD, points=12, bold=True
    )
    left = stacked(
        fact_line(t("report.column.site_kind"), site.kind, half),
        fact_line("MGRS", site.mgrs, half),
        fact_line(t("day.fact.lonlat"), site.lonlat, half),
        fact_line(t("day.column.status"), site.status, half),
    )
    period = period_words(paper.period, paper.operation, language)
    right = stacked(
        fact_line(t("report.fact.operation"), paper.operation.name, half),
        fact_line(t("report.column.zone"), paper.zone.name, half),
        fact_line(t("report.fact.team"), paper.team.name, half),
        fact_line(t("day.block.period"), period, half),
    )
    below = max(left.height, right.height)
    height = name.height + below + 2 * PAD

    def draw(painter: QPainter, x: float, y: float) -> None:
        painter.fillRect(QRectF(x, y, width, height), QColor("#F4F5F7"))
        name.draw(painter, x + PAD, y + PAD / 2)
        top = y + PAD + name.height
        left.draw(painter, x + PAD, top)
        right.draw(painter, x + 2 * PAD + half, top)

    return Piece(height, draw)


def _warning(site: DutySite, width: float, language: Language) -> Piece:
    words = text("day.do_not_enter", language, reason=site.uncovered)
    return paragraph(words, width, points=9, bold=True, colour="#B91C1C")
