"""Allegations. Telephone and passport numbers are masked in free text.

Nobody's name is ever a field.
"""

from __future__ import annotations

import json
import re
from datetime import date, time
from typing import TYPE_CHECKING

from geo.formats.places import LEVELS, Where, located
from geo.formats.text import digits, visible
from geo.formats.values.dates import NEVER_WORDS
from geo.formats.values.numbers import parse_count, parse_people
from geo.formats.values.problem import ValueProblemError
from geo.formats.values.words import meaning
from geo.formats.work import Work, as_text, key_of
from geo.masking import mask
from geo.model.vocabulary import (
    AllegationKind,
    AllegationStatus,
    Answer,
    Channel,
    Credibility,
    Precision,
    Reliability,
)

if TYPE_CHECKING:
    from collections.abc import Mapping as Dict

    from geo.formats.raw import Cell
    from geo.model.codec import Scalar

_LIST = re.compile(r"\s*[;+&/\n]\s*|\s*,\s*")
_GRADE = re.compile(r"([A-Fa-f])\s*-?\s*([1-6])$")
_NATIONALITY = re.compile(r"([A-Za-z]{2})\s*[:=]\s*(\d+)$")
_ORDER = (
    Precision.POINT,
    Precision.VILLAGE,
    Precision.COMMUNE,
    Precision.DISTRICT,
    Precision.UNKNOWN,
)
_LENGTHS = {Precision.VILLAGE: 8, Precision.COMMUNE: 6, Precision.DISTRICT: 4}


def build(work: Work) -> dict[str, list[Scalar]]:
    """Return the columns of all rows as `codec.columns_of(Kind.ALLEGATION)` wants them.

    Besides the table's columns it gives ``_source`` (pseudonym) and ``_duplicate_of`` (reference),
    which the
    edit turns into ids.
    """
    references = work.texts("reference")
    received, occurred = _dates(work)
    _repeated(work, references, received)
    where = located(work)
    _no_finer_than_said(work, where)
    least, most = _people(work)
    reliability, credibility = _grades(work)
    site_codes = work.texts("site_code")
    site_ids = [work.existing.site_ids.get(key_of(c), "") if c else "" for c in site_codes]
    place_texts = work.texts("place_text")
    for i in range(work.n):
        known = where.lon[i] is not None or where.admin_code[i] or site_ids[i]
        if not (known or work.problems[i]):
            work.fail(i, "place_text", "import.reason.no_place", value=place_texts[i], ask=True)
    answers = work.mapping.words.get("kinds", {})
    none: tuple[AllegationKind, ...] = ()
    kinds = work.parsed("kinds", lambda c: _kinds(c, answers), none)
    return {
        "reference": list(references),
        "received_on": [None if d is None else d.isoformat() for d in received],
        "received_at": [
            None if t is None else t.isoformat() for t in work.parsed("received_at", _time, None)
        ],
        "occurred_on": [None if d is None else d.isoformat() for d in occurred],
        "channel": [c.value for c in work.words("channel", Channel, Channel.UNKNOWN)],
        "kinds": [json.dumps([k.value for k in row]) for row in kinds],
        "people_min": list(least),
        "people_max": list(most),
        "nationalities": list(work.parsed("nationalities", _nationalities, "[]")),
        "held_now": [a.value for a in work.words("held_now", Answer, Answer.UNKNOWN)],
        "lon": list(where.lon),
        "lat": list(where.lat),
        "precision": [p.value for p in where.precision],
        "accuracy_m": list(where.accuracy_m),
        "admin_code": list(where.admin_code),
        "place_text": [mask(t) for t in place_texts],
        "site_id": list(site_ids),
        "reliability": [r.value for r in reliability],
        "credibility": [c.value for c in credibility],
        "status": [
            s.value for s in work.words("status", AllegationStatus, AllegationStatus.RECEIVED)
        ],
        "text": [mask(t) for t in work.texts("text")],
        "_source": [mask(s) for s in work.texts("source")],
        "_duplicate_of": list(work.texts("duplicate_of")),
    }


def _dates(work: Work) -> tuple[list[date | None], list[date | None]]:
    received, occurred = work.dates("received_on"), work.dates("occurred_on")
    given = work.cells("received_on") if work.has("received_on") else [None] * work.n
    for i, (came, happened) in enumerate(zip(received, occurred, strict=True)):
        failed = any(p.field == "received_on" for p in work.problems[i])
        if came is None and not failed:
            work.fail(i, "received_on", "import.reason.no_date", value=given[i], ask=True)
        elif came is not None and came > work.existing.today:
            work.fail(i, "received_on", "import.reason.future", value=given[i], ask=True)
        elif came is not None and happened is not None and happened > came:
            work.fail(i, "occurred_on", "import.reason.after_receipt", value=happened, ask=True)
    return received, occurred


