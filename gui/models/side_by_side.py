"""Two rows field by field, in words: what agrees, what differs, and what can be chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo import crs, localise
from geo.edit.merging import FIELDS
from geo.model.allegation import Allegation, Source
from geo.model.entity import Kind
from geo.model.site import Site
from gui import facts, i18n
from gui.i18n import tr
from gui.models.pairs import title_of
from gui.models.unit_words import unit_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.model.entity import LonLat
    from geo.project import Project


@dataclass(frozen=True, slots=True)
class Line:
    """One field of two rows.

    Attributes:
        field: Choice of `geo.edit.merging.FIELDS`, or empty where nothing can be chosen.
        name: Code of its name.
        values: What stands in either row, in words; empty if nothing does.
    """

    field: str
    name: str
    values: tuple[str, str]

    @property
    def differs(self) -> bool:
        """Whether the two rows say something different."""
        return self.values[0] != self.values[1]


def lines_of(project: Project, kind: Kind, first_id: str, second_id: str) -> tuple[Line, ...]:
    """Return the fields of two rows side by side, what differs first."""
    words = _site_words if kind is Kind.SITE else _allegation_words
    both = zip(words(project, first_id), words(project, second_id), strict=True)
    found = [Line(field, name, (a, b)) for (field, name, a), (_, _, b) in both if a or b]
    return tuple(sorted(found, key=lambda line: not line.differs))


def hanging_words(project: Project, kind: Kind, entity_id: str) -> str:
    """Return how much hangs on a row: licences, allegations, decisions."""
    if kind is not Kind.SITE:
        return tr(
            "duplicates.repeats", n=_count(project, Kind.ALLEGATION, "duplicate_of", entity_id)
        )
    return tr(
        "duplicates.hanging",
        licences=_count(project, Kind.LICENCE, "site_id", entity_id),
        allegations=_count(project, Kind.ALLEGATION, "site_id", entity_id),
        decisions=_count(project, Kind.STATUS_DECISION, "site_id", entity_id),
    )


def _count(project: Project, kind: Kind, column: str, entity_id: str) -> str:
    return i18n.number(int((project.table(kind)[column] == entity_id).sum()))


def _position(point: LonLat | None, accuracy_m: float | None) -> str:
    if point is None:
        return ""
    words = crs.format_decimal(*point, khmer_digits=i18n.language() == "km")
    if accuracy_m is None:
        return words
    return f"{words} ± {localise.format_length(accuracy_m, i18n.language())}"


def _site_words(project: Project, site_id: str) -> Iterator[tuple[str, str, str]]:
    site = project.get(Site, site_id)
    where = [_position(site.point, site.accuracy_m), unit_words(site.admin_code)]
    words = {
        "code": ("panel.column.code", site.code),
        "name_km": ("panel.field.name_km", site.name_km),
        "name_en": ("panel.field.name_en", site.name_en),
        "name_zh": ("panel.field.name_zh", site.name_zh),
        "kind": ("panel.column.kind", i18n.label(site.kind)),
        "place": (
            "panel.site.where",
            "\n".join(filter(None, (*where, i18n.label(site.precision)))),
        ),
        "address": ("panel.site.address", site.address),
        "capacity": (
            "panel.column.capacity",
            "" if site.capacity is None else i18n.number(site.capacity),
        ),
        "owner": ("panel.site.owner", site.owner),
        "activity": ("panel.column.activity", i18n.label(site.activity)),
        "visited_on": (
            "panel.column.visited",
            i18n.day(site.visited_on) if site.visited_on else "",
        ),
        "claimed_status": ("panel.site.claimed", site.claimed_status),
        "source": ("panel.column.source", site.source),
    }
    yield "", "panel.column.status", i18n.label(site.legal_status)
    for field in FIELDS:
        if field in words:
            yield field, *words[field]


def _allegation_words(project: Project, allegation_id: str) -> Iterator[tuple[str, str, str]]:
    one = project.get(Allegation, allegation_id)
    source = project.find(Source, one.source_id) if one.source_id else None
    people = [i18n.number(n) for n in (one.people_min, one.people_max) if n is not None]
    words = {
        "panel.column.held_now": i18n.label(one.held_now),
        "panel.column.reference": one.reference,
        "panel.column.kinds": ", ".join(i18n.label(k) for k in one.kinds),
        "panel.column.received": i18n.day(one.received_on) if one.received_on else "",
        "panel.allegation.occurred": i18n.day(one.occurred_on) if one.occurred_on else "",
        "panel.allegation.channel": i18n.label(one.channel),
        "panel.allegation.people": " – ".join(dict.fromkeys(people)),
        "panel.column.place": one.place_text,
        "panel.site.where": "\n".join(
            filter(
                None,
                (
                    _position(one.point, one.accuracy_m),
                    unit_words(one.admin_code),
                    i18n.label(one.precision),
                ),
            )
        ),
        "panel.column.site": title_of(project, Kind.SITE, one.site_id) if one.site_id else "",
        "panel.column.grade": facts.grade_of(one.reliability, one.credibility),
        "panel.column.source": source.pseudonym if source is not None else "",
        "panel.column.state": i18n.label(one.status),
        "duplicates.text": one.text,
    }
    for name, value in words.items():
        yield "", name, value
