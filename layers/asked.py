"""A question and its answers in words, in whatever language they are read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from geo.gazetteer import Gazetteer
from geo.model.command import Zone
from geo.model.place import BorderCrossing
from geo.model.site import Site
from geo.model.vocabulary import Answer, Neighbour
from geo.question.fields import FIELDS, YesNo
from geo.question.form import (
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
from layers.said import Named, Said, Words

if TYPE_CHECKING:
    from enum import StrEnum

    from geo.analysis.asking.answers import Answers
    from geo.edit.reading import PlanRows

KILOMETRE: Final = 1000.0


def said_question(plan: PlanRows, question: Question) -> Words:
    """Return a question as one sentence."""
    groups = [
        _joined("ask.said.and", [said_condition(plan, question.about, c) for c in group])
        for group in question.any_of
    ]
    return Said(
        "ask.said.question",
        {
            "about": Said(f"ask.about.{question.about.value}"),
            "what": _joined("ask.said.or", groups),
        },
    )


def _joined(code: str, parts: list[Words]) -> Words:
    whole = parts[0]
    for part in parts[1:]:
        whole = Said(code, {"first": whole, "then": part})
    return whole


def said_condition(plan: PlanRows, about: About, condition: Condition) -> Words:
    """Return a condition as part of a sentence."""
    if condition.negated and not isinstance(condition, Unseen):
        return Said("ask.said.not", {"what": _said(plan, about, replace(condition, negated=False))})
    return _said(plan, about, condition)


def _said(plan: PlanRows, about: About, condition: Condition) -> Words:
    if isinstance(condition, Near):
        return _near(plan, condition)
    if isinstance(condition, Unseen):
        code = "ask.said.seen" if condition.negated else "ask.said.unseen"
        return Said(code, {"days": condition.days})
    return _of_field(about, condition)


def _of_field(about: About, condition: OneOf | AtLeast | GradeAtLeast | Lately | Period) -> Words:
    field = Said(f"ask.field.{about.value}.{condition.field}")
    if isinstance(condition, OneOf):
        words = FIELDS[about][condition.field].words
        values = tuple(member_of(words, v) for v in condition.values) if words else ()
        return Said("ask.said.one_of", {"field": field, "values": values})
    if isinstance(condition, AtLeast):
        return Said("ask.said.at_least", {"field": field, "value": condition.value})
    if isinstance(condition, GradeAtLeast):
        return Said("ask.said.grade", {"field": field, "least": condition.least})
    if isinstance(condition, Lately):
        return Said("ask.said.lately", {"field": field, "days": condition.days})
    return _period(field, condition)


def member_of(words: type[StrEnum], value: str) -> StrEnum:
    """Return the member of a vocabulary that has a label."""
    return Answer(value) if words is YesNo else words(value)


def _period(field: Words, condition: Period) -> Words:
    since, until = condition.since, condition.until
    if since is not None and until is not None:
        return Said("ask.said.between", {"field": field, "since": since, "until": until})
    if since is not None:
        return Said("ask.said.since", {"field": field, "since": since})
    return Said("ask.said.until", {"field": field, "until": until})


def _near(plan: PlanRows, condition: Near) -> Words:
    what = place_of(plan, condition.near, condition.which)
    if not condition.metres:
        return Said("ask.said.inside", {"what": what})
    if condition.metres < KILOMETRE:
        return Said("ask.said.near_m", {"metres": condition.metres, "what": what})
    return Said("ask.said.near_km", {"km": condition.metres / KILOMETRE, "what": what})


def place_of(plan: PlanRows, near: Place, which: str) -> Words:
    """Return the name of a place in a question; what the plan does not know stands as written."""
    if not which:
        return Said(f"ask.any.{near.value}")
    if near is Place.BORDER:
        return Said("ask.border_with", {"country": Neighbour(which)})
    if near is Place.UNIT:
        unit = Gazetteer.load().unit(which)
        return Named(unit.name_km, unit.name_en) if unit else Named(which)
    name = _row_name(plan, near, which) or Named(which)
    return Said(f"ask.named.{near.value}", {"name": name})


def _row_name(plan: PlanRows, near: Place, which: str) -> Named | None:
    if near is Place.ZONE:
        zone = plan.find(Zone, which)
        return Named(zone.name) if zone else None
    if near is Place.SITE:
        site = plan.find(Site, which)
        return Named(site.name_km, site.name_en or site.code) if site else None
    crossing = plan.find(BorderCrossing, which)
    return Named(crossing.name_km, crossing.name_en) if crossing else None


def said_answers(plan: PlanRows, answers: Answers) -> tuple[Words, ...]:
    """Return what must be said beside the rows: how many, and of how many nobody can tell."""
    said: list[Words] = [
        Said("ask.result.n", {"n": answers.n, "of": answers.asked, "day": answers.on})
    ]
    if answers.perhaps:
        said.append(Said("ask.result.perhaps", {"n": answers.perhaps}))
    if answers.unjudged:
        said.append(Said("ask.result.unjudged", {"n": answers.unjudged}))
        conditions = zip(answers.question.conditions, answers.unjudged_by, strict=True)
        said += [
            Said(
                "ask.result.why",
                {"what": said_condition(plan, answers.question.about, c), "n": n},
            )
            for c, n in conditions
            if n
        ]
    for code, number in (
        ("ask.result.by_area", answers.by_area),
        ("ask.result.repeats", answers.repeats),
    ):
        if number:
            said.append(Said(code, {"n": number}))
    if answers.grades:
        mix = ", ".join(f"{grade} {n}" for grade, n in answers.grades)
        said.append(Said("ask.result.grades", {"mix": mix}))
    if answers.question.about is About.SITES and _asks_allegations(answers.question):
        said.append(Said("ask.result.counting"))
    if answers.approximate:
        said.append(Said("ask.result.approximate"))
    return tuple(said)


def _asks_allegations(question: Question) -> bool:
    fields = {"grade", "allegations", "alleged", "held_now"}
    return any(c.field in fields for c in question.conditions)
