"""The intake of an allegation, its dossier with the sources that count, and a source."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from gui.dialogs.allegation import AllegationDialog
    from tests.pilot import Pilot

POIPET = "011002"


def intake(pilot: Pilot) -> AllegationDialog:
    from geo.model.vocabulary import AllegationKind, Precision
    from gui.dialogs.allegation import AllegationDialog
    from gui.dialogs.allegation_place import Place

    pilot.bench.show_workspace("register")
    pilot.bench.desk.intents.ask("allegation.add", "")
    dialog = pilot.window.findChildren(AllegationDialog)[-1]
    dialog.kinds.boxes[AllegationKind.FORCED_CRIMINALITY].setChecked(True)
    dialog.kinds.boxes[AllegationKind.UNLAWFUL_DETENTION].setChecked(True)
    dialog.held.choose("yes")
    dialog.people.low.setText("8")
    dialog.people.high.setText("12")
    dialog.people.nations.setText("TH 5; CN 2")
    dialog.channel.setCurrentIndex(dialog.channel.findData("hotline"))
    dialog.place.show_place(Place(admin_code=POIPET, precision=Precision.COMMUNE))
    dialog.source.combo.setEditText("S-001")
    dialog.text.field.setPlainText(
        "Demonstration: the doors are locked at night. Call back on 012 000 000."
    )
    pilot.rest()
    return dialog


def intake_place(pilot: Pilot) -> None:
    from PySide6.QtTest import QTest

    dialog = intake(pilot)
    pilot.wait(lambda: dialog.place._index is not None, "the names")  # noqa: SLF001
    dialog.activateWindow()
    dialog.place.search.setFocus()
    QTest.keyClicks(dialog.place.search, "lotus")
    pilot.wait(dialog.place.search.results.isVisible, "findings")
    pilot.rest()


def dossier(pilot: Pilot) -> str:
    """Three reports of one site: two by independent sources, one by nobody knows whom."""
    from geo.edit.allegations import link_to_site
    from geo.edit.sources import correct_source
    from geo.model.allegation import Allegation, Source
    from geo.model.entity import Kind

    pilot.bench.show_workspace("register")
    table = pilot.project.table(Kind.ALLEGATION)
    rows = zip(table.ids, table["kinds"], table["source_id"], table["received_on"], strict=True)
    found = [(day, str(i)) for i, kinds, source, day in rows if source and "forced_labour" in kinds]
    ids = [i for _, i in sorted(found)[3:6]]
    site = str(pilot.project.table(Kind.SITE).ids[4])
    for allegation_id in ids:
        if pilot.project.get(Allegation, allegation_id).site_id != site:
            _do(pilot, lambda p, i=allegation_id: link_to_site(p, i, site))
    first, second = (pilot.project.get(Allegation, i).source_id for i in ids[:2])
    if second not in pilot.project.get(Source, first).independent_of:
        _do(pilot, lambda p: correct_source(p, first, independent_of=[second]))
    pilot.bench.show_row(Kind.ALLEGATION, ids[0])
    pilot.rest(0.5)
    pilot.settle()
    pilot.window.toast.hide()
    return first


def corroborated(pilot: Pilot) -> None:
    dossier(pilot)
    _down_to(pilot, "panel.column.site")


def source(pilot: Pilot) -> None:
    first = dossier(pilot)
    pilot.bench.desk.intents.ask("source.edit", first, ())
    pilot.rest()


def _down_to(pilot: Pilot, code: str) -> None:
    """Scroll the dossier until a section stands at its top."""
    from gui.widgets.fold import Fold

    folds = [f for f in pilot.bench.dossier.findChildren(Fold) if f.isVisible()]
    fold = next(f for f in folds if f.head.objectName() == f"fold-{code}")
    pilot.bench.dossier.area.verticalScrollBar().setValue(fold.y())
    pilot.rest()


def _do(pilot: Pilot, build: Callable[..., object]) -> None:
    pilot.window.session.do(build)
    pilot.wait(lambda: not pilot.window.session.busy, "the edit")


SCENES = {
    "intake": intake,
    "intake-place": intake_place,
    "dossier-allegation": dossier,
    "dossier-corroboration": corroborated,
    "source": source,
}
