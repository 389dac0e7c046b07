"""What the form of an assignment asks besides: the duty, violations, evidence, people from to."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from geo.formats.values.numbers import parse_people
from geo.formats.values.problem import ValueProblemError
from geo.formats.values.words import meaning
from geo.formats.work import Work, as_text, key_of
from geo.masking import mask
from geo.model.vocabulary import Violation

if TYPE_CHECKING:
    from geo.formats.raw import Cell
    from geo.model.codec import Scalar

People = tuple[int | None, int | None]

_TICKED = frozenset(("1", "1.0", "true", "yes"))
_NOTHING = frozenset(("none", "no", "n/a", "-", "0"))


def of_duty(work: Work) -> dict[str, list[Scalar]]:
    """Return the columns of the duty, the violations and the evidence of each row."""
    return {
        "_assignment_id": list(_duties(work)),
        "_violations": [json.dumps(found) for found in _violations(work)],
        "_evidence": [mask(t) for t in work.texts("evidence")],
    }


def within(work: Work, people: list[People]) -> list[People]:
    """Return the numbers of people, both ends from columns of their own if there are any."""
    if not (work.has("people_min") or work.has("people_max")):
        return people
    nobody: People = (None, None)
    least = [low for low, _ in work.parsed("people_min", parse_people, nobody)]
    most = [high for _, high in work.parsed("people_max", parse_people, nobody)]
    found: list[People] = []
    for i, (low, high) in enumerate(zip(least, most, strict=True)):
        if low is not None and high is not None and low > high:
            value = f"{low} – {high}"
            work.fail(i, "people_min", "import.reason.people_backwards", value=value, ask=True)
        found.append(people[i] if (low, high) == nobody else (low, high))
    return found


def _duties(work: Work) -> list[str]:
    """Return the id of each row's assignment; one that the plan does not hold waits."""
    found = []
    for i, name in enumerate(work.texts("assignment")):
        duty = work.existing.duty_ids.get(key_of(name), "") if name else ""
        if name and not duty:
            work.fail(i, "assignment", "import.reason.unknown_duty", value=name, ask=True)
        found.append(duty)
    return found


def _violations(work: Work) -> list[list[str]]:
    boxes = _boxes(work)
    if boxes:
        ticked: list[set[str]] = [set() for _ in range(work.n)]
        for column, violation in boxes.items():
            for i, cell in enumerate(work.raw.column(column)):
                if as_text(cell).casefold() in _TICKED:
                    ticked[i].add(violation)
    else:
        none: frozenset[str] = frozenset()
        answers = work.mapping.words.get("violations", {})
        ticked = [
            set(found) for found in work.parsed("violations", lambda c: _choices(c, answers), none)
        ]
    return [[v.value for v in Violation if v.value in found] for found in ticked]


def _boxes(work: Work) -> dict[str, str]:
    """Return column → violation where each choice has a column of its own, and no column has all.

    KoboToolbox leaves to who exports in which way a multiple choice is written.
    """
    column = work.mapping.columns.get("violations", "")
    group, _, last = column.rpartition("/")
    if not group or meaning(Violation, last) is None:
        return {}
    found = {}
    for name in work.raw.columns:
        above, _, choice = name.rpartition("/")
        violation = meaning(Violation, choice)
        if above == group and violation is not None:
            found[name] = violation.value
    return found


def _choices(cell: Cell, answers: object) -> frozenset[str]:
    """Return the violations that a multiple choice in one text names."""
    known = answers if isinstance(answers, dict) else {}

    def named(word: str) -> str:
        if word in known:
            return str(known[word])
        member = meaning(Violation, word)
        return member.value if member is not None else ""

    text = as_text(cell)
    if text.casefold() in _NOTHING:
        return frozenset()
    if whole := named(text):
        return frozenset((whole,))
    # Labels hold spaces, the names of choices none.
    pieces = re.split(r"\s*[;|\n]\s*|,\s+", text) if re.search(r"[;,|\n]", text) else text.split()
    found = [named(piece) for piece in pieces if piece]
    if "" in found:
        raise ValueProblemError("import.reason.unknown_word", ask=True)
    return frozenset(found)
