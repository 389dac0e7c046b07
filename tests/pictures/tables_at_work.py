"""The tables at work: filters, columns, many rows changed at once, a copy at a grade."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gui.tables.page import TablePage
    from tests.pilot import Pilot

PREAH_SIHANOUK = (103.46, 10.53, 103.72, 10.72)


def opened(pilot: Pilot) -> TablePage:
    """The table of sites, below the map."""
    from geo.model.entity import Kind

    pilot.bench.show_workspace("register")
    pilot.look_at(*PREAH_SIHANOUK)
    pilot.bench.toggle_drawer()
    pilot.bench.drawer.show_kind(Kind.SITE)
    pilot.rest(0.5)
    pilot.settle()
    return pilot.bench.drawer.page


def filters(pilot: Pilot) -> None:
    from gui.models.filters import FieldFilter

    page = opened(pilot)
    page.narrow_by("legal_status", FieldFilter(values=frozenset({"legal", "illegal"})))
    page.narrow_by("capacity", FieldFilter(low=10.0))
    page.ask_filter("kind")
    pilot.rest()


def columns(pilot: Pilot) -> None:
    opened(pilot)
    pilot.bench.drawer.columns_button.click()
    pilot.rest()


def change_many(pilot: Pilot) -> None:
    from gui.dialogs.bulk_edit import BulkEditDialog

    page = opened(pilot)
    page.table.selectAll()
    pilot.bench.drawer.edit_button.click()
    dialog = next(d for d in pilot.window.findChildren(BulkEditDialog) if d.isVisible())
    editor = next(e for e in dialog.editors if e.name == "activity")
    editor.tick.setChecked(True)
    editor.widget.setCurrentIndex(1)
    pilot.rest()


def export(pilot: Pilot) -> None:
    from geo.model.vocabulary import Grade
    from gui.dialogs.export_table import ExportDialog

    opened(pilot)
    pilot.bench.drawer.export_button.click()
    dialog = next(d for d in pilot.window.findChildren(ExportDialog) if d.isVisible())
    dialog.grade.choose(Grade.RESTRICTED)
    pilot.rest()


SCENES = {
    "table-filters": filters,
    "table-columns": columns,
    "table-change-many": change_many,
    "table-export": export,
}
