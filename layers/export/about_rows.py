"""What is said above rows that leave: grade, day, plan, and what is missing."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from geo.catalogue import Language, label, text
from geo.localise import format_date, format_number
from geo.model.entity import Kind
from geo.model.vocabulary import Grade
from geo.privacy.release import release

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.project import Project


def local_now() -> datetime:
    """Return the time of this machine's clock, local and naive as the plan's own times are."""
    return datetime.now(UTC).astimezone().replace(tzinfo=None)


def about_rows(
    project: Project,
    kind: Kind,
    grade: Grade,
    language: Language,
    withheld: Mapping[str, int],
    left_out: Sequence[str],
) -> tuple[list[str], dict[str, Any]]:
    """Return the lines that stand above the rows, and the same for a program to read."""
    plan = next(release(project, Kind.PLAN, grade).rows(), {})
    now = local_now()
    lines = [
        text("export.about.grade", language, grade=label(grade, language)),
        text("export.about.day", language, day=format_date(now.date(), language)),
    ]
    about: dict[str, Any] = {"grade": grade.value, "day": now.date().isoformat()}
    name = plan.get("name") or plan.get("office_km" if language == "km" else "office_en")
    if name:
        lines.append(text("export.about.plan", language, plan=name))
        about["plan"] = name
    about["fictional"] = bool(plan.get("fictional"))
    if about["fictional"]:
        lines.append(text("report.fictional", language))
    if kind in {Kind.SITE, Kind.ALLEGATION}:
        lines.append(text("report.not_a_verdict", language))
    said = _said_of_withheld(grade, language, withheld, left_out)
    about["withheld"] = said
    return lines + said, about


def _said_of_withheld(
    grade: Grade, language: Language, withheld: Mapping[str, int], left_out: Sequence[str]
) -> list[str]:
    """Say what is missing; how many rows only to the command: a number tells as much as a row."""
    lines = []
    missing = sum(withheld.values())
    if grade is not Grade.COMMAND:
        lines.append(text("export.about.rows_withheld", language))
    elif missing:
        n = format_number(missing, language)
        lines.append(text("export.about.n_withheld", language, n=n))
    if left_out:
        names = ", ".join(text(code, language) for code in left_out if code)
        lines.append(text("export.about.left_out", language, names=names))
    return lines
