"""Reports of hotspots, border pressure and the scoreboard: what they say, hold back and refuse."""

from __future__ import annotations

import io
import shutil
import subprocess
from datetime import date

import pytest
from openpyxl import load_workbook

from geo.analysis.border.wish import Wish
from geo.catalogue import text
from geo.compute import Computer
from geo.errors import InputError
from geo.model.entity import Kind
from geo.model.vocabulary import AdminLevel, Grade
from geo.progress import NoProgress
from gui.analysis_papers import AnalysisAsked, analysis_report
from gui.models.hotspot_asked import Asked, Method
from gui.print.copies import save_copy
from gui.print.pdf import pdf_bytes
from gui.print.png import png_bytes
from layers.export.analysis import Analysed, analysis_content
from layers.export.content import Column, ReportKind, ReportTable
from layers.export.result_book import result_book
from layers.export.webmap import webmap_html
from layers.moment import Mode, Moment
from tests.geo.privacy.example_plan import DAY, SECRET, example_plan

pytestmark = pytest.mark.usefixtures("qapp")
ASKED = {
    ReportKind.HOTSPOTS: AnalysisAsked(kind=ReportKind.HOTSPOTS, hotspots=Asked(method=Method.KDE)),
    ReportKind.PRESSURE: AnalysisAsked(kind=ReportKind.PRESSURE, pressure=Wish(within_m=50_000)),
    ReportKind.SCOREBOARD: AnalysisAsked(
        kind=ReportKind.SCOREBOARD, level=AdminLevel.DISTRICT, within="18"
    ),
}
THEN = Moment(Mode.DECIDED, DAY)


@pytest.fixture(scope="module")
def plan():
    return example_plan()


@pytest.fixture(scope="module")
def computer():
    with Computer() as made:
        yield made


@pytest.fixture(scope="module")
def made(plan, computer):
    """Each report in both languages, made once."""
    return {
        (kind, language): analysis_report(
            plan,
            asked,
            Grade.COMMAND,
            language,
            computer=computer,
            progress=NoProgress(),
            seen=(THEN, None),
        )
        for kind, asked in ASKED.items()
        for language in ("en", "km")
    }


def pages(pdf, tmp_path):
    file = tmp_path / "report.pdf"
    file.write_bytes(pdf)
    told = subprocess.run(
        ["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True
    )
    return told.stdout.split("\f")[:-1]


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")
@pytest.mark.parametrize("kind", ASKED)
def test_every_page_says_what_the_result_rests_on(kind, made, tmp_path):
    content = made[kind, "en"]
    pdf, count = pdf_bytes(content)
    told = pages(pdf, tmp_path)
    assert len(told) == count
    for page in told:
        words = " ".join(page.split())
        assert "What this rests on." in words
        assert "Grades:" in words
        assert content.title.banner in words


@pytest.mark.parametrize("language", ["en", "km"])
@pytest.mark.parametrize("kind", ASKED)
def test_a_report_states_method_n_and_that_an_allegation_is_no_verdict(kind, language, made):
    content = made[kind, language]
    assert content.basis
    assert content.notes[0] == text("report.not_a_verdict", language)
    assert content.audit["report"] == kind.value
    assert content.audit["as_of"] == DAY.isoformat()
    assert content.tables
    assert content.charts
    assert png_bytes(content)[:4] == b"\x89PNG"


@pytest.mark.parametrize("kind", ASKED)
def test_no_site_no_allegation_and_no_text_of_one_is_in_it(kind, made, plan):
    content = made[kind, "en"]
    for held in (Kind.SITE, Kind.ALLEGATION, Kind.ZONE, Kind.TEAM):
        assert not len(content.map.project.table(held))
    page = webmap_html(content)
    assert SECRET not in page
    names = {str(n) for n in plan.table(Kind.SITE)["name_en"].tolist() if n}
    assert not {n for n in names if n in page}


@pytest.mark.parametrize("kind", ASKED)
def test_its_web_page_holds_tables_charts_and_the_result_as_data(kind, made):
    page = webmap_html(made[kind, "km"])
    assert '"tables":' in page
    assert '"charts":[[' in page.replace(" ", "")
    assert '"basis":' in page


@pytest.mark.parametrize("kind", ASKED)
def test_its_workbook_says_the_same_on_its_first_page(kind, made):
    content = made[kind, "en"]
    book = load_workbook(io.BytesIO(result_book(content)))
    assert [sheet.title for sheet in book][1:] == [table.name for table in content.tables]
    first = [row[0].value for row in book.worksheets[0].iter_rows()]
    assert content.title.banner in first
    assert set(content.basis) <= set(first)


@pytest.mark.parametrize("grade", [Grade.RESTRICTED, Grade.PUBLIC])
@pytest.mark.parametrize("kind", ASKED)
def test_others_than_the_command_get_none(kind, grade, plan, computer):
    with pytest.raises(InputError) as refused:
        analysis_report(plan, ASKED[kind], grade, "en", computer=computer, progress=NoProgress())
    assert refused.value.code == "grade.error.analysis_command_only"


def test_a_copy_is_logged_with_its_method_before_there_is_a_file(made, tmp_path):
    logged = []

    def record(what, **details):
        assert not (tmp_path / "hot.xlsx").exists()
        logged.append((what, details))

    content = made[ReportKind.HOTSPOTS, "en"]
    save_copy(content, tmp_path / "hot.xlsx", record=record)
    ((what, details),) = logged
    assert (what, details["method"], details["format"]) == ("export", "kde", "xlsx")
    with pytest.raises(InputError):
        save_copy(content, tmp_path / "hot.docx", record=record)


def test_paper_has_the_first_rows_and_says_so(plan):
    table = ReportTable(
        name="long",
        title="Long",
        columns=(Column("n", numeric=True),),
        rows=tuple((i,) for i in range(90)),
    )
    found = Analysed(
        kind=ReportKind.HOTSPOTS, headline="", said=("rests",), warned=(), findings=None,
        tables=(table,), audit={},
    )  # fmt: skip
    cut = analysis_content(plan, found, Grade.COMMAND, "en", day=date(2022, 9, 17))
    assert len(cut.table("long").rows) == 60
    assert "first 60 of 90" in cut.table("long").note
    whole = analysis_content(
        plan, found, Grade.COMMAND, "en", day=date(2022, 9, 17), most_rows=None
    )
    assert len(whole.table("long").rows) == 90
