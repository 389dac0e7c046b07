"""What a question finds on the map: rings around rows, units where no point is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from geo.analysis.asking.answers import PERHAPS, YES, BoolArray
from geo.analysis.columns import places
from geo.model.codec import AREA_COLUMN
from geo.model.entity import Kind
from layers.asked import said_answers, said_question
from layers.features import is_exact, on_map
from layers.findings import FindingClass, Findings, found_points, found_units
from layers.live import ASKED, MADE_OF
from layers.said import Named, Said
from layers.shapes import rings_from_wkb
from layers.style import AreaStyle, LineStyle, Shape, SymbolSpec

if TYPE_CHECKING:
    from geo.analysis.asking.answers import Answers
    from geo.model.table import Table
    from geo.project import Project
    from layers.said import Words

INK: Final = "#0F766E"
MAYBE: Final = SymbolSpec(Shape.CIRCLE, INK, hollow=True, dotted=True, scale=ASKED.scale)
AREA: Final = AreaStyle(INK, 0.12, LineStyle(INK, 1.6))
MAYBE_AREA: Final = AreaStyle(INK, 0.0, LineStyle(INK, 1.4, dash=(3.0, 4.0)))


def ask_findings(shown: Project, answers: Answers) -> Findings:
    """Return what the map shows of an answer.

    Args:
        shown: The plan as it was asked.
        answers: What was found.
    """
    table = shown.table(answers.question.about.kind)
    exact = _exact(table)
    sure, maybe = (np.flatnonzero(exact & (answers.state == s)) for s in (YES, PERHAPS))
    rows = np.concatenate([sure, maybe])
    lonlat = np.column_stack((table["lon"][rows], table["lat"][rows])).astype(np.float64)
    codes = [0] * len(sure) + [1] * len(maybe)
    outlines, keys, classes, counts = _units(shown, table, answers, exact)
    every = (
        FindingClass(label=Said("ask.class.found"), symbol=ASKED, count=len(sure)),
        FindingClass(label=Said("ask.class.perhaps"), symbol=MAYBE, count=len(maybe)),
        FindingClass(label=Said("ask.class.found_area"), area=AREA, count=counts[YES]),
        FindingClass(label=Said("ask.class.perhaps_area"), area=MAYBE_AREA, count=counts[PERHAPS]),
    )
    # What there is none of needs no line in the legend, but for the answers themselves.
    kept = [each for i, each in enumerate(every) if each.count or not i]
    place = {i: kept.index(each) for i, each in enumerate(every) if each in kept}
    names = {str(table.ids[i]): _name(table, i) for i in rows.tolist()}
    return Findings(
        section="ask",
        title=said_question(shown, answers.question),
        classes=tuple(kept),
        note=said_answers(shown, answers),
        points=found_points(lonlat, [str(i) for i in table.ids[rows]], [place[c] for c in codes]),
        areas=found_units(outlines, keys, [place[c] for c in classes]) if outlines else None,
        tell=lambda key: (names[key],) if key in names else (),
        made_of=tuple(shown.table(kind) for kind in MADE_OF if kind is not Kind.LIVE_LAYER),
    )


def _exact(table: Table) -> BoolArray:
    """Return which rows have a symbol that a ring can stand around."""
    if table.kind is Kind.CROSSING:
        known: BoolArray = np.isfinite(table["lon"]) & np.isfinite(table["lat"])
        return known
    exact: BoolArray = is_exact(table)
    return exact & on_map(table) if table.kind is Kind.ALLEGATION else exact


def _units(
    shown: Project, table: Table, answers: Answers, exact: BoolArray
) -> tuple[list[list[np.ndarray]], list[str], list[int], dict[int, int]]:
    """Return the outlines of units whose rows answer or may, as far as the plan knows them."""
    counts = {YES: 0, PERHAPS: 0}
    outlines: list[list[np.ndarray]] = []
    keys: list[str] = []
    classes: list[int] = []
    if table.kind is Kind.CROSSING:
        return outlines, keys, classes, counts
    units = shown.table(Kind.ADMIN_UNIT)
    known = {str(c): i for i, c in enumerate(units["code"]) if units[AREA_COLUMN][i]}
    _, _, unit, _, _ = places(table)
    for place, state in ((2, YES), (3, PERHAPS)):
        rows = ~exact & (answers.state == state) & (unit != "")
        counts[state] = int(rows.sum())
        for code in np.unique(unit[rows]).tolist():
            if code in known:
                outlines.append(rings_from_wkb(units[AREA_COLUMN][known[code]]))
                keys.append(f"{code}/{place}")
                classes.append(place)
    return outlines, keys, classes, counts


def _name(table: Table, row: int) -> Words:
    if table.kind is Kind.ALLEGATION:
        grade = str(table["reliability"][row]) + str(table["credibility"][row])
        return Said("ask.allegation", {"grade": grade})
    code = str(table["code"][row] or "") if table.kind is Kind.SITE else ""
    return Named(str(table["name_km"][row] or ""), str(table["name_en"][row] or "") or code)
