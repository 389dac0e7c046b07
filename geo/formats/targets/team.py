"""Teams with their groups by role.

Chief, task and number for each kind of group in columns of its own.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from geo.formats.text import digits, normalise
from geo.formats.values.admin import Match, clean_code
from geo.formats.values.numbers import parse_count
from geo.formats.values.problem import ValueProblemError
from geo.formats.values.words import meaning
from geo.formats.work import Work, as_text
from geo.model.vocabulary import GroupKind, VehicleKind

if TYPE_CHECKING:
    from geo.formats.raw import Cell
    from geo.model.codec import Scalar

# A comma parts vehicles only before the next kind: a name behind a colon may hold one.
_LIST = re.compile(r"\s*[;\n]\s*|\s*,\s*(?=\d{1,2}\s)")
_COUNTED = re.compile(r"(\d{1,2})\s*[x×]?\s+(\D.*)$")
_PARTS = ("chief", "task", "members")


def build(work: Work) -> dict[str, list[Scalar]]:
    """Return the columns of all rows as `codec.columns_of(Kind.TEAM)` wants them."""
    names = [
        km or en or plain
        for km, en, plain in zip(
            work.texts("name_km"), work.texts("name_en"), work.texts("name"), strict=True
        )
    ]
    for i, name in enumerate(names):
        if not name:
            work.fail(i, "name", "import.reason.no_name", ask=True)
    work.unique("name", names, "import.reason.same_code")
    leads = [km or en for km, en in zip(work.texts("lead_km"), work.texts("lead_en"), strict=True)]
    return {
        "name": list(names),
        "short_name": list(work.texts("short_name")),
        "lead": list(leads),
        "province_code": _provinces(work),
        "groups": list(_groups(work)),
        "vehicles": list(work.parsed("vehicles", _vehicles, "[]")),
        "contact": list(work.texts("contact")),
    }


def _provinces(work: Work) -> list[Scalar]:
    """Return the province of each team, by its code or by its name; one that is not known waits."""
    codes: list[Scalar] = []
    named = zip(work.texts("province_code"), work.texts("province"), strict=True)
    for i, (code, name) in enumerate(named):
        said = clean_code(code)[:2] or name
        match = work.names.province(said) if said else Match()
        if said and not match.code:
            work.fail(i, "province", "import.reason.unknown_province", value=said, ask=True)
        codes.append(match.code)
    return codes


def _groups(work: Work) -> list[str]:
    columns = {normalise(c): c for c in work.raw.columns}
    rows: list[list[dict[str, object]]] = [[] for _ in range(work.n)]
    for kind in GroupKind:
        word = normalise(kind.value)
        cells = {
            part: work.raw.column(columns[f"{word} {part}"])
            for part in _PARTS
            if f"{word} {part}" in columns
        }
        for i in range(work.n):
            chief, task, members = (as_text(cells[p][i]) if p in cells else "" for p in _PARTS)
            if not (chief or task or members):
                continue
            try:
                count = parse_count(members or None) or 0
            except ValueProblemError as problem:
                work.fail(i, f"{kind.value}_members", problem.code, value=members, ask=True)
                count = 0
            rows[i].append({"kind": kind.value, "chief": chief, "task": task, "members": count})
    return [json.dumps(r, ensure_ascii=False, separators=(",", ":")) for r in rows]


def _vehicles(cell: Cell) -> str:
    found = []
    for part in [p for p in _LIST.split(as_text(cell)) if p]:
        word, _, name = part.partition(":")
        counted = _COUNTED.match(digits(word))
        kind = meaning(VehicleKind, counted[2] if counted else word)
        if kind is None:
            raise ValueProblemError("import.reason.unknown_word", ask=True)
        times = int(counted[1]) if counted else 1
        found += [{"kind": kind.value, "name": name.strip()}] * times
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))
