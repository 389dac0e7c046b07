"""A report of a past day: what it says of it on every page, and what was annulled since."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from geo.catalogue import Language, label, text
from geo.errors import InputError
from geo.localise import format_date
from geo.model.entity import Kind
from geo.model.vocabulary import Grade
from geo.privacy.release import released_project
from layers.lens import ANNULLED, Lens
from layers.read_only import ShownPlan

if TYPE_CHECKING:
    from datetime import date

    from geo.model.vocabulary import LegalStatus
    from geo.project import Project
    from layers.export.content import TitleBlock
    from layers.moment import Moment
    from layers.seen import FirstSeen


def past_project(
    project: Project, moment: Moment, first_seen: FirstSeen | None, grade: Grade
) -> Project:
    """Return what of a plan may leave at a grade, as it was at a moment: for a single picture.

    Raises:
        InputError: A past day at the public grade.
    """
    if not moment.is_past:
        return released_project(project, grade)
    demand_not_public(grade)
    shown = Lens(moment, first_seen=first_seen).project(project)
    return said_annulled(released_project(shown, grade), shown, moment.on)


def demand_not_public(grade: Grade) -> None:
    """Refuse a past day for the public: days set side by side tell what a closed year does not.

    Raises:
        InputError: The grade is public.
    """
    if grade is Grade.PUBLIC:
        raise InputError("report.error.past_public")


def past_words(moment: Moment, language: Language) -> str:
    """Return of which past day a copy is and with whose eyes, in a few words."""
    return text(f"report.past.{moment.mode.value}", language, day=format_date(moment.on, language))


def as_of_details(moment: Moment) -> dict[str, str]:
    """Return what the audit row of a copy says of the day that it shows."""
    return {"as_of": moment.on.isoformat(), "as": moment.mode.value} if moment.is_past else {}


def said_annulled(released: Project, shown: Project, day: date) -> Project:
    """Return released rows with the word of which status was annulled since.

    Only rows whose status leaves at all have it; it takes away from what is said, and adds nothing.
    """
    sites = shown.table(Kind.SITE)
    flags = sites.columns.get(ANNULLED)
    if flags is None:
        return released
    leaves = released.table(Kind.SITE)
    places = [sites.index[i] for i in leaves.ids]
    columns = leaves.columns | {ANNULLED: np.asarray(flags[places], dtype=bool)}
    return ShownPlan(released, {Kind.SITE: replace(leaves, columns=columns)}, day)


def of_moment(title: TitleBlock, moment: Moment, language: Language) -> TitleBlock:
    """Return the head of a report with the day that it shows: on the cover and on every page."""
    said = past_words(moment, language)
    return replace(title, subtitle=f"{title.subtitle} · {said}", banner=f"{title.banner} · {said}")


def past_notes(moment: Moment, language: Language) -> tuple[str, ...]:
    """Return what belongs under a map of a past day."""
    if not moment.is_past:
        return ()
    return (text(f"report.past.note.{moment.mode.value}", language),)


def status_word(status: LegalStatus, language: Language, *, annulled: bool) -> str:
    """Return a status in words; one whose decision was annulled since says so."""
    words = label(status, language)
    return f"{words} · {text('time.annulled', language)}" if annulled else words
