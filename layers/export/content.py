"""What stands in a report, as data: texts in the report's language, numbers still as numbers.

A PDF, a picture, a web page and a table file are written from the same content. No Qt.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from geo.catalogue import Language, text
from geo.localise import format_number
from geo.model.entity import Kind
from geo.model.vocabulary import Grade
from geo.privacy.grid import Cells
from geo.project import Project
from layers.export.charts import Chart
from layers.findings import Findings
from layers.style import AreaStyle, LineStyle, SymbolSpec

Bounds = tuple[float, float, float, float]
Cell = str | int | None


class ReportKind(StrEnum):
    """What a report is about."""

    PROVINCE = "province"
    OPERATION = "operation"
    HOTSPOTS = "hotspots"
    PRESSURE = "pressure"
    SCOREBOARD = "scoreboard"


@dataclass(frozen=True, slots=True)
class TitleBlock:
    """The head of a report, as the ministry's letters have it.

    Attributes:
        number: Running number of printed and exported copies of this plan, with the year.
        banner: Grade and what it means, on every page.
        fictional: Says that the data is invented, or empty; on every page.
    """

    kingdom: str
    motto: str
    office: str
    title: str
    subtitle: str
    number: str
    date: str
    grade: str
    banner: str
    fictional: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; numbers stand at the right."""

    head: str
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A table of a report.

    Attributes:
        name: Stable name for tests and for files: ``sites``, ``allegation_kinds`` …
        rows: Cells; a number is an int, an unknown or suppressed value None.
        total: The last row, or empty.
        before: A sentence above it.
        note: A sentence below it.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] = ()
    before: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a zone's team takes along: facts as label and value, tables, and a map of the zone.

    Attributes:
        bounds: West, south, east, north of its map in degrees.
    """

    title: str
    colour: str
    bounds: Bounds
    facts: tuple[tuple[str, str], ...]
    tables: tuple[ReportTable, ...]


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A sign of the map: a point symbol, an area by its fill colour, or one of a result."""

    label: str
    symbol: SymbolSpec | None = None
    fill: str = ""
    area: AreaStyle | None = None
    line: LineStyle | None = None


@dataclass(frozen=True, slots=True)
class MapSpec:
    """What the map shows.

    Attributes:
        bounds: West, south, east, north in degrees of where its data lies.
        overview: The same of all the province and its data.
        outside: Sites and allegations with a point that are not within `bounds`.
        project: A plan of only what may leave at the report's grade: the map is drawn from it.
        cells: Grid cells with the number of allegations in each.
        caption: What is seen.
        province_code: NCDD code of the province that the report is about, or empty.
        day: Day whose crossings are open; None is today.
        findings: The result of an analysis that lies on the map.
    """

    bounds: Bounds
    overview: Bounds
    outside: int
    project: Project
    cells: Cells
    caption: str
    province_code: str = ""
    day: date | None = None
    findings: Findings | None = None


@dataclass(frozen=True, slots=True)
class ReportContent:
    """A whole report.

    Attributes:
        withheld: Kind → reason → rows that do not leave at this grade.
        withheld_text: The same as sentences, for whoever makes the copy; never in the copy itself,
            since a number that is missing tells as much as one that is there.
        facts: What there is at a glance, label and value.
        notes: Sentences that belong under the map.
        audit: Details for the audit event of this copy.
        charts: Drawn as vectors, after the map.
        basis: What an analysis rests on: method, parameters, n, grades, precision. On every page.
    """

    kind: ReportKind
    grade: Grade
    language: Language
    title: TitleBlock
    map: MapSpec
    legend: tuple[LegendEntry, ...]
    tables: tuple[ReportTable, ...]
    sheets: tuple[Sheet, ...]
    facts: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    attribution: str
    withheld: Mapping[Kind, Mapping[str, int]]
    withheld_text: tuple[str, ...]
    audit: Mapping[str, str | int] = field(default_factory=dict)
    charts: tuple[Chart, ...] = ()
    basis: tuple[str, ...] = ()

    def table(self, name: str) -> ReportTable:
        """Return a table by its name.

        Raises:
            KeyError: There is none.
        """
        for table in self.tables:
            if table.name == name:
                return table
        raise KeyError(name)


def outside_note(n: int, language: Language) -> str:
    """Return the sentence on what lies outside the frame of the main map, or nothing."""
    return text("report.note.outside", language, n=format_number(n, language)) if n else ""


def shown(cell: Cell, language: Language) -> str:
    """Return a cell as it is written; what is unknown or withheld is a dash."""
    if cell is None:
        return "–"
    if isinstance(cell, int):
        return format_number(cell, language)
    return cell
