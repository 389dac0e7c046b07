"""The worker of heavy computing: one for the whole window, warm between two jobs. No Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geo.compute import Computer


class Computing:
    """Keeps the worker; started with the first job, ended with the window."""

    def __init__(self) -> None:
        self._computer: Computer | None = None

    def computer(self) -> Computer:
        """Return the worker, made if need be."""
        from geo.compute import Computer

        if self._computer is None:
            self._computer = Computer()
        return self._computer

    def close(self) -> None:
        """End the worker; what it is doing is cancelled."""
        if self._computer is not None:
            self._computer.close()
