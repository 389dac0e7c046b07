"""What no operation is made of, in whatever way it would come in: times and limits that cannot be.

Times are written as the clock in Cambodia has them. A time with a zone cannot be set beside them,
so that nothing could be said of readiness any more; and a speed without end would let every
ambulance be near.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Final

from geo.errors import InputError
from geo.model.command import Limits

if TYPE_CHECKING:
    from geo.model.command import Operation

LIMITS: Final = {
    "ambulance_minutes": (1, 600),
    "fire_minutes": (1, 600),
    "speed_kmh": (5, 120),
    "notice_minutes": (0, 1440),
    "stale_days": (1, 3650),
}
"""The least and the most of each limit."""


def check_operation(old: Operation | None, new: Operation) -> None:
    """Refuse periods and limits that cannot be; what an older plan had may stay.

    Args:
        old: As the plan has it, or None for one that is made.
        new: As it is to be.

    Raises:
        InputError: A period has no name, a time with a zone, or ends before it begins, two have one
            id or name, or a limit is out of range.
    """
    if old is None or old.periods != new.periods:
        _check_periods(new)
    before = old.limits if old is not None else Limits()
    for name in (f.name for f in fields(Limits)):
        value = getattr(new.limits, name)
        least, most = LIMITS[name]
        if value != getattr(before, name) and not least <= value <= most:
            raise InputError("error.operation.limit", limit=name, least=least, most=most)


def _check_periods(operation: Operation) -> None:
    periods, name = operation.periods, operation.name
    if any(p.starts.tzinfo is not None or p.ends.tzinfo is not None for p in periods):
        raise InputError("error.operation.time_with_zone")
    if any(p.ends <= p.starts for p in periods):
        raise InputError("error.operation.period_backwards", name=name)
    if any(not p.name.strip() for p in periods):
        raise InputError("error.operation.period_no_name", name=name)
    if len({p.name.strip() for p in periods}) < len(periods) or len({p.id for p in periods}) < len(
        periods
    ):
        raise InputError("error.operation.period_twice", name=name)