def _repeated(work: Work, references: list[str], received: list[date | None]) -> None:
    """Make a reference that comes twice wait.

    Offices count anew each month, so sheet and day belong to it.
    """
    first: dict[tuple[str, str, date | None], int] = {}
    for i, (reference, day) in enumerate(zip(references, received, strict=True)):
        if not reference:
            continue
        key = (key_of(reference), work.raw.sheets[i], day)
        if key in first:
            row = str(work.raw.numbers[first[key]])
            work.fail(
                i,
                "reference",
                "import.reason.same_code",
                value=reference,
                ask=True,
                params={"row": row},
            )
        elif f"{key_of(reference)}|{day or ''}" in work.existing.keys:
            work.fail(i, "reference", "import.reason.in_plan", value=reference, ask=True)
        first.setdefault(key, i)


def _no_finer_than_said(work: Work, where: Where) -> None:
    """Drop points where the file says that the place is known by its commune: they are centres."""
    if not work.has("precision"):
        return
    for i, said in enumerate(work.words("precision", Precision, Precision.UNKNOWN)):
        if said is Precision.UNKNOWN or _ORDER.index(said) <= _ORDER.index(where.precision[i]):
            continue
        where.lon[i] = where.lat[i] = None
        where.accuracy_m[i] = None
        where.admin_code[i] = where.admin_code[i][: _LENGTHS[said]]
        # The unit that was found may be larger than the one that the file speaks of.
        where.precision[i] = LEVELS.get(len(where.admin_code[i]), Precision.UNKNOWN)


def _people(work: Work) -> tuple[list[int | None], list[int | None]]:
    if work.has("people"):
        unknown: tuple[int | None, int | None] = (None, None)
        pairs = work.parsed("people", parse_people, unknown)
        return [p[0] for p in pairs], [p[1] for p in pairs]
    least = work.parsed("people_min", parse_count, None)
    most = work.parsed("people_max", parse_count, None)
    for i, (low, high) in enumerate(zip(least, most, strict=True)):
        if low is not None and high is not None and low > high:
            work.fail(i, "people_max", "import.reason.not_a_count", value=high, ask=True)
    return least, most


def _grades(work: Work) -> tuple[list[Reliability], list[Credibility]]:
    if work.has("grade"):
        pairs = work.parsed("grade", _grade, (Reliability.F, Credibility.SIX))
        return [p[0] for p in pairs], [p[1] for p in pairs]
    return (
        work.parsed("reliability", _reliability, Reliability.F),
        work.parsed("credibility", _credibility, Credibility.SIX),
    )


def _grade(cell: Cell) -> tuple[Reliability, Credibility]:
    found = _GRADE.match(digits(visible(as_text(cell))))
    if found is None:
        raise ValueProblemError("import.reason.no_such_grade")
    return Reliability(found[1].upper()), Credibility(found[2])


def _reliability(cell: Cell) -> Reliability:
    text = visible(as_text(cell)).upper()
    if text.casefold() in NEVER_WORDS:
        return Reliability.F
    try:
        return Reliability(text)
    except ValueError:
        raise ValueProblemError("import.reason.no_such_grade") from None


def _credibility(cell: Cell) -> Credibility:
    text = digits(visible(as_text(cell)))
    if text.casefold() in NEVER_WORDS:
        return Credibility.SIX
    try:
        return Credibility(text)
    except ValueError:
        raise ValueProblemError("import.reason.no_such_grade") from None


def _kinds(cell: Cell, answers: Dict[str, str]) -> tuple[AllegationKind, ...]:
    """Return the kinds of a cell: one, or several with a separator between.

    Words that run on are asked.
    """
    text = visible(as_text(cell))
    if text.casefold() in NEVER_WORDS:
        return ()
    found = []
    for part in [p for p in _LIST.split(text) if p]:
        kind = AllegationKind(answers[part]) if part in answers else meaning(AllegationKind, part)
        if kind is None:
            raise ValueProblemError("import.reason.unknown_word", ask=True)
        found.append(kind)
    return tuple(dict.fromkeys(found))


def _nationalities(cell: Cell) -> str:
    counts = []
    for part in [p for p in _LIST.split(digits(visible(as_text(cell)))) if p]:
        found = _NATIONALITY.match(part)
        if found is None:
            raise ValueProblemError("import.reason.not_nationalities", ask=True)
        counts.append({"country": found[1].upper(), "count": int(found[2])})
    return json.dumps(counts, separators=(",", ":"))


def _time(cell: Cell) -> time | None:
    text = digits(visible(as_text(cell)))
    try:
        return time.fromisoformat(text.zfill(5))
    except ValueError:
        raise ValueProblemError("import.reason.not_a_time", ask=True) from None
