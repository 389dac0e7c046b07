"""Which operation and which of its periods the window, a table or a report is about."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Duty:
    """An operation and one of its periods.

    Attributes:
        operation_id: Empty shows the zones of every operation.
        period_id: Empty shows the assignments of every period.
    """

    operation_id: str = ""
    period_id: str = ""

    @property
    def is_chosen(self) -> bool:
        """Whether anything is left out."""
        return bool(self.operation_id or self.period_id)


EVERY = Duty()
