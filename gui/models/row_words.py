"""Changes of a row in words: which field, what stood there, what stands there now."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Final

from geo import crs, localise
from geo.edit.allegation_states import Basis
from geo.edit.edit import Action
from geo.model.entity import Kind
from geo.model.vocabulary import (
    Activity,
    AllegationStatus,
    Answer,
    Channel,
    Credibility,
    CrossingClass,
    LegalStatus,
    Neighbour,
    Precision,
    Reliability,
    SiteKind,
)
from gui import i18n
from gui.i18n import tr
from gui.models.history import sentence
from gui.models.unit_words import unit_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from enum import StrEnum

    from geo.edit.edit import Delta, Edit
    from geo.model.codec import Scalar

POINT: Final = ("lon", "lat")


def edit_words(edit: Edit) -> str:
    """Return what an edit did, and whether it took something back or put it back."""
    words = sentence(edit)
    if edit.params.get("basis"):  # what an allegation's corroboration rests upon
        words = f"{words} · {i18n.label(Basis(str(edit.params['basis'])))}"
    if edit.action is Action.UNDO:
        return tr("panel.history.undone", what=words)
    if edit.action is Action.REDO:
        return tr("panel.history.redone", what=words)
    return words


def changed_fields(delta: Delta) -> list[tuple[str, str, str]]:
    """Return the fields of its one row that a delta changed: name, before and after in words.

    Of a new row nothing is listed: all of it is new, and it stands in the dossier. Fields without
    a name in the window are left out.
    """
    if delta.before is None or delta.after is None:
        return []
    before = {name: values[0] for name, values in delta.before.items()}
    after = {name: values[0] for name, values in delta.after.items()}
    names = FIELDS.get(delta.kind, {})
    found = []
    if not set(POINT).isdisjoint(after):
        found.append((tr("panel.site.position"), _place(before), _place(after)))
    for column, value in after.items():
        if column in names:
            code, word = names[column]
            found.append((tr(code), _worded(word, before[column]), _worded(word, value)))
    return found


def _worded(word: Callable[[Scalar], str], value: Scalar) -> str:
    return "–" if value is None or value == "" else word(value)


def _place(columns: Mapping[str, Scalar]) -> str:
    """Return a position, or the one number of it that changed."""
    lon, lat = columns.get("lon"), columns.get("lat")
    if isinstance(lon, float) and isinstance(lat, float):
        return crs.format_decimal(lon, lat, khmer_digits=i18n.language() == "km")
    known = [f"{v:.4f} {c}" for v, c in ((lat, "N"), (lon, "E")) if isinstance(v, float)]
    return i18n.digits(" ".join(known)) or "–"


def _text(value: Scalar) -> str:
    return str(value)


def _number(value: Scalar) -> str:
    return i18n.number(float(str(value)))


def _metres(value: Scalar) -> str:
    return localise.format_length(float(str(value)), i18n.language())


def _day(value: Scalar) -> str:
    return i18n.day(date.fromisoformat(str(value)))


def _yes_no(value: Scalar) -> str:
    return i18n.label(Answer.YES if value else Answer.NO)


def _intervals(value: Scalar) -> str:
    return ", ".join(interval_words(each) for each in json.loads(str(value))) or "–"


def interval_words(interval: Mapping[str, str | None]) -> str:
    """Return from when until when something was open; an end that nobody knows is three dots."""
    ends = (interval["since"], interval["until"])
    return " – ".join(_day(end) if end else "…" for end in ends)


def _of(cls: type[StrEnum]) -> Callable[[Scalar], str]:
    return lambda value: i18n.label(cls(str(value)))


FIELDS: Final[dict[Kind, dict[str, tuple[str, Callable[[Scalar], str]]]]] = {
    Kind.SITE: {
        "code": ("panel.column.code", _text),
        "name_km": ("panel.field.name_km", _text),
        "name_en": ("panel.field.name_en", _text),
        "name_zh": ("panel.field.name_zh", _text),
        "kind": ("panel.column.kind", _of(SiteKind)),
        "activity": ("panel.column.activity", _of(Activity)),
        "legal_status": ("panel.column.status", _of(LegalStatus)),
        "precision": ("panel.column.precision", _of(Precision)),
        "accuracy_m": ("panel.column.accuracy", _metres),
        "admin_code": ("panel.field.unit", lambda value: unit_words(str(value))),
        "address": ("panel.site.address", _text),
        "capacity": ("panel.column.capacity", _number),
        "owner": ("panel.site.owner", _text),
        "claimed_status": ("panel.site.claimed", _text),
        "visited_on": ("panel.column.visited", _day),
        "source": ("panel.column.source", _text),
    },
    Kind.ALLEGATION: {
        "reference": ("panel.column.reference", _text),
        "received_on": ("panel.column.received", _day),
        "occurred_on": ("panel.allegation.occurred", _day),
        "channel": ("panel.allegation.channel", _of(Channel)),
        "people_min": ("dialog.allegation.fewest", _number),
        "people_max": ("dialog.allegation.most", _number),
        "held_now": ("panel.column.held_now", _of(Answer)),
        "precision": ("panel.column.precision", _of(Precision)),
        "admin_code": ("panel.field.unit", lambda value: unit_words(str(value))),
        "accuracy_m": ("panel.column.accuracy", _metres),
        "place_text": ("dialog.allegation.place_words", _text),
        "reliability": ("dialog.allegation.reliability", _of(Reliability)),
        "credibility": ("dialog.allegation.credibility", _of(Credibility)),
        "status": ("panel.column.state", _of(AllegationStatus)),
        "text": ("dialog.allegation.text", _text),
    },
    Kind.CROSSING: {
        "name_km": ("panel.field.name_km", _text),
        "name_en": ("panel.field.name_en", _text),
        "neighbour": ("panel.column.neighbour", _of(Neighbour)),
        "opposite": ("panel.column.opposite", _text),
        "crossing_class": ("panel.column.class", _of(CrossingClass)),
        "open_intervals": ("panel.crossing.intervals", _intervals),
        "approximate": ("panel.crossing.approximate_field", _yes_no),
        "admin_code": ("panel.field.unit", lambda value: unit_words(str(value))),
        "basis": ("panel.crossing.basis", _text),
    },
}
