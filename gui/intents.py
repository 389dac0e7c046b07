"""What a page or list asks for, without knowing who does it.

A dossier page is built anew with every change and has many buttons; it asks for ``site.edit`` by
name, and the acts of sites, which know the dialogs and the map, answer to that name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Intents:
    """The acts of one window by name: ``<thing>.<act>``."""

    def __init__(self) -> None:
        self._acts: dict[str, Callable[..., object]] = {}

    def answer(self, name: str, act: Callable[..., object]) -> None:
        """Say who does it.

        Raises:
            ValueError: Somebody does it already.
        """
        if name in self._acts:
            message = f"two acts for {name}"
            raise ValueError(message)
        self._acts[name] = act

    def ask(self, name: str, *what: object) -> None:
        """Have it done.

        Raises:
            KeyError: Nobody does it: a bug of whoever asks.
        """
        self._acts[name](*what)

    def has(self, name: str) -> bool:
        """Tell whether somebody does it."""
        return name in self._acts
