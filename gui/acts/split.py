"""Splitting an area into zones beside the map, and locking a zone."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from geo.edit.verbs import Verb
from geo.errors import InputError
from geo.model.command import Zone
from gui.acts.doing import Acts
from gui.acts.moving_units import MovingUnits
from gui.i18n import retext
from layers.layer import LayerId

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.edit.edit import Edit
    from geo.model.entity import Area
    from geo.project import Project
    from gui.map.units_overlay import UnitsOverlay
    from gui.models.split_work import Found
    from gui.panels.split_side import SplitSide
    from gui.workbench import Workbench


class SplitActs(Acts):
    """Opens the page of splits and the tool that moves units, and enters what they make.

    Both stand beside the map, where the dossier is otherwise.
    """

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self._hidden_layer = False
        self.moving = MovingUnits(self)
        bench.on("split_area", self.open)
        bench.on("move_units", self.moving.begin)
        self.desk.intents.answer("zone.split", self.open)
        self.desk.intents.answer("zone.move_units", self.moving.begin)
        self.desk.intents.answer("zone.lock", lambda zone_id: self.lock(zone_id, True))
        self.desk.intents.answer("zone.unlock", lambda zone_id: self.lock(zone_id, False))
        self.desk.selection.changed.connect(self._keep_room)
        self.desk.session.closed.connect(self.close)
        self.desk.session.changed.connect(self.moving.plan_changed)
        self.desk.moment.changed.connect(self._moment_changed)

    # --- furniture ------------------------------------------------------------------------------

    @cached_property
    def side(self) -> SplitSide:
        """The place beside the map."""
        from gui.panels.split_side import SplitSide

        side = SplitSide(self.desk)
        beside = self.bench.side.parentWidget()
        middle = beside.layout() if beside is not None else None
        if middle is not None:
            middle.addWidget(side.place)
            side.place.show()
        side.closed.connect(self.close)
        side.split.shown.connect(self._show)
        side.split.take_asked.connect(self._take)
        side.split.form.units_asked.connect(self._choose_units)
        self.moving.furnish(side.moves)
        retext(side, self._word)
        return side

    @cached_property
    def overlay(self) -> UnitsOverlay:
        """What is painted over the map."""
        from gui.map.units_overlay import UnitsOverlay

        return UnitsOverlay(self.bench.map.canvas)

    @property
    def is_open(self) -> bool:
        """Whether one of the pages is beside the map."""
        return "side" in self.__dict__ and bool(self.side.page)

    def _keep_room(self) -> None:
        """Leave the map its room: beside it stands either this or the dossier."""
        if self.is_open:
            self.bench.side.slide_to(0)

    def hide_zones(self, hidden: bool) -> None:  # noqa: FBT001 - a setter
        """Hide the zones of the plan while others are painted in their place, or show them."""
        layers = self.bench.layers
        if hidden and layers[LayerId.ZONES].visible:
            self._hidden_layer = True
            layers.set_visible(LayerId.ZONES, visible=False)
        elif not hidden and self._hidden_layer:
            self._hidden_layer = False
            layers.set_visible(LayerId.ZONES, visible=True)

    def _word(self) -> None:
        if not self.is_open:
            return
        if self.side.page == "split":
            self._show(self.side.split.found)
        self.moving.paint()

    # --- the page of splits ---------------------------------------------------------------------

    def open(self, zone_id: str = "") -> None:
        """Ask for a split: of a zone, or of the plan's province for the operation looked at."""
        if self.project is None:
            return
        if self.moving.tool is not None:
            self.bench.tools.take("select")
        duty = self.desk.moment.duty.operation_id
        self.side.split.begin(zone_id, None if zone_id else duty)
        self.side.open(self.side.split)
        self._keep_room()
        self.side.split.form.area.setFocus()
        self._warm_up()

    def _warm_up(self) -> None:
        """Let the worker read its libraries while the user fills the form."""
        from geo.analysis.split.job import WARM

        self.desk.computing.warm_up(self.desk.runner, *WARM)

    def close(self) -> None:
        """Leave the page, or the moving of units; nothing is changed."""
        if self.moving.tool is not None and self.bench.tools.tool is self.moving.tool:
            self.bench.tools.take("select")
        if not self.is_open:
            return
        self.moving.stop()
        self.side.split.forget()
        self.side.close_page()
        self._show(None)
        self._give_room_back()

    def _give_room_back(self) -> None:
        self.bench.slide_dossier()
        self.bench.map.canvas.setFocus()

    def _moment_changed(self) -> None:
        if self.desk.moment.is_past and self.moving.tool is not None:
            self.close()

    def _choose_units(self) -> None:
        """Let the user click the communes that are to be split."""
        from gui.tools.from_units import FromUnitsTool

        tool = FromUnitsTool()
        tool.finished.connect(self._units_chosen)
        self.bench.tools.hold(tool)
        self.bench.map.canvas.setFocus()

    def _units_chosen(self, codes: tuple[str, ...]) -> None:
        self.bench.tools.take("select")
        if self.project is not None:
            self.side.split.form.take_units(self.project, tuple(codes))

    def _show(self, found: Found | None) -> None:
        """Paint a split over the map, or take it away."""
        if found is None:
            self.hide_zones(False)
            if "overlay" in self.__dict__:
                self.overlay.show_zones(None)
            return
        from gui.models.split_words import percent
        from layers.zone_units import ShownZones, UnitShapes, places_of, rings_of, shares

        result, shown = found.result, self.overlay.shown
        fresh = (
            shown is None or len(shown.zone) != len(result.zone) or shown.zone is not result.zone
        )
        outlines = [zone.outline for zone in result.zones]
        figures = self.side.split.figures()
        self.hide_zones(bool(self.side.split.replaces.text()))
        self.overlay.show_zones(
            ShownZones(
                shapes=UnitShapes(list(result.units.outlines)),
                zone=result.zone,
                kept=frozenset(
                    result.units.ids.index(unit) for zone in result.zones for unit in zone.kept
                ),
                share=shares(result.total),
                colours=tuple(f.colour for f in figures),
                names=tuple((f.name, percent(f.deviation)) for f in figures),
                edges=tuple(rings_of(outline) for outline in outlines),
                places=places_of(outlines),
            )
        )
        if fresh:
            self.look_at(outlines)

    def look_at(self, outlines: Sequence[Area]) -> None:
        """Show some outlines as large as can be."""
        import shapely

        west, south, east, north = shapely.total_bounds(list(outlines)).tolist()
        self.bench.map.canvas.zoom_to_bounds(west, south, east, north)

    def _take(self, found: Found) -> None:
        from gui.models.split_work import taken_over

        if not self.may(Verb.SPLIT_AREA):
            return
        operation_id = found.asked.operation_id

        def build(project: Project) -> Edit:
            return taken_over(project, found)

        def done(edit: Edit) -> None:
            self.close()
            if operation_id:
                self.desk.moment.look_at(operation_id)
            self.bench.show_workspace("plan")
            self.tell(edit)

        self.desk.session.do(build, done)

    # --- locks ----------------------------------------------------------------------------------

    def lock(self, zone_id: str, locked: bool) -> None:  # noqa: FBT001 - what is wanted
        """Lock a zone, so that splits and moves leave it as it is, or unlock it."""
        from geo.edit.splitting import lock_zone

        zone = self.project.find(Zone, zone_id) if self.project is not None else None
        if zone is not None and locked and self.moving.pending(zone_id):
            self.desk.toast.fail(InputError("error.split.pending", name=zone.name))
            return
        self.desk.session.do(lambda plan: lock_zone(plan, zone_id, locked=locked), self.tell)
