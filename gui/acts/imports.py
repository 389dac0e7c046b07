"""The rows that imports left waiting: their page below the map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from gui.panels.base import Panel
    from gui.workbench import Workbench

WAITING: Final = "waiting"


class ImportActs:
    """Shows the page of waiting rows."""

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench
        bench.drawers.bring(WAITING, self._page)
        bench.on("waiting_rows", lambda: bench.drawers.toggle(WAITING))
        bench.desk.intents.answer("waiting.show", lambda _: bench.drawers.show_page(WAITING))

    def _page(self) -> Panel:
        from gui.panels.waiting import WaitingPage

        return WaitingPage(self._bench.desk)
