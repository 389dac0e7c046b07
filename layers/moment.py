"""Of which day the map is: today, or a past day with today's knowledge or with that day's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from geo.clock import today


class Mode(StrEnum):
    """With whose eyes a day is seen."""

    NOW = "now"
    DECIDED = "decided"
    KNOWN = "known"


@dataclass(frozen=True, slots=True)
class Moment:
    """What day a map, a list or a report shows.

    Attributes:
        mode: Now, as decided or as known then.
        day: The day; None is today, which now always is.
    """

    mode: Mode = Mode.NOW
    day: date | None = None

    @property
    def is_past(self) -> bool:
        """Whether anything but the present is shown; said wherever it is."""
        return self.mode is not Mode.NOW

    @property
    def on(self) -> date:
        """The day that is shown."""
        return self.day if self.is_past and self.day is not None else today()

    def at(self, day: date) -> Moment:
        """Return another day seen with the same eyes; now becomes as decided."""
        return Moment(self.mode if self.is_past else Mode.DECIDED, min(day, today()))

    def seen_as(self, mode: Mode) -> Moment:
        """Return the same day seen with other eyes."""
        return NOW if mode is Mode.NOW else Moment(mode, self.on)


NOW = Moment()
