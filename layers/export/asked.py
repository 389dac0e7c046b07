"""Rows that answer a question, as they may leave: at a grade that may know why they were chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.errors import InputError
from geo.model.entity import Kind
from geo.privacy.grades import ROW_RULES, rule
from geo.question.form import About, Near, Place
from layers.export.rows import demand_grade, rows_copy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.analysis.asking.answers import Answers
    from geo.catalogue import Language
    from geo.model.vocabulary import Grade
    from geo.project import Project
    from geo.question.form import Condition, Question
    from layers.export.rows import RowsCopy

Needs = tuple[tuple[Kind, str], ...]

_LINKED: Final = ((Kind.ALLEGATION, "site_id"), (Kind.ALLEGATION, "status"))
_GRADE: Final = ((Kind.ALLEGATION, "reliability"), (Kind.ALLEGATION, "credibility"))
_SEEN: Final = ((Kind.SITE, "visited_on"), (Kind.INSPECTION, "inspected_at"))
_NEEDS: Final[dict[tuple[About, str], Needs]] = {
    (About.SITES, "grade"): (*_LINKED, *_GRADE),
    (About.SITES, "visited"): _SEEN,
    (About.SITES, "licensed"): ((Kind.LICENCE, "site_id"),),
    (About.SITES, "allegations"): _LINKED,
    (About.SITES, "alleged"): (*_LINKED, (Kind.ALLEGATION, "kinds")),
    (About.SITES, "held_now"): (*_LINKED, (Kind.ALLEGATION, "held_now")),
    (About.ALLEGATIONS, "grade"): _GRADE,
    (About.ALLEGATIONS, "visited"): ((Kind.ALLEGATION, "site_id"), *_SEEN),
    (About.ALLEGATIONS, "people"): (
        (Kind.ALLEGATION, "people_min"),
        (Kind.ALLEGATION, "people_max"),
    ),
    (About.ALLEGATIONS, "linked"): ((Kind.ALLEGATION, "site_id"),),
    (About.CROSSINGS, "open"): ((Kind.CROSSING, "open_intervals"),),
}
"""What a condition rests on, where it is not the field of its own name."""
_PLACES: Final[dict[Place, Needs]] = {
    Place.CROSSING: ((Kind.CROSSING, "lon"),),
    Place.SITE: ((Kind.SITE, "lon"),),
    Place.ZONE: ((Kind.ZONE, "geom"),),
}


def needs(about: About, condition: Condition) -> Needs:
    """Return the fields that a condition rests on."""
    if isinstance(condition, Near):
        own = ((about.kind, "lon"), (about.kind, "admin_code"))
        return (*own, *_PLACES.get(condition.near, ()))
    return _NEEDS.get((about, condition.field), ((about.kind, condition.field),))


def demand_question(question: Question, grade: Grade) -> None:
    """Refuse a question whose answers would tell what may not leave at a grade.

    That a row was chosen says what it was chosen by, whichever of its columns leave.

    Raises:
        InputError: No rows leave at this grade, or a condition rests on a field that does not.
    """
    demand_grade(question.about.kind, grade)
    for condition in question.conditions:
        wanted = needs(question.about, condition)
        if not all(rule(kind, name, grade) in ROW_RULES for kind, name in wanted):
            raise InputError("export.error.question", grade=grade, field=condition.field)


def answers_copy(
    project: Project,
    answers: Answers,
    grade: Grade,
    language: Language,
    *,
    keys: Sequence[str] | None = None,
) -> RowsCopy:
    """Return the rows that answer a question as they may leave at a grade.

    Only those that certainly answer: what may answer, or cannot be judged, is no finding.

    Raises:
        InputError: The question may not leave at this grade, or nothing of these rows may.
    """
    demand_question(answers.question, grade)
    kind = answers.question.about.kind
    return rows_copy(project, kind, grade, language, keys=keys, ids=answers.found)
