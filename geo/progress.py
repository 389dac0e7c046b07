"""How long work reports its progress and learns that it was cancelled. No Qt, no terminal."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Receives progress; may ask for an early end.

    Work that takes long calls it every few milliseconds: in a window it is also the moment at which
    other threads get their turn.
    """

    def step(self, done: int, total: int, code: str = "") -> None:
        """Report `done` of `total` units; `code` names the stage in the catalogue.

        Raises:
            CancelledError: The user asked to stop.
        """


class NoProgress:
    """Reports to nobody and is never cancelled: for the command line's short jobs and for tests."""

    def step(self, done: int, total: int, code: str = "") -> None:
        """Do nothing."""
