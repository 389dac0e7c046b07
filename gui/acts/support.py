"""Ambulances and fire trucks: adding one at a place of the map, changing, moving, deleting it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.edit.support import add_support, delete_support, edit_support, move_support
from geo.edit.verbs import Verb
from geo.model.entity import LonLat
from geo.model.support import SupportUnit
from gui.acts.doing import Acts
from gui.acts.placing import PointAsker
from gui.panels.readiness_support import SupportPage

if TYPE_CHECKING:
    from geo.placing import PlaceFound
    from gui.workbench import Workbench

PAGE: Final = "support"


class SupportActs(Acts):
    """Opens the page of support units, and does what is asked for there."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        bench.drawers.bring(PAGE, lambda: SupportPage(self.desk))
        bench.on("support", lambda: bench.drawers.toggle(PAGE))
        answer = self.desk.intents.answer
        answer("command.support", lambda: bench.drawers.show_page(PAGE))
        answer("support.add", self.add)
        answer("support.edit", self.edit)
        answer("support.move", self.move)
        answer("support.delete", self.delete)

    def add(self) -> None:
        """Ask where it waits, then what it is, and add it."""
        if self.may(Verb.ADD_SUPPORT):
            PointAsker(
                self.bench,
                "command.support.place",
                lambda asker, found: self._add_at(asker, LonLat(found.point.lon, found.point.lat)),
                lambda asker: self._add_at(asker, None),
            )

    def _add_at(self, asker: PointAsker, point: LonLat | None) -> None:
        from gui.dialogs.support import SupportDialog

        project = self.project
        if project is None:
            return
        blank = SupportUnit(name="", point=point, province_code=project.info.province_code)
        dialog = SupportDialog(blank, self.bench.window_, is_new=True)
        asker.end_with(dialog)
        dialog.ready.connect(lambda unit: self.do(dialog, lambda plan: add_support(plan, unit)))
        self.ask(dialog)

    def edit(self, unit_id: str) -> None:
        """Ask for another name, kind or contact of a unit."""
        from gui.dialogs.support import SupportDialog

        project = self.project
        unit = project.find(SupportUnit, unit_id) if project is not None else None
        if unit is None or not self.may(Verb.EDIT_SUPPORT):
            return
        dialog = SupportDialog(unit, self.bench.window_, is_new=False)
        dialog.ready.connect(lambda new: self.do(dialog, lambda plan: edit_support(plan, new)))
        self.ask(dialog)

    def move(self, unit_id: str) -> None:
        """Ask for another place where a unit waits."""
        project = self.project
        unit = project.find(SupportUnit, unit_id) if project is not None else None
        if unit is None or not self.may(Verb.EDIT_SUPPORT):
            return
        if unit.point is not None:
            self.bench.navigator.show_place(unit.point.lon, unit.point.lat, _AROUND_KM)

        def moved(asker: PointAsker, found: PlaceFound) -> None:
            point = LonLat(found.point.lon, found.point.lat)
            self.desk.session.do(
                lambda plan: move_support(plan, unit_id, point), self.tell, self.desk.toast.fail
            )
            asker.end()

        PointAsker(self.bench, "command.support.place", moved)

    def delete(self, unit_id: str) -> None:
        """Remove a unit; undo brings it back."""
        if unit_id and self.may(Verb.DELETE_SUPPORT):
            self.desk.session.do(lambda plan: delete_support(plan, unit_id), self.tell)


_AROUND_KM: Final = 8.0
