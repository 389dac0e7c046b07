"""Verbs that make something to look at: report and render. They draw with Qt, without a display."""

from __future__ import annotations

import hashlib
import os
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geo.catalogue import Language, text
from geo.clock import today
from geo.errors import InputError
from geo.gazetteer import Gazetteer
from geo.localise import latin_digits
from geo.model.command import Operation
from geo.model.vocabulary import Grade
from geo.store.first_seen import first_seen
from gui.cli import console
from gui.cli.analysis_report import WITHIN_M, ScoreBy, asked_of, computed
from gui.cli.duty_papers import told, write_sheet
from gui.cli.lookup import named
from gui.cli.opening import ActorOption, JsonOption, PassphraseOption, PlanArgument, opened
from gui.models.hotspot_asked import Method
from gui.print.paper import Paper
from layers.export.content import ReportKind
from layers.moment import NOW, Mode, Moment
from layers.seen import FirstSeen

if TYPE_CHECKING:
    from geo.project import Project


class About(StrEnum):
    """What a report can be about: `ReportKind`, and the sheet of a team."""

    PROVINCE = ReportKind.PROVINCE.value
    OPERATION = ReportKind.OPERATION.value
    ASSIGNMENT = "assignment"
    HOTSPOTS = ReportKind.HOTSPOTS.value
    PRESSURE = ReportKind.PRESSURE.value
    SCOREBOARD = ReportKind.SCOREBOARD.value


ANALYSES = frozenset({About.HOTSPOTS, About.PRESSURE, About.SCOREBOARD})


class Eyes(StrEnum):
    """With whose eyes a past day is seen."""

    DECIDED = Mode.DECIDED.value
    KNOWN = Mode.KNOWN.value


LangOption = Annotated[str, typer.Option("--lang", help="km or en.")]
GradeOption = Annotated[Grade, typer.Option("--grade", help="Who may see it.")]
AsOfOption = Annotated[str, typer.Option("--as-of", help="A past day, YEAR-MONTH-DAY; else today.")]
AsOption = Annotated[
    Eyes, typer.Option("--as", help="The past day as decided (by today) or as known then.")
]


def moment_from(as_of: str, eyes: Eyes) -> Moment:
    """Return the moment of the options; without a day it is now.

    Raises:
        InputError: It is no day, or lies ahead.
    """
    if not as_of:
        return NOW
    try:
        day = date.fromisoformat(latin_digits(as_of.strip()))
    except ValueError:
        raise InputError("error.cli.day", value=as_of) from None
    if day > today():
        raise InputError("error.cli.day_ahead", value=day)
    return Moment(Mode(eyes.value), day)


def seen_in(project: Project, moment: Moment) -> FirstSeen | None:
    """Return when the rows of a plan came in, if the moment needs to know."""
    if moment.mode is not Mode.KNOWN:
        return None
    return FirstSeen(first_seen(project.store))


