"""Visits to sites that the plan knows: a form that came back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from geo.formats.targets.visit import visits
from geo.formats.targets.visit_of_duty import of_duty
from geo.formats.work import Work, key_of, name_key

if TYPE_CHECKING:
    from geo.model.codec import Scalar

_CLOSE = 85
_NAMES = ("name", "name_km", "name_en", "name_zh")


def build(work: Work) -> dict[str, list[Scalar]]:
    """Return the columns of all rows; ``_site_id`` is the site that was visited."""
    codes = work.texts("site_code")
    names = list(zip(*(work.texts(name) for name in _NAMES), strict=True))
    sites = [_site(work, i, codes[i], names[i]) for i in range(work.n)]
    visited = work.dates("visited_on")
    for i, day in enumerate(visited):
        if day is not None and day > work.existing.today:
            work.fail(i, "visited_on", "import.reason.future", value=day, ask=True)
    columns = visits(work, visited)
    for i, moment in enumerate(columns["_inspected_at"]):
        if moment is None:
            work.fail(i, "inspected_at", "import.reason.missing", ask=True)
    return {**columns, **of_duty(work), "_site_id": list(sites), "_is_visit": [1] * work.n}


def _site(work: Work, i: int, code: str, names: tuple[str, ...]) -> str:
    """Return the site by its code; a name alone is only ever a proposal."""
    known = work.existing.site_ids.get(key_of(code), "") if code else ""
    if not known and code in work.existing.site_codes:
        known = code  # the site itself, as a person chose it
    if known:
        return known
    proposal = _likely(work, names)
    if code:
        reason = "import.reason.unknown_site"
    else:
        reason = "import.reason.which_site" if proposal else "import.reason.no_site"
    value = code or next((n for n in names if n), "")
    work.fail(i, "site_code", reason, value=value, ask=True, proposal=proposal)
    return ""


def _likely(work: Work, names: tuple[str, ...]) -> str:
    """Return the code, or else the id, of the site whose name is likest, or an empty text."""
    known = work.existing.site_names
    best, score = "", 0.0
    for key in {name_key(name) for name in names if name}:
        if key in known:
            best = key
            break
        found = process.extractOne(key, known.keys(), scorer=fuzz.ratio, score_cutoff=_CLOSE)
        if found is not None and found[1] > score:
            best, score = found[0], found[1]
    site_id = known.get(best, "")
    return work.existing.site_codes.get(site_id) or site_id
