"""What the pointer's note says: name, kind, status, grade. Plain text, never a verdict."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from geo import localise
from geo.catalogue import label, text
from geo.model.entity import Kind
from geo.model.vocabulary import (
    Activity,
    AllegationKind,
    AllegationStatus,
    Answer,
    CrossingClass,
    LegalStatus,
    SiteKind,
    ZoneState,
)
from layers.lens import ANNULLED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.catalogue import Language
    from geo.model.codec import Scalar
    from layers.hit import Pick
    from layers.snapshot import DrawRequest


def tooltip(request: DrawRequest, pick: Pick, language: Language) -> tuple[str, ...]:
    """Return the lines of the note about what lies under the pointer; nothing if it is gone."""
    table = request.table(pick.kind)
    ids = [row for row in pick.ids if row in table]
    if not ids:
        return ()
    if not pick.exact:
        code = "map.doubt.sites" if pick.kind is Kind.SITE else "map.doubt.allegations"
        count = localise.format_number(len(ids), language)
        return (text(code, language, n=count), text("map.doubt.where", language))
    row = table.row(ids[0])
    if pick.kind is Kind.SITE:
        return _site(row, language)
    if pick.kind is Kind.ALLEGATION:
        return _allegation(row, language)
    if pick.kind is Kind.CROSSING:
        return (_name(row, language), label(CrossingClass(str(row["crossing_class"])), language))
    return (str(row["name"]), label(ZoneState(str(row["state"])), language))


def _name(row: Mapping[str, Scalar], language: Language) -> str:
    names = [str(row["name_km"] or ""), str(row["name_en"] or "")]
    if language == "en":
        names.reverse()
    return names[0] or names[1] or text("map.unnamed", language)


def _site(row: Mapping[str, Scalar], language: Language) -> tuple[str, ...]:
    activity = Activity(str(row["activity"]))
    status = label(LegalStatus(str(row["legal_status"])), language)
    if activity is not Activity.OPERATING:
        status = f"{status} · {label(activity, language)}"
    if row.get(ANNULLED):
        status = f"{status} · {text('time.annulled', language)}"
    return (_name(row, language), label(SiteKind(str(row["kind"])), language), status)


def _allegation(row: Mapping[str, Scalar], language: Language) -> tuple[str, ...]:
    kinds = [
        label(AllegationKind(kind), language) for kind in json.loads(str(row["kinds"] or "[]"))
    ]
    said = ", ".join(kinds)
    head = (
        text("map.allegation.of", language, kinds=said)
        if said
        else text("map.allegation", language)
    )
    grade = str(row["reliability"]) + str(row["credibility"])
    lines = [
        head,
        text("map.allegation.grade", language, grade=grade),
        label(AllegationStatus(str(row["status"])), language),
    ]
    if row["held_now"] == Answer.YES.value:
        lines.insert(1, text("map.allegation.held_now", language))
    return tuple(lines)
