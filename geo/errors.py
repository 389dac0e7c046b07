"""Known errors: what went wrong for a reason that a person can act on.

An error carries a message code and parameters; the text, in the user's language, stands in the
catalogue under that code and says what happened, why, and what to do next. Anything that is not a
`PlanError` is a bug.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_SQUARE_KILOMETRE = 1_000_000.0


class PlanError(Exception):
    """A known error.

    Attributes:
        code: Message code in the catalogue, e.g. ``error.plan.newer_schema``.
        params: Values for the placeholders of the message.
    """

    def __init__(self, code: str, /, **params: object) -> None:
        """Keep `code` and its parameters; the exception's text is for logs and holds no values."""
        super().__init__(code)
        self.code = code
        self.params = params


class PlanFileError(PlanError):
    """The plan file is missing, locked, read-only, newer, damaged or not a plan."""


class StoreError(PlanError):
    """The store could not do it: disk full, file moved, connection lost. Nothing was changed."""


class ConflictError(PlanError):
    """The row was changed by somebody else meanwhile, or stands in the way of an undo."""


class NotAllowedError(PlanError):
    """The user's role does not permit this act."""


class NothingChangedError(PlanError):
    """An edit would leave everything as it is, so that there is nothing to keep or to undo."""

    def __init__(self) -> None:
        """Build the error with its one code."""
        super().__init__("error.nothing_changed")


class InputError(PlanError):
    """What was given cannot be used: a file, a geometry, an option."""


class GeometryError(InputError):
    """A geometry that cannot stand: crosses itself, too few corners, outside the world."""


class OverlapError(GeometryError):
    """Zones of one operation would hold the same ground.

    Attributes:
        names: The zones, the one that was changed first.
        square_metres: What they would hold twice, on the ellipsoid.
    """

    def __init__(self, names: Sequence[str], square_metres: float) -> None:
        """Build the error with the code that has the fitting unit."""
        self.names = tuple(names)
        self.square_metres = square_metres
        small = square_metres < _SQUARE_KILOMETRE / 10
        super().__init__(
            "error.zone.overlap" if small else "error.zone.overlap_large",
            names=", ".join(self.names),
            area=max(1, round(square_metres))
            if small
            else round(square_metres / _SQUARE_KILOMETRE, 1),
        )


class SigningKeyError(PlanError):
    """A signing key is missing or cannot be unlocked."""


class CancelledError(PlanError):
    """The user cancelled a long job; nothing was changed."""

    def __init__(self) -> None:
        """Build the error with its one code."""
        super().__init__("error.cancelled")
