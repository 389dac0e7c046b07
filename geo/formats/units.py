"""The administrative unit of each row: by its codes, else by its names from the province down."""

from __future__ import annotations

from geo.formats.values.admin import CODE_LENGTHS, Match, clean_code
from geo.formats.values.dates import NEVER_WORDS
from geo.formats.work import Work, as_text

_CODES = ("village_code", "commune_code", "district_code", "province_code")
_NAMES = ("province", "district", "commune", "village")


def unit_codes(work: Work, placed: list[bool]) -> list[str]:
    """Return the NCDD code of the smallest unit known for each row, or an empty text.

    Args:
        work: The check.
        placed: Whether a row has a point; a unit that is not found then costs no question.
    """
    codes = _by_code(work, placed)
    if any(work.has(name) for name in _NAMES):
        _by_name(work, placed, codes)
    return codes


def _by_code(work: Work, placed: list[bool]) -> list[str]:
    codes = [""] * work.n
    for name in _CODES:
        if not work.has(name):
            continue
        cache: dict[object, str] = {}
        for i, cell in enumerate(work.cells(name)):
            if cell is None or codes[i]:
                continue
            if cell not in cache:
                code = clean_code(cell)
                ok = len(code) in CODE_LENGTHS and work.names.known(code)
                cache[cell] = code if ok else ""
            if cache[cell]:
                codes[i] = cache[cell]
            elif as_text(cell).casefold() in NEVER_WORDS:
                continue
            elif placed[i]:
                work.mend(i, name, "import.repair.unknown_code", cell)
            else:
                work.fail(i, name, "import.reason.unknown_code", value=cell, ask=True)
    return codes


def _by_name(work: Work, placed: list[bool], codes: list[str]) -> None:
    named = {name: work.filled_down(name) for name in _NAMES if work.has(name)}
    empty = [""] * work.n
    provinces, districts = named.get("province", empty), named.get("district", empty)
    communes, villages = named.get("commune", empty), named.get("village", empty)
    usual = _usual_province(work, districts)
    for i in range(work.n):
        if codes[i]:
            continue
        row = _Row(work, i, ask=not placed[i])
        if not (provinces[i] or districts[i] or communes[i] or villages[i]):
            continue  # nothing was said: where the other rows lie is no evidence
        province = row.province(provinces[i]) if provinces[i] else usual
        if province is not None:
            codes[i] = row.unit(province, districts[i], communes[i], villages[i])


def _usual_province(work: Work, districts: list[str]) -> str:
    """Return the province that a file without a column for it speaks of.

    It is the one that has most of its districts.
    The plan's own province wins a tie; a register of another province is told by its districts.
    """
    named = {d for d in districts if d}
    votes = {
        unit.code: sum(bool(work.names.find(d, unit.code, close=False).code) for d in named)
        for unit in work.gazetteer.provinces
    }
    best = max(votes.values(), default=0)
    plan = work.existing.province_code
    if not best or votes.get(plan) == best:
        return plan
    winners = [code for code, count in votes.items() if count == best]
    return winners[0] if len(winners) == 1 else plan


class _Row:
    """Looks up the names of one row; asks only where nothing else says the place."""

    def __init__(self, work: Work, i: int, *, ask: bool) -> None:
        self._work, self._i, self._ask = work, i, ask

    def province(self, name: str) -> str | None:
        """Return the code of a province; empty for none said, None for one that is not known.

        The units of a row are never looked for in a province other than the one that it names.
        """
        if name.strip().casefold() in NEVER_WORDS:
            return ""
        return self._take("province", name, self._work.names.province(name)) or None

    def unit(  # noqa: PLR0911 - each level that is known may be the last one
        self, province: str, district: str, commune: str, village: str
    ) -> str:
        names = self._work.names
        if not (district or commune or village):
            return province
        if district:
            code = self._take("district", district, names.district(district, province))
        else:
            code = self._district_of(commune, province)
        if not code:
            return ""
        if commune:
            found = self._take("commune", commune, names.find(commune, code))
            if not found:
                return code
            code = found
            if village:
                match = names.find(village, code)
                # A village that is not on the list leaves the commune: less exact, never wrong.
                return match.code if match.code and not match.close else code
            return code
        if village:
            match = names.village(village, code)
            if match.code:
                return match.code
            if match.several:
                self._fail("village", village, "import.reason.several_villages")
        return code

    def _district_of(self, commune: str, province: str) -> str:
        """Return the district of a commune whose name is the only one in its province."""
        match = self._work.names.commune(commune, province) if commune and province else Match()
        if not match.code:
            self._fail("district", commune, "import.reason.no_district")
        return match.code[:4]

    def _take(self, name: str, value: str, match: Match) -> str:
        if match.code:
            if match.close:
                self._work.mend(self._i, name, "import.repair.close_name", value)
            return match.code
        code = "several_units" if match.several else f"unknown_{name}"
        self._fail(name, value, f"import.reason.{code}")
        return ""

    def _fail(self, name: str, value: str, code: str) -> None:
        if self._ask:
            self._work.fail(self._i, name, code, value=value, ask=True)
        else:
            self._work.mend(self._i, name, "import.repair.unknown_code", value)
