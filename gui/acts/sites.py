"""Sites on the map: adding one, putting one elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.edit.verbs import Verb
from geo.model.entity import Kind
from geo.model.site import Site
from gui.acts.doing import Acts
from gui.acts.placing import PointAsker

if TYPE_CHECKING:
    from geo.edit.edit import Edit
    from geo.placing import PlaceFound
    from gui.workbench import Workbench


class SiteActs(Acts):
    """Answers to ``site.add`` and ``site.move`` (its id)."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        bench.on("add_site", self.add)
        self.desk.intents.answer("site.add", self.add)
        self.desk.intents.answer("site.move", self.move)

    def add(self) -> None:
        """Ask for the place of a new site, and then what it is."""
        if self.project is not None and self.may(Verb.ADD_SITE):
            PointAsker(
                self.bench,
                "panel.place.new_site",
                self._describe,
                lambda asker: self._describe(asker, None),
            )

    def _describe(self, asker: PointAsker, found: PlaceFound | None) -> None:
        from gui.dialogs.site import SiteDialog

        project = self.project
        if project is None:
            return
        dialog = SiteDialog(project, found, self.bench.window_)
        dialog.ready.connect(lambda build: self.do(dialog, build, self._added))
        asker.end_with(dialog)
        self.ask(dialog)

    def _added(self, edit: Edit) -> None:
        self.desk.selection.select(Kind.SITE, [edit.deltas[0].ids[0]])

    def move(self, site_id: str) -> None:
        """Ask for another place of a site, and how exact it is."""
        if self.project is not None and self.may(Verb.EDIT_SITE):
            PointAsker(
                self.bench,
                "panel.place.move_site",
                lambda asker, found: self._moved(asker, site_id, found),
            )

    def _moved(self, asker: PointAsker, site_id: str, found: PlaceFound) -> None:
        from gui.dialogs.site import MoveSiteDialog

        site = self.project.find(Site, site_id) if self.project is not None else None
        if site is None:
            asker.end()
            return
        dialog = MoveSiteDialog(site, found, self.bench.window_)
        dialog.ready.connect(lambda build: self.do(dialog, build))
        asker.end_with(dialog)
        self.ask(dialog)
