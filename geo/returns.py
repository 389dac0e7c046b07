"""A province's return for the ministry: counted from the plan, signed, written as a file.

The file is of the grade *restricted*: the table of grades lets partner authorities see the counts
of a month with province, plan and signature, but not who signed by name. It holds counts alone, and
they are exact: a count under the threshold of the public grade may lead to a person, so neither the
file nor what is combined from it is for the public.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.analysis.scoreboard.board import Period
from geo.analysis.scoreboard.counting import count
from geo.analysis.scoreboard.measures import FIELDS
from geo.analysis.scoreboard.reading import read_registers
from geo.edit.edit import Edit
from geo.edit.reading import PlanAfter
from geo.edit.returns import MonthCounts, demand_closed, end_of, latest, says_the_same, sign_return
from geo.errors import InputError
from geo.model.entity import Kind
from geo.model.result import MonthlyReturn
from geo.model.vocabulary import AdminLevel, Grade
from geo.privacy.grades import K_PREMISES, ROW_RULES, rule
from geo.return_document import COUNTS, to_bytes

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from geo.edit.reading import PlanRows
    from geo.return_document import Signs

GRADE: Final = Grade.RESTRICTED
"""Of a return's file, and of what is combined from such files."""
LEAVES: Final = (
    *COUNTS, "province_code", "month", "plan_id", "edition", "fictional", "last_action_on",
    "signed_at", "signer_role", "signer_key", "signature",
)  # fmt: skip
"""Columns of a return that its file holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """What signing a month would do.

    Attributes:
        edit: The edit, or None where the last edition says the same already.
        row: The return as it stands, or will stand.
    """

    edit: Edit | None
    row: MonthlyReturn


def count_month(
    plan: PlanRows, province_code: str, month: date, not_reported: Collection[str] = ()
) -> MonthCounts:
    """Count a province's closed month; which date counts is said in `scoreboard.measures`.

    Where a register of the plan has no row of the province at all up to the end of the month, its
    columns are "not reported" and not zero: nobody keeps it here. Where it has some, but none in
    the month, the count is zero, and who signs stands for it.

    Args:
        plan: The plan.
        province_code: NCDD code.
        month: Its first day.
        not_reported: Columns that who signs does not want to report.

    Raises:
        InputError: The month is not over, or there is no such column.
    """
    demand_closed(month)
    unknown = [name for name in not_reported if name not in COUNTS]
    if unknown:
        raise InputError("error.return.column", name=unknown[0], columns=", ".join(COUNTS))
    registers, last = read_registers(plan), end_of(month)
    so_far = count(registers, AdminLevel.PROVINCE, Period(None, last), within=province_code)
    in_month = count(registers, AdminLevel.PROVINCE, Period(month, last), within=province_code)
    counts: dict[str, int | None] = {}
    for measure, name in FIELDS.items():
        kept = bool(so_far.known[measure].any())
        counts[name] = (in_month.total(measure) or 0) if kept else None
    counts |= dict.fromkeys(not_reported)
    known = so_far.last_action[~np.isnat(so_far.last_action)]
    return MonthCounts(
        province_code=province_code,
        month=month,
        counts=counts,
        last_action_on=known.max().item() if len(known) else None,
    )


def prepare(plan: PlanRows, told: MonthCounts, signer: Signs | None) -> Signing:
    """Sign a month, or find the return that says the same already.

    Raises:
        InputError: See `geo.edit.returns.sign_return`.
        NotAllowedError: The same.
        SigningKeyError: The same.
    """
    last = latest(plan, told.province_code, told.month)
    if last is not None and says_the_same(last, told):
        return Signing(edit=None, row=last)
    edit = sign_return(plan, told, signer)
    delta = next(d for d in edit.deltas if d.kind is Kind.RETURN)
    return Signing(edit=edit, row=PlanAfter(plan, (delta,)).get(MonthlyReturn, delta.ids[0]))


def file_of(one: MonthlyReturn) -> bytes:
    """Return the file of a return, after its fields passed the table of grades.

    Raises:
        InputError: The table does not let one of them leave.
    """
    if any(rule(Kind.RETURN, name, GRADE) not in ROW_RULES for name in LEAVES):
        raise InputError("error.return.grade", grade=GRADE.value)
    return to_bytes(one)


def small_counts(one: MonthlyReturn) -> tuple[str, ...]:
    """Return the columns whose count is not zero and under the threshold of the public grade."""
    return tuple(n for n in COUNTS if n != "fines_riel" and 0 < (getattr(one, n) or 0) < K_PREMISES)
