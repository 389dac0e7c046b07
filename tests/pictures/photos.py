"""Photographs in the dossier and opened; a licence being corrected."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.pilot import Pilot

PREAH_SIHANOUK = (103.46, 10.53, 103.72, 10.72)


def with_photos(pilot: Pilot) -> str:
    """Give a site photographs, once; return its id."""
    from geo.edit.attachments import NewPhoto, attach, attachments_of, contents_of
    from geo.model.entity import Kind
    from geo.photos import prepare
    from tests.gui.photo_files import write_photo

    table = pilot.project.table(Kind.SITE)
    site = next(
        str(i)
        for i, status, precision in zip(
            table.ids, table["legal_status"], table["precision"], strict=True
        )
        if (status, precision) == ("legal", "point")
    )
    if attachments_of(pilot.project, Kind.SITE, site):
        return site
    folder = Path(os.environ["UCM_HOME"])
    new = []
    for n, caption in enumerate(("Front, from the road", "Back door", "Yard", "Sign", "Side")):
        path = write_photo(folder / f"IMG_{n:04d}.jpg", n, size=(1500, 1000))
        photo = prepare(path.read_bytes(), path.name)
        facts = {"file_name": path.name, "caption": caption, "taken_on": photo.taken_on}
        new.append(NewPhoto(photo=photo, **facts))
    session = pilot.window.session
    session.do(lambda plan: attach(plan, Kind.SITE, site, new), contents=contents_of(new))
    pilot.wait(lambda: not session.busy, "the photographs")
    return site


def section(pilot: Pilot) -> None:
    from geo.model.entity import Kind
    from gui.panels.dossier_photos import PhotoPart

    pilot.bench.show_workspace("register")
    pilot.look_at(*PREAH_SIHANOUK)
    pilot.bench.show_row(Kind.SITE, with_photos(pilot))
    pilot.rest(0.5)
    part = pilot.bench.dossier.findChildren(PhotoPart)[-1]
    pilot.wait(lambda: all(t.state == "full" for t in part.thumbs), "small pictures")
    pilot.bench.dossier.area.ensureWidgetVisible(part)
    pilot.rest(0.3)
    pilot.settle()


def viewer(pilot: Pilot) -> None:
    from geo.edit.attachments import attachments_of
    from geo.model.entity import Kind
    from gui.dialogs.photo_viewer import PhotoViewer

    section(pilot)
    first = attachments_of(pilot.project, Kind.SITE, with_photos(pilot))[0]
    pilot.bench.desk.intents.ask("photo.open", first.id)
    shown = pilot.window.findChildren(PhotoViewer)[-1]
    pilot.wait(lambda: shown.states.state == "full", "the photograph")
    pilot.rest()


def licence(pilot: Pilot) -> None:
    from geo.model.entity import Kind

    pilot.bench.show_workspace("register")
    pilot.look_at(*PREAH_SIHANOUK)
    pilot.bench.desk.intents.ask("licence.edit", str(pilot.project.table(Kind.LICENCE).ids[0]))
    pilot.rest()


SCENES = {"photographs": section, "photograph": viewer, "licence": licence}
