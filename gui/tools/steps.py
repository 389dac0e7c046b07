"""The steps of one drawing, which can be taken back and put back before the plan's own."""

from __future__ import annotations

from typing import Generic, TypeVar

State = TypeVar("State")


class Steps(Generic[State]):
    """A state that never changes in place, with those before and after it.

    Attributes:
        now: The state.
    """

    def __init__(self, first: State) -> None:
        self.first = self.now = first
        self._before: list[State] = []
        self._after: list[State] = []

    def take(self, state: State) -> None:
        """Go on to another state."""
        if state != self.now:
            self._before.append(self.now)
            self._after.clear()
            self.now = state

    def reset(self) -> None:
        """Begin anew; nothing can be taken back."""
        self._before.clear()
        self._after.clear()
        self.now = self.first

    @property
    def can_undo(self) -> bool:
        """Whether there is a state before."""
        return bool(self._before)

    @property
    def can_redo(self) -> bool:
        """Whether there is a state after."""
        return bool(self._after)

    def undo(self) -> None:
        """Go back to the state before, if there is one."""
        if self._before:
            self._after.append(self.now)
            self.now = self._before.pop()

    def redo(self) -> None:
        """Go on to the state that was left, if there is one."""
        if self._after:
            self._before.append(self.now)
            self.now = self._after.pop()
