"""Border crossings: one row is one interval in which a gate was open.

The rows of a gate are one crossing.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from geo.formats.places import located
from geo.formats.values.dates import OPEN_END_WORDS, parse_date
from geo.formats.work import Work, as_text, name_key
from geo.model.vocabulary import Answer, CrossingClass, Neighbour

if TYPE_CHECKING:
    from geo.formats.found import Opened
    from geo.model.codec import Scalar

_UNTIL_NOW = date(9999, 12, 31)


def build(work: Work) -> dict[str, list[Scalar]]:
    """Return one set of columns for each *row*; the edit puts the rows of one ``_gate`` together.

    Besides the table's columns it gives ``_gate``, ``_since`` and ``_until``.
    """
    names_en, names_km = work.texts("name_en"), work.texts("name_km")
    for i, name in enumerate(work.texts("name")):
        if name:
            names_en[i] = names_en[i] or name
    gates = [name_key(en) or name_key(km) for en, km in zip(names_en, names_km, strict=True)]
    for i, gate in enumerate(gates):
        if not gate:
            work.fail(i, "name", "import.reason.no_name", ask=True)
    where = located(work)
    neighbours = work.words("neighbour", Neighbour, Neighbour.THAILAND)
    classes = work.words("crossing_class", CrossingClass, CrossingClass.UNOFFICIAL)
    for i, gate in enumerate(gates):
        if gate in work.existing.crossing_ids:
            continue
        for name in ("neighbour", "crossing_class"):
            given = work.has(name) and work.cells(name)[i] is not None
            if not given:
                work.fail(i, name, "import.reason.missing", ask=True)
    since, until = _intervals(work, gates, [name_key(km) for km in names_km])
    approximate = work.words("approximate", Answer, Answer.YES)
    return {
        "name_en": list(names_en),
        "name_km": list(names_km),
        "neighbour": [n.value for n in neighbours],
        "opposite": list(work.texts("opposite")),
        "crossing_class": [c.value for c in classes],
        "lon": list(where.lon),
        "lat": list(where.lat),
        "approximate": [int(a is not Answer.NO) for a in approximate],
        "admin_code": list(where.admin_code),
        "basis": list(work.texts("basis")),
        "_gate": list(gates),
        "_since": [None if d is None else d.isoformat() for d in since],
        "_until": [None if d is None else d.isoformat() for d in until],
    }


def _intervals(
    work: Work, gates: list[str], others: list[str]
) -> tuple[list[date | None], list[date | None]]:
    order, base = work.mapping.date_order, work.raw.date1904
    since = work.dates("open_from")
    until = work.parsed(
        "open_to",
        lambda c: (
            None
            if as_text(c).casefold() in OPEN_END_WORDS
            else parse_date(c, order=order, date1904=base)
        ),
        None,
    )
    opened = work.existing.opened
    taken: dict[str, list[Opened]] = {}
    for i, gate in enumerate(gates):
        if work.problems[i] or (since[i] is None and until[i] is None):
            continue
        time = (since[i], until[i])
        known = opened.get(gate) or opened.get(others[i], ())
        before = [t for t in taken.get(gate, known) if t not in known or not closes(time, t)]
        if _last(time) < _first(time):
            work.fail(i, "open_to", "import.reason.ends_before", value=until[i])
        elif time in known:
            continue
        elif any(_meet(time, other) for other in before):
            work.fail(i, "open_from", "import.reason.overlaps", value=since[i], ask=True)
        else:
            earlier = [t for t in before if _first(t) < _first(time)]
            if earlier and max(earlier, key=_first)[1] is None:
                # "Still open" and yet opened again later: an old mark that nobody took out.
                work.mend(i, "open_from", "import.repair.opened_again", since[i])
            taken[gate] = [*before, time]
    return since, until


def closes(time: Opened, known: Opened) -> bool:
    """Tell whether a time says when one ended that the plan knows as still open."""
    return time[0] == known[0] and known[1] is None and time[1] is not None


def _first(time: Opened) -> date:
    return time[0] or date.min


def _last(time: Opened) -> date:
    return time[1] or _UNTIL_NOW


def _meet(time: Opened, known: Opened) -> bool:
    """Tell whether a time meets a known one; a known one without an end ends with the next."""
    if _first(known) < _first(time):
        return known[1] is not None and known[1] >= _first(time)
    return _first(known) <= _last(time)
