"""A question as JSON, both ways; what is not understood is refused by its name."""

from __future__ import annotations

import json
import math
from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from geo.errors import InputError
from geo.model.vocabulary import Credibility, Neighbour, Reliability
from geo.question.fields import FIELDS
from geo.question.form import (
    MOST_CONDITIONS,
    MOST_DAYS,
    MOST_METRES,
    VERSION,
    About,
    AtLeast,
    Condition,
    GradeAtLeast,
    Lately,
    Near,
    OneOf,
    Period,
    Place,
    Question,
    Unseen,
)

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_CHARACTERS: Final = 100_000
_OF_FORM: Final = {"version", "about", "any_of"}
_TELLING: Final[dict[type[Condition], str]] = {
    OneOf: "values",
    AtLeast: "value",
    GradeAtLeast: "least",
    Lately: "days",
    Unseen: "days",
    Near: "near",
}
"""The key by which a condition of each shape is known; a period has ``since`` or ``until``."""


def to_json(question: Question) -> str:
    """Return a question as JSON text; the same question is always the same text."""
    form = {
        "version": VERSION,
        "about": question.about.value,
        "any_of": [[_plain(condition) for condition in group] for group in question.any_of],
    }
    return json.dumps(form, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Question:
    """Return the question that JSON text stands for.

    Raises:
        InputError: It is no JSON, of a later version, or holds a field, a value or a number that is
            not understood; which one is said.
    """
    if len(text) > MOST_CHARACTERS:
        raise InputError("error.ask.too_long")
    try:
        form = json.loads(text)
    except (ValueError, RecursionError):
        raise InputError("error.ask.no_json") from None
    if not isinstance(form, dict):
        raise InputError("error.ask.no_json")
    version = form.get("version")
    if version != VERSION or isinstance(version, bool):
        raise InputError("error.ask.version", version=_shown(version), known=VERSION)
    _only(form, _OF_FORM)
    try:
        about = About(str(form.get("about")))
    except ValueError:
        raise _bad("about", form.get("about")) from None
    groups = form.get("any_of")
    if not isinstance(groups, list) or not all(isinstance(g, list) for g in groups):
        raise _bad("any_of", groups)
    return checked(
        Question(about=about, any_of=tuple(tuple(_condition(c, about) for c in g) for g in groups))
    )


def checked(question: Question) -> Question:
    """Return a question that can be asked.

    Raises:
        InputError: It holds no condition or too many, or one that cannot be asked of these rows.
    """
    if not question.any_of or not all(question.any_of):
        raise InputError("error.ask.empty")
    if len(question.conditions) > MOST_CONDITIONS:
        raise InputError("error.ask.too_many", most=MOST_CONDITIONS)
    for condition in question.conditions:
        _check(condition, question.about)
    return question


def _check(condition: Condition, about: About) -> None:
    field = FIELDS[about].get(condition.field)
    if field is None or not isinstance(condition, field.shape):
        raise InputError("error.ask.field", field=_shown(condition.field), about=about.value)
    if isinstance(condition, OneOf):
        known = {member.value for member in field.words} if field.words is not None else set()
        wrong = [v for v in condition.values if v not in known]
        if wrong or not condition.values:
            raise _bad(condition.field, wrong[0] if wrong else None)
    elif isinstance(condition, AtLeast):
        _demand(condition.field, condition.value, 1, math.inf)
    elif isinstance(condition, GradeAtLeast):
        grade_of(condition.least)
    elif isinstance(condition, Period):
        ends = condition.since, condition.until
        if ends == (None, None) or (all(ends) and ends[0] > ends[1]):  # type: ignore[operator]
            raise _bad(condition.field, " – ".join(str(end or "") for end in ends))
    elif isinstance(condition, Near):
        _check_near(condition)
    else:
        _demand("days", condition.days, 1, MOST_DAYS)


def _check_near(condition: Near) -> None:
    inside = condition.near in {Place.ZONE, Place.UNIT}
    _demand("metres", condition.metres, 0.0 if inside else 1.0, MOST_METRES)
    if condition.near in {Place.SITE, Place.UNIT} and not condition.which:
        raise _bad("which", None)
    known = {"", *(n.value for n in Neighbour)}
    if condition.near is Place.BORDER and condition.which not in known:
        raise _bad("which", condition.which)


def grade_of(text: str) -> tuple[Reliability, Credibility]:
    """Return both fields of a grade that can be demanded, ``A1`` to ``E5``.

    Raises:
        InputError: It is none, or F or 6, which are neutral and no less than any other.
    """
    try:
        reliability, credibility = Reliability(text[:1]), Credibility(text[1:])
    except ValueError:
        raise _bad("least", text) from None
    if reliability is Reliability.F or credibility is Credibility.SIX:
        raise _bad("least", text)
    return reliability, credibility


def _demand(name: str, value: float, least: float, most: float) -> None:
    if not least <= value <= most:
        raise _bad(name, value)


def _plain(condition: Condition) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for item in fields(condition):
        value = getattr(condition, item.name)
        if item.name == "negated":
            if value:
                found["not"] = True
        elif isinstance(value, date):
            found[item.name] = value.isoformat()
        elif isinstance(value, tuple):
            found[item.name] = list(value)
        elif value is not None:
            found[item.name] = value
    return found


def _condition(form: object, about: About) -> Condition:
    if not isinstance(form, dict):
        raise _bad("any_of", form)
    key = form.get("field")
    field = FIELDS[about].get(key) if isinstance(key, str) else None
    if field is None:
        raise InputError("error.ask.field", field=_shown(key), about=about.value)
    shape = next((s for s in field.shape if _TELLING.get(s, "") in form), field.shape[-1])
    known = {item.name for item in fields(shape)} - {"negated"}
    _only(form, known | {"not"})
    values: dict[str, Any] = {
        name: _READ[name](name, value) for name, value in form.items() if name != "not"
    }
    values["negated"] = _flag("not", form.get("not", False))
    try:
        return shape(**values)
    except TypeError:
        raise InputError("error.ask.incomplete", field=key) from None


def _only(form: dict[str, Any], known: set[str]) -> None:
    for name in form:
        if name not in known:
            raise InputError("error.ask.unknown", name=_shown(name), known=", ".join(sorted(known)))


def _text(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise _bad(name, value)
    return value


def _flag(name: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise _bad(name, value)
    return value


def _whole(name: str, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise _bad(name, value)
    return value


def _number(name: str, value: object) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
        raise _bad(name, value)
    return float(value)


def _texts(name: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise _bad(name, value)
    return tuple(_text(name, each) for each in value)


def _day(name: str, value: object) -> date:
    try:
        return date.fromisoformat(_text(name, value))
    except ValueError:
        raise _bad(name, value) from None


def _place(name: str, value: object) -> Place:
    try:
        return Place(_text(name, value))
    except ValueError:
        raise _bad(name, value) from None


_READ: Final[dict[str, Callable[[str, object], Any]]] = {
    "field": _text,
    "values": _texts,
    "value": _whole,
    "least": _text,
    "since": _day,
    "until": _day,
    "days": _whole,
    "unrecorded": _flag,
    "near": _place,
    "which": _text,
    "metres": _number,
}


def _bad(name: str, value: object) -> InputError:
    return InputError("error.ask.value", name=name, value=_shown(value))


def _shown(value: object) -> str:
    return str(value)[:60] if value is not None else "–"