def offscreen() -> None:
    """Start Qt without a display, once per process."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication

    from gui.theme import load_fonts

    if QGuiApplication.instance() is None:
        # Held by Qt itself for as long as the process lives.
        offscreen.app = QGuiApplication([])  # type: ignore[attr-defined] # a function has room for it
    load_fonts()


def language_from(value: str) -> Language:
    """Return the language of an option.

    Raises:
        InputError: It is neither km nor en.
    """
    if value not in {"km", "en"}:
        raise InputError("error.cli.lang", value=value)
    return "km" if value == "km" else "en"


@console.verb
def report(
    plan: PlanArgument,
    *,
    out: Annotated[
        Path, typer.Option(help="File to write: .pdf, .html or .png; of an analysis .xlsx too.")
    ],
    kind: Annotated[About, typer.Option(help="What it is about.")] = About.PROVINCE,
    operation: Annotated[str, typer.Option(help="Of a report about an operation.")] = "",
    team: Annotated[str, typer.Option(help="Of an assignment sheet.")] = "",
    period: Annotated[str, typer.Option(help="Of an assignment sheet.")] = "",
    province: Annotated[
        str, typer.Option(help="Of a report about a province; else the plan's.")
    ] = "",
    method: Annotated[Method, typer.Option(help="Of hotspots.")] = Method.GI_STAR,
    within: Annotated[float, typer.Option(help="Of border pressure: metres.")] = WITHIN_M,
    by: Annotated[ScoreBy, typer.Option(help="Of a scoreboard: its units.")] = ScoreBy.DISTRICT,
    grade: GradeOption = Grade.COMMAND,
    lang: LangOption = "en",
    paper: Annotated[Paper, typer.Option(help="Paper of a PDF.")] = Paper.A4,
    portrait: Annotated[bool, typer.Option("--portrait", help="Upright paper.")] = False,
    as_of: AsOfOption = "",
    eyes: AsOption = Eyes.DECIDED,
    actor: ActorOption = "",
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write a map report; what its grade withholds is counted and said, and the copy is logged."""
    language, moment = language_from(lang), moment_from(as_of, eyes)
    offscreen()
    from gui.print.copies import save_copy
    from gui.print.pdf import Sheet
    from layers.export.report import report_content

    with opened(plan, actor=actor, passphrase_file=passphrase_file, acts=True) as project:
        if kind is About.ASSIGNMENT:
            if moment.is_past:
                raise InputError("error.cli.sheet_now")
            copy = write_sheet(
                project,
                out,
                language,
                grade=grade,
                team=team,
                period=period,
                operation=operation,
            )
            told(copy, as_json=as_json)
            return
        if kind in ANALYSES:
            asked = asked_of(kind.value, out, province, method=method, within=within, by=by)
            content = computed(project, asked, grade, language, moment, seen_in(project, moment))
        else:
            content = report_content(
                project,
                ReportKind(kind.value),
                grade,
                language,
                operation_id=named(project, Operation, operation).id if operation else "",
                province_code=Gazetteer.load().province(province).code if province else None,
                moment=moment,
                first_seen=seen_in(project, moment),
            )
        copy = save_copy(
            content, out, record=project.record, sheet=Sheet(paper, landscape=not portrait)
        )
    told(copy, as_json=as_json)


@console.verb
def render(
    plan: PlanArgument,
    *,
    out: Annotated[Path, typer.Option(help="PNG file to write.")],
    extent: Annotated[str, typer.Option(help="W,S,E,N in degrees; else the plan's province.")] = "",
    size: Annotated[str, typer.Option(help="WIDTHxHEIGHT in pixels.")] = "1920x1080",
    grade: GradeOption = Grade.COMMAND,
    lang: LangOption = "en",
    dark: Annotated[bool, typer.Option("--dark", help="The dark map.")] = False,
    as_of: AsOfOption = "",
    eyes: AsOption = Eyes.DECIDED,
    actor: ActorOption = "",
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write one map frame as a picture; it passes the table of grades and is logged."""
    language, moment = language_from(lang), moment_from(as_of, eyes)
    width, height = _size(size)
    offscreen()
    from gui.map.render import render_image, write_over
    from gui.print.copies import write_whole
    from gui.print.png import png_of
    from layers.export.past import as_of_details, past_project, past_words
    from layers.layer_list import default_layers
    from layers.view import MapView

    with opened(plan, actor=actor, passphrase_file=passphrase_file, acts=True) as project:
        bounds = _extent(extent) or Gazetteer.load().extent(project.info.province_code)
        view = MapView.fit(bounds, width, height)
        then = past_project(project, moment, seen_in(project, moment), grade)
        image = render_image(
            then,
            default_layers(),
            view,
            language=language,
            theme="dark" if dark else "light",
            on=moment.on,
        )
        if moment.is_past:
            write_over(image, past_words(moment, language))
        data = png_of(image)
        sha256 = hashlib.sha256(data).hexdigest()
        write_whole(
            out,
            data,
            before=lambda: project.record(
                "export",
                kind="map",
                grade=grade.value,
                format="png",
                sha256=sha256,
                **as_of_details(moment),
            ),
        )
    if as_json:
        console.emit({"path": str(out), "grade": grade.value, "sha256": sha256})
    else:
        console.say(text("cli.render.done", console.language(), path=out))


def _size(value: str) -> tuple[int, int]:
    try:
        width, height = (int(part) for part in value.lower().split("x"))
    except ValueError:
        raise InputError("error.cli.size", value=value) from None
    if not (16 <= width <= 20_000 and 16 <= height <= 20_000):  # noqa: PLR2004 - what a picture bears
        raise InputError("error.cli.size", value=value)
    return width, height


def _extent(value: str) -> tuple[float, float, float, float] | None:
    if not value:
        return None
    try:
        west, south, east, north = (float(part) for part in value.split(","))
    except ValueError:
        raise InputError("error.cli.extent", value=value) from None
    if not (-180 <= west < east <= 180 and -85 <= south < north <= 85):  # noqa: PLR2004 - degrees
        raise InputError("error.cli.extent", value=value)
    return west, south, east, north
