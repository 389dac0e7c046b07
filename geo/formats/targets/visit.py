"""What a form says of a visit: when it was, how many people were found, which indicators were seen.

A form of KoboToolbox fills a site (its register of sites) or a visit to a known one. Its columns
begin with an underscore here: the edit makes an inspection and its checks of them.

A box of a multiple choice that was ticked is yes. One that was not ticked says nothing: nobody can
tell what was looked for and not found from what was never looked for, and an "unknown" that is
newer than a "yes" would hide it. A "no" is only what the form itself calls so.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geo.formats.targets.visit_of_duty import within
from geo.formats.values.dates import parse_moment
from geo.formats.values.numbers import parse_people
from geo.formats.values.problem import ValueProblemError
from geo.formats.values.words import meaning
from geo.formats.work import Work, as_text, key_of
from geo.masking import mask
from geo.model.vocabulary import Answer, Indicator

if TYPE_CHECKING:
    from datetime import date

    from geo.formats.raw import Cell
    from geo.model.codec import Scalar

_NOT_TICKED = frozenset(("0", "0.0", "false"))
_CHOICE = re.compile(r"[\s;,|]+")
_NO_INDICATOR = frozenset(("none", "other", "unknown", "no", "n/a", "-"))


def visits(work: Work, visited: list[date | None]) -> dict[str, list[Scalar]]:
    """Return the columns of the visits, ``_is_visit`` 1 where the row speaks of one at all.

    Args:
        work: The check.
        visited: Days of the visits, for rows that say no time of day.
    """
    order, base = work.mapping.date_order, work.raw.date1904
    moments = work.parsed(
        "inspected_at", lambda c: parse_moment(c, order=order, date1904=base), None
    )
    for i, moment in enumerate(moments):
        if moment is not None and moment.date() > work.existing.today:
            day = moment.date()
            work.fail(i, "inspected_at", "import.reason.future", value=day, ask=True)
    nobody: tuple[int | None, int | None] = (None, None)
    people = within(work, work.parsed("people", parse_people, nobody))
    references = _references(work)
    seen = _indicators(work)
    found = [mask(t) for t in work.texts("findings")]
    is_visit = [
        int(bool(moments[i] or references[i] or seen[i] or found[i] or people[i] != nobody))
        for i in range(work.n)
    ]
    starts = [
        moment.isoformat() if moment else (f"{day.isoformat()}T00:00:00+07:00" if day else None)
        for moment, day in zip(moments, visited, strict=True)
    ]
    return {
        "_inspected_at": list(starts),
        "_people_min": [least for least, _ in people],
        "_people_max": [most for _, most in people],
        "_reference": list(references),
        "_findings": list(found),
        "_indicators": list(seen),
        "_is_visit": list(is_visit),
    }


def _references(work: Work) -> list[str]:
    """Return the forms' numbers; the same form twice, here or in the plan, waits."""
    references = work.texts("submission")
    first: dict[str, int] = {}
    for i, reference in enumerate(references):
        key = key_of(reference)
        if not key:
            continue
        if key in first:
            row = str(work.raw.numbers[first[key]])
            work.fail(
                i, "submission", "import.reason.submitted_again", ask=True, params={"row": row}
            )
        elif key in work.existing.form_references:
            work.fail(i, "submission", "import.reason.form_in_plan", ask=True)
        first.setdefault(key, i)
    return references


def _indicators(work: Work) -> list[str]:
    """Return the answers of each row as ``indicator=answer`` with spaces between."""
    asked = [indicator for indicator in Indicator if work.has(indicator.value)]
    if not asked and not work.has("indicators"):
        return [""] * work.n
    answers: list[dict[str, str]] = [{} for _ in range(work.n)]
    none: frozenset[str] = frozenset()
    words = work.mapping.words.get("indicators", {})
    if work.has("indicators"):
        for found, ticked in zip(
            answers, work.parsed("indicators", lambda c: _choices(c, words), none), strict=True
        ):
            found.update(dict.fromkeys(ticked, Answer.YES.value))
    for indicator in asked:
        for found, answer in zip(
            answers, work.parsed(indicator.value, _answer, Answer.UNKNOWN), strict=True
        ):
            if answer is not Answer.UNKNOWN:
                found[indicator.value] = answer.value
    return [
        " ".join(f"{name}={answer}" for name, answer in sorted(found.items())) for found in answers
    ]


def _choices(cell: Cell, words: object) -> frozenset[str]:
    """Return the indicators that a multiple choice in one text names."""
    known = words if isinstance(words, dict) else {}
    text = as_text(cell)
    whole = _indicator(text, known)
    if whole:
        return frozenset((whole,))
    found = set()
    # Labels hold spaces, the names of choices none.
    pieces = re.split(r"\s*[;,|]\s*", text) if re.search(r"[;,|]", text) else _CHOICE.split(text)
    for piece in pieces:
        if not piece or piece.casefold() in _NO_INDICATOR:
            continue
        member = _indicator(piece, known)
        if not member:
            raise ValueProblemError("import.reason.unknown_word", ask=True)
        found.add(member)
    return frozenset(found)


def _indicator(text: str, answers: dict[str, str]) -> str:
    if text in answers:
        return answers[text]
    found = meaning(Indicator, text)
    return found.value if found else ""


def _answer(cell: Cell) -> Answer:
    if isinstance(cell, bool):
        return Answer.YES if cell else Answer.UNKNOWN
    text = as_text(cell)
    if text.casefold() in _NOT_TICKED:
        return Answer.UNKNOWN
    found = meaning(Answer, text)
    if found is None:
        raise ValueProblemError("import.reason.unknown_word", ask=True)
    return found
