"""Licences: entering one, and correcting one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.edit.verbs import Verb
from gui.acts.doing import Acts

if TYPE_CHECKING:
    from gui.workbench import Workbench


class LicenceActs(Acts):
    """What the user can do with single licences."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.desk.intents.answer("licence.add", self.add)
        self.desk.intents.answer("licence.edit", self.edit)

    def add(self, site_id: str = "") -> None:
        """Ask for a new licence, of a site or of none yet."""
        from geo.edit.licences import add_licence
        from geo.model.site import Licence, Site
        from gui.dialogs.licence import LicenceDialog

        project = self.project
        if project is None or not self.may(Verb.ADD_LICENCE):
            return
        site = project.find(Site, site_id)
        blank = Licence(number="")
        if site is not None:
            blank = Licence(
                number="", site_id=site.id, activity_kind=site.kind, admin_code=site.admin_code
            )
        dialog = LicenceDialog(project, blank, self.bench.window_, is_new=True)
        dialog.ready.connect(lambda typed: self.do(dialog, lambda p: add_licence(p, typed)))
        self.ask(dialog)

    def edit(self, licence_id: str) -> None:
        """Ask for a licence's changes."""
        from geo.edit.licences import edit_licence
        from geo.model.site import Licence
        from gui.dialogs.licence import LicenceDialog

        project = self.project
        licence = project.find(Licence, licence_id) if project is not None else None
        if project is None or licence is None or not self.may(Verb.EDIT_LICENCE):
            return
        dialog = LicenceDialog(project, licence, self.bench.window_, is_new=False)
        dialog.ready.connect(lambda typed: self.do(dialog, lambda p: edit_licence(p, typed)))
        self.ask(dialog)
