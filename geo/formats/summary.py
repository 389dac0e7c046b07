"""What an import did, as ``--json`` gives it and as a person reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from geo.catalogue import Language, text
from geo.model.entity import Kind

if TYPE_CHECKING:
    from geo.formats.found import Problem
    from geo.formats.rows import Checked


_GUARDED = frozenset(
    ("reference", "duplicate_of", "channel", "place_text", "text", "source", "line")
)


class Reject(TypedDict):
    """A row that was rejected, with its reason in words."""

    row: int
    sheet: str
    field: str
    value: str
    reason: str


class RepairLine(TypedDict):
    """What was mended in a row."""

    row: int
    sheet: str
    what: str


class QuestionLine(TypedDict):
    """A question and the rows that wait for its answer."""

    text: str
    rows: list[int]


class Summary(TypedDict):
    """The object of ``import --json``: rows = imported + rejected + waiting."""

    rows: int
    imported: int
    rejected: int
    waiting: int
    rejects: list[Reject]
    repairs: list[RepairLine]
    questions: list[QuestionLine]


def summary(checked: Checked, language: Language) -> Summary:
    """Return what was imported and what was not, in words of `language`."""
    return {
        "rows": checked.rows,
        "imported": checked.imported,
        "rejected": len(checked.rejected),
        "waiting": len(checked.waiting),
        "rejects": [reject_line(checked, p, language) for p in checked.rejected],
        "repairs": [
            {"row": r.row, "sheet": r.sheet, "what": text(r.code, language, value=r.value)}
            for r in checked.repairs
        ],
        "questions": [
            {
                "text": text(
                    q.code,
                    language,
                    **{**q.params, "field": field_label(checked, q.params, language)},
                ),
                "rows": [row for _, row in q.rows],
            }
            for q in checked.questions
        ],
    }


def reject_line(checked: Checked, problem: Problem, language: Language) -> Reject:
    """Return one row's fault in words."""
    return {
        "row": problem.row,
        "sheet": problem.sheet,
        "field": problem.field,
        "value": shown_value(checked, problem),
        "reason": text(
            problem.code,
            language,
            **{
                **problem.params,
                "field": field_label(checked, {"field": problem.field}, language),
            },
        ),
    }


def shown_value(checked: Checked, problem: Problem) -> str:
    """Return what may leave of a row that was not imported.

    Rejects are of grade *command*, which never shows references, places in words and the text of an
    allegation; row and field say where to look in the file.
    """
    return "" if is_guarded(checked.target, problem.field) else problem.value


def is_guarded(target: Kind, name: str) -> bool:
    """Tell whether the value of a field never leaves as a reject."""
    return target is Kind.ALLEGATION and name in _GUARDED


def field_label(checked: Checked, params: object, language: Language) -> str:
    """Return the name of the field that a problem names."""
    name = str(params.get("field", "")) if isinstance(params, dict) else ""
    return field_words(checked.target, name, language)


def field_words(target: Kind, name: str, language: Language) -> str:
    """Return the name of a field as people read it."""
    try:
        return text(f"field.{target.value}.{name}", language)
    except KeyError:
        return name
