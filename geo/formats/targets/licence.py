"""Business licences: the number is text, an expiry that is missing means that there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.formats.places import located
from geo.formats.values.dates import OPEN_END_WORDS, parse_date
from geo.formats.values.words import meaning
from geo.formats.work import Work, as_text, key_of
from geo.model.vocabulary import SiteKind

if TYPE_CHECKING:
    from geo.model.codec import Scalar


def build(work: Work) -> dict[str, list[Scalar]]:
    """Return the columns of all rows as `codec.columns_of(Kind.LICENCE)` wants them."""
    numbers = work.texts("number")
    for i, number in enumerate(numbers):
        if not number:
            work.fail(i, "number", "import.reason.no_number")
    work.unique("number", numbers, "import.reason.same_number")
    where = located(work)
    issued = work.dates("issued_on")
    order, base = work.mapping.date_order, work.raw.date1904
    expires = work.parsed(
        "expires_on",
        lambda c: (
            None
            if as_text(c).casefold() in OPEN_END_WORDS
            else parse_date(c, order=order, date1904=base)
        ),
        None,
    )
    for i, (first, last) in enumerate(zip(issued, expires, strict=True)):
        if first is not None and last is not None and last < first:
            work.fail(i, "expires_on", "import.reason.ends_before", value=last, ask=True)
        if first is not None and first > work.existing.today:
            work.fail(i, "issued_on", "import.reason.future", value=first, ask=True)
    activities = work.texts("activity")
    holders = work.texts("holder")
    names = zip(work.texts("business"), work.texts("business_km"), strict=True)
    return {
        "number": list(numbers),
        "authority": list(work.texts("authority")),
        "holder": list(holders),
        "business": [" · ".join(dict.fromkeys(n for n in both if n)) for both in names],
        "activity": list(activities),
        "activity_kind": [(meaning(SiteKind, a) or SiteKind.OTHER).value for a in activities],
        "issued_on": [None if d is None else d.isoformat() for d in issued],
        "expires_on": [None if d is None else d.isoformat() for d in expires],
        "lon": list(where.lon),
        "lat": list(where.lat),
        "admin_code": list(where.admin_code),
        "site_id": [
            work.existing.site_ids.get(key_of(c), "") if c else "" for c in work.texts("site_code")
        ],
    }
