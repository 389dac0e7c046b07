"""Every given register through the real wizard with the real worker, into one plan after another.

Each is taken back by one undo, so that the next one meets the same plan.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geo.model.entity import Kind
from geo.model.plan import ImportBatch, ImportRow
from gui.dialogs.import_file import ImportDialog
from tests.end_to_end.registers import registers
from tests.gui.conftest import dressed, empty_window, furnished, make_window  # noqa: F401 - fixtures

if TYPE_CHECKING:
    from pathlib import Path

PATIENCE = 60_000


@pytest.fixture
def wizard(empty_window, qtbot):  # noqa: F811 - the fixture itself
    """Walks a file through the wizard as far as the end."""

    def walk(path: Path, kind: Kind) -> ImportDialog:
        empty_window.workbench.edits.import_file(path)
        dialog = empty_window.findChildren(ImportDialog)[-1]
        seen: list[str] = []
        while "done" not in seen:
            qtbot.waitUntil(
                lambda: (
                    dialog.step in {"sheet", "map", "words", "summary", "done", "error"}
                    and dialog.step not in seen
                ),
                timeout=PATIENCE,
            )
            assert dialog.step != "error", dialog.error
            seen.append(dialog.step)
            if dialog.step == "map":
                assert Kind(dialog.mapping.target.currentData()) is kind
            if dialog.step != "done":
                dialog.next_button.click()
        return dialog

    return walk


def test_each_register_is_accounted_for_row_by_row(empty_window, qtbot, wizard):  # noqa: F811
    session = empty_window.session
    for register in registers():
        dialog = wizard(register.path, Kind(register.kind))
        (batch,) = session.project.all(ImportBatch)
        assert batch.rows == register.rows
        assert batch.rows == batch.imported + batch.rejected + batch.waiting
        rows = session.project.all(ImportRow)
        register.check(batch.imported, [(r.sheet, r.row) for r in rows])
        dialog.accept()
        with qtbot.waitSignal(session.changed, timeout=PATIENCE):
            session.undo()
        assert session.project.all(ImportBatch) == ()
        assert session.project.all(ImportRow) == ()
