"""The collector of cyclic garbage at rest while many rows are made.

It walks through every container that lives, with the interpreter held: with a hundred thousand rows
on their way that is a tenth of a second in which the window cannot answer, again and again. Rows
form no cycles, so nothing is lost by waiting.
"""

from __future__ import annotations

import gc
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.progress import Progress

_STEP = 1_000


class _Rest:
    """Who asked for it, and what it was before."""

    def __init__(self) -> None:
        self.turn = threading.Lock()
        self.asked = 0
        self.was_on = True


_rest = _Rest()


@contextmanager
def at_rest() -> Iterator[None]:
    """Keep the collector from running until the last of those who asked for it is done."""
    _count(1)
    try:
        yield
    finally:
        _count(-1)


def resting() -> bool:
    """Tell whether rows are being made for which the collector has to wait."""
    return _rest.asked > 0


def pass_by() -> None:
    """Let collections pass by whatever lives now: it will live for long."""
    gc.freeze()


def look_at_all() -> None:
    """Let the next long collection look at everything again."""
    gc.unfreeze()


def dismiss(rows: list[Any], progress: Progress) -> None:
    """Empty a long list in short steps: giving all of it back at once stops every thread.

    Raises:
        CancelledError: There is no need any more; the rest goes at once.
    """
    while rows:
        progress.step(0, len(rows))
        del rows[-_STEP:]


def _count(step: int) -> None:
    with _rest.turn:
        before, _rest.asked = _rest.asked, _rest.asked + step
        if not before:
            _rest.was_on = gc.isenabled()
            gc.disable()
        elif not _rest.asked:
            # The first collection would walk through all that was made meanwhile, and it is there
            # to stay: until `look_at_all` no collection walks through it.
            gc.freeze()
            if _rest.was_on:  # the window collects by itself: see gui/tasks/garbage.py
                gc.enable()
