"""How one row of a list looks: two lines, a symbol, a word at the right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.model.allegation import at_least
from geo.model.entity import Kind
from geo.model.vocabulary import (
    Activity,
    AllegationStatus,
    Answer,
    CrossingClass,
    LegalStatus,
    Neighbour,
    Precision,
    SiteKind,
)
from gui import facts, i18n
from gui.i18n import tr
from gui.models.columns import open_word
from layers import style
from layers.lens import ANNULLED
from layers.style import SymbolSpec

HOURS_ALONE = 72
"""Beyond them a person counts in days."""

if TYPE_CHECKING:
    from geo.edit.reading import PlanRows
    from geo.model.table import Table


@dataclass(frozen=True, slots=True)
class Face:
    """One row of a list.

    Attributes:
        title: First line.
        subtitle: Second line.
        right: A few words at the right of the first line.
        symbol: The same symbol as on the map.
        held: People are said to be held now: the words at the right say for how long.
    """

    title: str
    subtitle: str
    right: str = ""
    symbol: SymbolSpec | None = None
    held: bool = False


def face_of(plan: PlanRows, table: Table, position: int) -> Face:
    """Return the face of a row of sites, allegations or crossings."""
    if table.kind is Kind.SITE:
        return _site(table, position)
    if table.kind is Kind.ALLEGATION:
        return _allegation(plan, table, position)
    return _crossing(plan, table, position)


def site_title(table: Table, position: int) -> str:
    """Return what a site is called in the window's language."""
    return i18n.name_of(
        table["name_km"][position],
        table["name_en"][position],
        table["name_zh"][position] or table["code"][position] or "–",
    )


def _site(table: Table, position: int) -> Face:
    status = LegalStatus(table["legal_status"][position])
    activity = Activity(table["activity"][position])
    words = [i18n.label(SiteKind(table["kind"][position])), i18n.label(status)]
    if activity is not Activity.OPERATING:
        words.append(i18n.label(activity))
    flags = table.columns.get(ANNULLED)
    annulled = flags is not None and bool(flags[position])
    if annulled:
        words.append(tr("time.annulled"))
    return Face(
        site_title(table, position),
        " · ".join(words),
        str(table["code"][position] or ""),
        style.site_symbol(status, activity, annulled=annulled),
    )


def allegation_title(table: Table, position: int) -> str:
    """Return what an allegation is about."""
    kinds = [i18n.label(k) for k in facts.kinds_of(table["kinds"][position])]
    return ", ".join(kinds) or tr("panel.allegation.no_kind")


def _allegation(plan: PlanRows, table: Table, position: int) -> Face:
    from geo.model.allegation import Allegation

    allegation = plan.get(Allegation, str(table.ids[position]))
    held = allegation.held_now is Answer.YES
    grade = facts.grade_of(table["reliability"][position], table["credibility"][position])
    words = [i18n.label(AllegationStatus(table["status"][position]))]
    if held:
        words.insert(0, grade)
    place = str(table["place_text"][position] or "")
    words.append(place or i18n.label(Precision(table["precision"][position])))
    good = at_least(allegation.reliability, allegation.credibility)
    return Face(
        allegation_title(table, position),
        " · ".join(words),
        short_waiting(table, position) if held else grade,
        style.allegation_symbol(good, held_now=held),
        held=held,
    )


def short_waiting(table: Table, position: int) -> str:
    """Return how long people have been held since the allegation came in, in two words."""
    hours = facts.hours_since(
        table["received_on"][position], table["received_at"][position], facts.local_now()
    )
    if hours is None:
        return tr("panel.held.unknown")
    hours = max(hours, 0)
    if hours > HOURS_ALONE:
        return tr("panel.held.short_days", n=i18n.number(hours // 24))
    return tr("panel.held.short_hours", n=i18n.number(hours))


def waiting_word(table: Table, position: int) -> str:
    """Return how long people have been held since the allegation came in."""
    hours = facts.hours_since(
        table["received_on"][position], table["received_at"][position], facts.local_now()
    )
    if hours is None:
        return tr("panel.held.unknown")
    hours = max(hours, 0)
    words = tr("panel.held.hours", n=i18n.number(hours))
    if hours > HOURS_ALONE:
        words = tr("panel.held.days", days=i18n.number(hours // 24), hours=i18n.number(hours))
    return words


def _crossing(plan: PlanRows, table: Table, position: int) -> Face:
    from geo.model.place import BorderCrossing

    crossing = plan.get(BorderCrossing, str(table.ids[position]))
    is_open = crossing.open_on(facts.day_of(plan))
    return Face(
        i18n.name_of(crossing.name_km, crossing.name_en),
        f"{i18n.label(CrossingClass(crossing.crossing_class))} · {open_word(is_open)}",
        i18n.label(Neighbour(crossing.neighbour)),
        style.crossing_symbol(crossing.crossing_class, is_open=is_open),
    )
