"""Everything a frame needs, frozen: tables never change in place, so it needs no lock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from geo.catalogue import Language
from geo.model.entity import Kind
from geo.model.table import Table
from layers.coverage import Marks
from layers.findings import Findings
from layers.layer import Layer
from layers.lens import Lens
from layers.live import LiveRows
from layers.palette import Theme
from layers.view import MapView

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.project import Project
    from layers.layer_list import LayerList

SHOWN_KINDS = (
    Kind.PLAN,
    Kind.SITE,
    Kind.ALLEGATION,
    Kind.CROSSING,
    Kind.ZONE,
    Kind.ASSIGNMENT,
    Kind.TEAM,
    Kind.ADMIN_UNIT,
)
"""Kinds whose rows the map shows or needs; a change of any other leaves the map as it is."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What is selected: rows of one kind."""

    kind: Kind
    ids: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawRequest:
    """A frame to be drawn.

    Attributes:
        view: What is seen.
        margin: Pixels around the view that are drawn too, so that a pan finds them ready.
        layers: Top first.
        tables: Rows by kind; empty without a plan.
        on: The map's date: a crossing is open or closed as it was on this day.
        marks: What Plan and Operate show besides; None in every export.
        findings: The result of an analysis that lies on the map.
        live: What answers the saved questions; nothing in every export.
    """

    view: MapView
    layers: tuple[Layer, ...]
    tables: Mapping[Kind, Table] = field(default_factory=dict)
    margin: int = 0
    language: Language = "km"
    theme: Theme = "light"
    on: date
    selection: Selection | None = None
    marks: Marks | None = None
    findings: Findings | None = None
    live: tuple[LiveRows, ...] = ()

    def table(self, kind: Kind) -> Table:
        """Return the rows of a kind, none without a plan."""
        found = self.tables.get(kind)
        return Table.empty(kind) if found is None else found

    def at(self, view: MapView, margin: int = 0) -> DrawRequest:
        """Return the same request for another view."""
        return replace(self, view=view, margin=margin)


def snapshot(  # noqa: PLR0913 - one parameter for each thing that a frame depends on
    layer_list: LayerList,
    project: Project | None,
    view: MapView,
    *,
    language: Language = "km",
    theme: Theme = "light",
    selection: tuple[Kind, Iterable[str]] | None = None,
    on: date | None = None,
    lens: Lens | None = None,
    margin: int = 0,
    marks: Marks | None = None,
    findings: Findings | None = None,
    live: tuple[LiveRows, ...] = (),
) -> DrawRequest:
    """Capture what a frame needs from the living layers and plan; costs microseconds.

    Args:
        layer_list: What is on the map.
        project: The plan, or None for the bare basemap.
        view: What is seen.
        language: Of the writing.
        theme: Light or dark.
        selection: Kind and ids of the rows to set off.
        on: The map's date where it is not the lens's.
        lens: What of the plan is looked at; None is all of it, now. Its tables are the same objects
            as long as nothing is another, so that a pan finds everything prepared.
        margin: Pixels around the view that are drawn too.
        marks: What Plan and Operate show besides.
        findings: The result of an analysis that lies on the map.
        live: What answers the saved questions.
    """
    lens = lens or Lens()
    shown = None if project is None else lens.project(project)
    return DrawRequest(
        view=view,
        margin=margin,
        layers=tuple(layer_list),
        tables={} if shown is None else {kind: shown.table(kind) for kind in SHOWN_KINDS},
        language=language,
        theme=theme,
        on=on or lens.moment.on,
        selection=Selection(selection[0], frozenset(selection[1])) if selection else None,
        marks=marks,
        findings=findings,
        live=live,
    )
