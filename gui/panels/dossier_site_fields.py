"""The fields of a site that are corrected where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.edit.sites import change_site
from geo.edit.verbs import Verb
from geo.model.vocabulary import Activity, Precision, SiteKind
from gui import i18n
from gui.models.unit_words import unit_words
from gui.panels.dossier_parts import (
    Field,
    accuracy,
    asking,
    facts_form,
    in_place,
    note,
    place,
)
from gui.rights import permit
from gui.widgets.field_values import day_text, number_text, read_count, read_day, read_metres
from gui.widgets.in_place import ChoiceEditor, InPlace, LineEditor
from gui.widgets.layouts import boxed, row
from gui.widgets.unit_field import UnitField

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from enum import StrEnum

    from PySide6.QtWidgets import QWidget

    from geo.model.site import Site
    from geo.project import Project
    from gui.panels.dossier import Dossier
    from gui.widgets.in_place import Editor


class SiteFields:
    """Makes the fields of one site."""

    def __init__(self, project: Project, site: Site, dossier: Dossier) -> None:
        self._project, self._site, self._dossier = project, site, dossier

    def overview(self) -> list[QWidget]:
        """Return what the site is and how the register holds it."""
        site = self._site
        return [
            facts_form(
                [
                    ("panel.field.name_km", self._text("panel.field.name_km", "name_km")),
                    ("panel.field.name_en", self._text("panel.field.name_en", "name_en")),
                    ("panel.field.name_zh", self._text("panel.field.name_zh", "name_zh")),
                    ("panel.column.kind", self._choice("panel.column.kind", "kind", SiteKind)),
                    (
                        "panel.column.activity",
                        self._choice("panel.column.activity", "activity", Activity),
                    ),
                    ("panel.column.code", self._text("panel.column.code", "code")),
                    ("panel.site.owner", self._text("panel.site.owner", "owner")),
                    ("panel.column.capacity", self._capacity()),
                    ("panel.column.visited", self._visited()),
                    ("panel.column.source", self._text("panel.column.source", "source")),
                    ("panel.site.claimed", site.claimed_status),
                ]
            ),
            note("panel.site.claimed_note"),
        ]

    def where(self) -> list[QWidget]:
        """Return where it is and how well that is known, with the way to put it elsewhere."""
        site = self._site
        parts = [
            facts_form(
                [
                    ("panel.field.unit", self._unit()),
                    ("panel.site.address", self._text("panel.site.address", "address")),
                    (
                        "panel.column.precision",
                        self._choice("panel.column.precision", "precision", Precision),
                    ),
                    ("panel.site.position", place(site.point)),
                    ("panel.column.accuracy", self._accuracy()),
                ]
            )
        ]
        code = "panel.site.move" if site.point is not None else "panel.site.put"
        move = asking(self._dossier, "site.move", code, "map-pin", site.id)
        if move is not None and not site.merged_into:
            permit(move, self._project, Verb.EDIT_SITE)
            move.setObjectName("site-move")
            parts.append(boxed(row(move, None)))
        return parts

    def _text(self, name: str, column: str) -> InPlace:
        text = str(getattr(self._site, column))
        return self._made(name, column, text, lambda: LineEditor(text))

    def _choice(self, name: str, column: str, cls: Iterable[StrEnum]) -> InPlace:
        now = getattr(self._site, column)
        return self._made(
            name,
            column,
            i18n.label(now),
            lambda: ChoiceEditor([(each, i18n.label(each)) for each in cls], now),
        )

    def _unit(self) -> InPlace:
        code = self._site.admin_code
        return self._made(
            "panel.field.unit", "admin_code", unit_words(code), lambda: UnitField(code)
        )

    def _capacity(self) -> InPlace:
        capacity = self._site.capacity
        return self._made(
            "panel.column.capacity",
            "capacity",
            "" if capacity is None else i18n.number(capacity),
            lambda: LineEditor(number_text(capacity), read_count),
        )

    def _accuracy(self) -> InPlace:
        metres = self._site.accuracy_m
        return self._made(
            "panel.column.accuracy",
            "accuracy_m",
            accuracy(metres),
            lambda: LineEditor(number_text(metres), read_metres),
        )

    def _visited(self) -> InPlace:
        day = self._site.visited_on
        return self._made(
            "panel.column.visited",
            "visited_on",
            i18n.day(day),
            lambda: LineEditor(day_text(day), read_day),
        )

    def _made(self, name: str, column: str, text: str, make: Callable[[], Editor]) -> InPlace:
        site_id = self._site.id

        def build(plan: Project, value: Any) -> Any:  # noqa: ANN401 - of the field's own kind
            return change_site(plan, site_id, {column: value})

        field = Field(name, text, make, column)
        made = in_place(self._dossier, self._project, Verb.EDIT_SITE, field, build)
        if self._site.merged_into:
            made.forbid("error.site.merged")
        return made
