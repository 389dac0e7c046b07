"""Teams with their groups by role.

The groups were gathered before (`geo.formats.team_groups`), whatever the layout.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from geo.formats.team_groups import GROUPS
from geo.formats.text import digits
from geo.formats.values.admin import Match, clean_code
from geo.formats.values.numbers import parse_count
from geo.formats.values.problem import ValueProblemError
from geo.formats.values.words import meaning
from geo.formats.work import Work, as_text
from geo.masking import mask
from geo.model.vocabulary import GroupKind, VehicleKind

if TYPE_CHECKING:
    from geo.formats.raw import Cell
    from geo.model.codec import Scalar

# A comma parts vehicles only before the next kind: a name behind a colon may hold one.
_LIST = re.compile(r"\s*[;\n]\s*|\s*,\s*(?=\d{1,2}\s)")
_COUNTED = re.compile(r"(\d{1,2})\s*[x×]?\s+(\D.*)$")


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
    found: list[str] = []
    answers = work.mapping.words.get("group", {})
    for i in range(work.n):
        rows: dict[str, dict[str, object]] = {}
        for group in _written(work, i):
            answered = answers.get(group["kind"], "")
            kind = GroupKind(answered) if answered else meaning(GroupKind, group["kind"])
            if kind is None:
                work.fail(i, "group", "import.reason.unknown_word", value=group["kind"], ask=True)
                continue
            count = _count(work, i, kind, group["members"])
            row: dict[str, object] = {
                "kind": kind.value,
                "chief": mask(group["chief"]),
                "task": mask(group["task"]),
                "members": count,
            }
            if kind.value in rows:
                work.fail(i, "group", "import.reason.same_group", value=group["kind"], ask=True)
            rows[kind.value] = row
        found.append(json.dumps(list(rows.values()), ensure_ascii=False, separators=(",", ":")))
    return found


def _written(work: Work, i: int) -> list[dict[str, str]]:
    """Return the groups of a team as the file has them."""
    cell = as_text(work.raw.column(GROUPS)[i]) if GROUPS in work.raw.columns else ""
    written: list[dict[str, str]] = json.loads(cell) if cell else []
    return written


def _count(work: Work, i: int, kind: GroupKind, members: str) -> int:
    try:
        return parse_count(members or None) or 0
    except ValueProblemError as problem:
        work.fail(i, f"{kind.value}_members", problem.code, value=members, ask=True)
        return 0


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
