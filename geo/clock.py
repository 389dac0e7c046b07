"""Days as they are counted in Cambodia, wherever the machine's clock stands."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

CAMBODIA_TIME = timezone(timedelta(hours=7))


def today() -> date:
    """Return today's date in Cambodia."""
    return datetime.now(UTC).astimezone(CAMBODIA_TIME).date()


def end_of_day(day: date) -> datetime:
    """Return the last moment of a day in Cambodia, as UTC: what was entered later came later."""
    return datetime.combine(day, time.max, CAMBODIA_TIME).astimezone(UTC)


def now() -> datetime:
    """Return the time in Cambodia, without zone, as periods and authorisations are written."""
    return datetime.now(UTC).astimezone(CAMBODIA_TIME).replace(tzinfo=None)
