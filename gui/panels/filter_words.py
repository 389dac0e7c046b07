"""A filter in words: one chip for each thing that it narrows, with the filter that lacks it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from geo.model.entity import Kind
from gui import i18n
from gui.i18n import tr
from layers.filters import AllegationFilter, CrossingFilter, MapFilter, SiteFilter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from enum import StrEnum

AnyFilter = SiteFilter | AllegationFilter | CrossingFilter

CHOICES: dict[Kind, tuple[str, ...]] = {
    Kind.SITE: ("statuses", "kinds", "activities"),
    Kind.ALLEGATION: ("kinds", "states", "precisions"),
    Kind.CROSSING: ("classes",),
}
"""Fields of each filter that hold chosen members of a vocabulary."""
PART = {Kind.SITE: "sites", Kind.ALLEGATION: "allegations", Kind.CROSSING: "crossings"}


def with_part(wanted: MapFilter, kind: Kind, part: AnyFilter) -> MapFilter:
    """Return a filter with that of one kind replaced."""
    changed: dict[str, Any] = {PART[kind]: part}
    return replace(wanted, **changed)


def chips(wanted: MapFilter) -> list[tuple[str, MapFilter]]:
    """Return what each chip says, and the filter without it."""
    return [
        (words, with_part(wanted, kind, part))
        for kind in PART
        for words, part in _chips_of(kind, wanted.of(kind))
    ]


def _chips_of(kind: Kind, part: AnyFilter) -> Iterator[tuple[str, AnyFilter]]:
    if isinstance(part, AllegationFilter):
        yield from _allegation_chips(part)
    for name in CHOICES[kind]:
        chosen: frozenset[StrEnum] = getattr(part, name)
        if chosen:
            without: dict[str, Any] = {name: frozenset()}
            yield _listed(kind, name, chosen), replace(part, **without)
    if isinstance(part, SiteFilter) and part.licensed is not None:
        code = "with" if part.licensed else "without"
        yield tr(f"time.filter.licence_{code}"), replace(part, licensed=None)
    if isinstance(part, CrossingFilter) and part.open_only:
        yield tr("time.filter.open_only"), replace(part, open_only=False)


def _allegation_chips(part: AllegationFilter) -> Iterator[tuple[str, AnyFilter]]:
    if part.least is not None:
        yield tr("time.filter.grade", grade=grade_of(part)), replace(part, least=None)
    if part.held_now:
        yield tr("time.filter.held_now"), replace(part, held_now=False)
    if part.linked is not None:
        code = "linked" if part.linked else "unlinked"
        yield tr(f"time.filter.{code}"), replace(part, linked=None)
    if part.since is not None or part.until is not None:
        words = tr("time.strip.period", since=i18n.day(part.since), until=i18n.day(part.until))
        yield words, replace(part, since=None, until=None)


def grade_of(part: AllegationFilter) -> str:
    """Return the least grade as it is written, or empty."""
    return "" if part.least is None else f"{part.least[0].value}{part.least[1].value}"


def _listed(kind: Kind, name: str, chosen: frozenset[StrEnum]) -> str:
    """Return the members in the order of their vocabulary."""
    members = [i18n.label(m) for m in type(next(iter(chosen))) if m in chosen]
    return tr(
        "time.filter.chosen", field=tr(f"time.field.{PART[kind]}_{name}"), what=", ".join(members)
    )
