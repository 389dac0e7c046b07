"""A column of the scoreboard as it lies on the map: units by class, and what is not known hatched.

A zero that was counted has a class of its own. Where nothing is known, or where there is no return,
there is no colour at all but strokes: nobody may take it for little.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from geo.analysis.scoreboard.board import Origin
from geo.analysis.scoreboard.measures import MONEY, Measure
from geo.analysis.scoreboard.wording import absent_text, figure_text, notes, row_name
from layers.area_findings import rings_of
from layers.findings import FindingClass, Findings, found_areas
from layers.ramps import MIDDLE, SEQUENTIAL, area_style, steps
from layers.said import Named, Said
from layers.style import AreaStyle, Hatch, LineStyle

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from geo.analysis.scoreboard.board import Scoreboard
    from geo.analysis.scoreboard.job import Standing
    from geo.model.entity import Area
    from geo.model.table import Table
    from layers.said import Words

SECTION: Final = "scoreboard"
GREY: Final = "#6B7280"
MOST_CLASSES: Final = 4
DAYS: Final = (8, 31, 91)
"""Days since the last action: from here the next class begins."""
ZERO: Final = AreaStyle(MIDDLE, 0.6, LineStyle(GREY, 0.8))
NOTHING: Final = AreaStyle("", 0.0, LineStyle(GREY, 0.8, dash=(2.0, 3.0)), Hatch.DOTS, GREY)
NO_RETURN: Final = AreaStyle("", 0.0, LineStyle(GREY, 1.0), Hatch.FALLING, GREY)
NO_ACTION: Final = AreaStyle("", 0.0, LineStyle(GREY, 1.0), Hatch.CROSSED, GREY)


def score_findings(
    found: Standing,
    measure: Measure | None,
    outlines: Mapping[str, Area],
    made_of: tuple[Table, ...] = (),
) -> Findings | None:
    """Return a choropleth; off the main thread.

    Args:
        found: The scoreboard.
        measure: Its column; None is the days since the last action.
        outlines: Unit → outline; what has none is not on the map, which is said.
        made_of: Tables from which it was counted.

    Returns:
        None where no unit has an outline.
    """
    board = found.board
    units = [u for u, code in enumerate(board.units) if code in outlines]
    if not units:
        return None
    classes, codes = _classes(board, measure, units)
    places = {board.units[u]: u for u in units}

    def tell(key: str) -> tuple[Words, ...]:
        return unit_words(board, places[key], measure)

    return Findings(
        section=SECTION,
        title=title_words(measure),
        classes=classes,
        note=note_words(found, len(units)),
        areas=found_areas(
            [rings_of(outlines[board.units[u]]) for u in units],
            [board.units[u] for u in units],
            codes,
        ),
        tell=tell,
        made_of=made_of,
    )


def title_words(measure: Measure | None) -> Words:
    """Return what the map shows."""
    name = Said(f"scoreboard.head.{measure.value if measure is not None else 'days'}")
    return Said("scoreboard.map.title", {"column": name})


def note_words(found: Standing, shown: int | None = None) -> tuple[Words, ...]:
    """Return what must be said with the figures, and how many rows are not on the map."""
    board = found.board
    english, khmer = notes(found, "en"), notes(found, "km")
    said: list[Words] = [Named(km, en) for km, en in zip(khmer, english, strict=True)]
    if shown is not None and shown < len(board.units):
        said.append(Said("scoreboard.map.missing", {"count": len(board.units) - shown}))
    return tuple(said)


def unit_words(board: Scoreboard, unit: int, measure: Measure | None) -> tuple[Words, ...]:
    """Return what the pointer's note says of a unit: its name and its figure."""
    name = Named(row_name(board, unit, "km"), row_name(board, unit, "en"))
    return (name, _figure(board, unit, measure))


def _figure(board: Scoreboard, unit: int, measure: Measure | None) -> Words:
    if measure is None:
        since = board.days_since(unit)
        if since is None:
            return Said("scoreboard.no_action_known")
        return Said("scoreboard.map.days", {"days": since})
    value = board.figure(measure, unit)
    head = Said(f"scoreboard.head.{measure.value}")
    if value is None:
        km, en = (absent_text(board, unit, language) for language in ("km", "en"))
        return Said("scoreboard.map.figure", {"column": head, "figure": Named(km, en)})
    km, en = (figure_text(measure, value, language) for language in ("km", "en"))
    return Said("scoreboard.map.figure", {"column": head, "figure": Named(km, en)})


def _classes(
    board: Scoreboard, measure: Measure | None, units: Sequence[int]
) -> tuple[tuple[FindingClass, ...], NDArray[np.uint8]]:
    """Return the classes that occur, from much to little and then what is not known."""
    values = np.array(
        [np.nan if (v := _value(board, u, measure)) is None else float(v) for u in units]
    )
    known = values[np.isfinite(values)]
    edges = _edges(known, measure)
    colours = steps(len(edges), SEQUENTIAL[1:]) if len(edges) else ()
    made: list[tuple[Words, AreaStyle, NDArray[np.bool_]]] = []
    for at in range(len(edges) - 1, -1, -1):
        least = edges[at]
        most = edges[at + 1] - 1 if at + 1 < len(edges) else None
        mine = values >= least
        if most is not None:
            mine &= values <= most
        made.append((_range(least, most, measure), area_style(colours[at]), mine))
    if measure is not None:
        made.append((Said("scoreboard.class.zero"), ZERO, values == 0))
    absent = np.isnan(values)
    silent = np.array([board.units[u] in board.no_return for u in units])
    made.append((Said("scoreboard.no_return"), NO_RETURN, absent & silent))
    made.append((*_unknown(board, measure), absent & ~silent))
    codes = np.zeros(len(units), dtype=np.uint8)
    classes: list[FindingClass] = []
    for label, style, mine in made:
        if mine.any():
            codes[mine] = len(classes)
            classes.append(FindingClass(label=label, area=style, count=int(mine.sum())))
    return tuple(classes), codes


def _value(board: Scoreboard, unit: int, measure: Measure | None) -> int | None:
    return board.days_since(unit) if measure is None else board.figure(measure, unit)


def _unknown(board: Scoreboard, measure: Measure | None) -> tuple[Words, AreaStyle]:
    if measure is None:
        return Said("scoreboard.no_action_known"), NO_ACTION
    if board.origin is Origin.PLAN:
        return Said("scoreboard.none_known"), NOTHING
    return Said("scoreboard.not_reported"), NOTHING


def _edges(known: NDArray[np.float64], measure: Measure | None) -> list[int]:
    """Return where each class begins: quantiles of what is more than zero."""
    if measure is None:
        return [0, *DAYS] if len(known) else []
    some = known[known > 0]
    if not len(some):
        return []
    shares = np.linspace(0, 1, MOST_CLASSES + 1)[:-1]
    edges = np.unique(np.quantile(some, shares, method="lower").astype(np.int64))
    return [int(edge) for edge in edges]


def _range(least: int, most: int | None, measure: Measure | None) -> Words:
    code = "riel" if measure in MONEY else "days" if measure is None else "count"
    if most is None:
        return Said(f"scoreboard.class.{code}.from", {"least": least})
    if most == least:
        return Said(f"scoreboard.class.{code}.one", {"least": least})
    return Said(f"scoreboard.class.{code}.range", {"least": least, "most": most})
