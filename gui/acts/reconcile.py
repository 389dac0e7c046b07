"""Comparing licences with sites."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gui.panels.reconcile import ReconcilePage

if TYPE_CHECKING:
    from gui.workbench import Workbench

PAGE = "licences"


class ReconcileActs:
    """Opens the page of licences against sites."""

    def __init__(self, bench: Workbench) -> None:
        bench.drawers.bring(PAGE, lambda: ReconcilePage(bench.desk))
        bench.on("licences", lambda: bench.drawers.toggle(PAGE))
