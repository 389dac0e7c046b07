"""Every set of acts of the window: one line each, made with the workbench."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from gui.workbench import Workbench

ACTS: Final[tuple[Callable[[Workbench], object], ...]] = ()
