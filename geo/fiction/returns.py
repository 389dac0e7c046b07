"""The demonstration's monthly returns: fictional counts of fictional months, signed like real ones.

The keys of the other provinces are thrown away once they have signed. Four provinces never sent a
return, two missed some months, one reports every month and does nothing: "no return" and "no
action" are different lists. The home province counts its own plan, and its governor signs.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING, Any, Final

from geo.edit.returns import end_of, import_returns, sign_return
from geo.fiction.signing import signed_in
from geo.gazetteer import Gazetteer
from geo.keys import KeySigner
from geo.model.result import MonthlyReturn
from geo.model.vocabulary import Role
from geo.return_document import signed
from geo.returns import count_month

if TYPE_CHECKING:
    from geo.model.plan import User
    from geo.project import Project

MONTHS: Final = 4
"""Closed months before the demonstration of which there are returns."""
SILENT: Final = frozenset({"09", "11", "16", "19"})
"""Provinces that never sent a return: Koh Kong, Mondul Kiri, Ratanak Kiri, Stung Treng."""
LATE: Final = {"02": 2, "20": 1}
"""Province → its last months without a return."""
IDLE: Final = "15"
"""Reports and does nothing."""
CORRECTED: Final = "08"
"""Sent a correction of its last month."""


def add_returns(project: Project, governor: User, day: date) -> None:
    """Take the returns of other provinces into the plan, and sign those of its own."""
    own = project.info.province_code
    months = closed_months(day)
    returns = [
        one
        for unit in Gazetteer.load().provinces
        if unit.code not in SILENT | {own}
        for one in _of_province(unit.code, months)
    ]
    project.commit(import_returns(project, returns))
    with signed_in(project, governor):
        for month in months:
            told = count_month(project, own, month)
            if any(value for value in told.counts.values()):
                project.commit(sign_return(project, told, project.signer))


def closed_months(day: date) -> list[date]:
    """Return the first days of the last months that were over on a day, oldest first."""
    found: list[date] = []
    first = day.replace(day=1)
    while len(found) < MONTHS:
        first = (first - timedelta(days=1)).replace(day=1)
        found.append(first)
    return found[::-1]


def _of_province(code: str, months: list[date]) -> list[MonthlyReturn]:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    dice = Random(f"fictional returns of {code}")  # noqa: S311 - fiction, no secret
    signer = KeySigner(f"fictional {code}", Ed25519PrivateKey.generate())
    sent = months[: len(months) - LATE.get(code, 0)]
    found = []
    for month in sent:
        one = MonthlyReturn(
            province_code=code,
            month=month,
            plan_id=f"fictional-{code}",
            fictional=True,
            signer_key=signer.public_key,
            signer_role=Role.GOVERNOR.value,
            signed_at=datetime.combine(end_of(month) + timedelta(days=3), time(2), UTC),
            **_counts(dice, code, month),
        )
        found.append(signed(one, signer))
    if code == CORRECTED:
        last = found[-1]
        found.append(_corrected(last, signer))
    return found


def _corrected(last: MonthlyReturn, signer: KeySigner) -> MonthlyReturn:
    return signed(replace(last, edition=2, reported=(last.reported or 0) + 3, signature=""), signer)


def _counts(dice: Random, code: str, month: date) -> dict[str, Any]:
    reported = dice.randint(2, 40)
    triaged = dice.randint(reported // 2, reported)
    if code == IDLE:
        return {"reported": reported, "triaged": 0, "inspected": 0, "rescued": 0, "suspects": 0,
                "cases": 0, "fines_riel": 0, "still_open": reported}  # fmt: skip
    inspected = dice.randint(0, 9)
    rescued = dice.randint(0, 12) if inspected else 0
    acted = end_of(month) - timedelta(days=dice.randint(0, 25)) if inspected else None
    return {
        "reported": reported,
        "triaged": triaged,
        "inspected": inspected,
        "rescued": rescued,
        "suspects": dice.randint(0, 5) if inspected else 0,
        # Some provinces cannot say what became of their cases.
        "cases": None if int(code) % 5 == 0 else dice.randint(0, 3),
        "fines_riel": dice.randint(0, 4) * 1_680_000,
        "still_open": reported - triaged + dice.randint(0, 20),
        "last_action_on": acted,
    }
