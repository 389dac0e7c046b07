"""Provinces' returns side by side: which files are believed, and which of several counts.

The rules, in this order:

1. A file that is no return, or is of a newer version, is refused.
2. A file whose signature does not fit what it says was altered after it was signed: refused.
3. Where keys are known, a file that is signed with none of those of its province is refused. Where
   none are known for a province, it counts; it is marked unless an earlier return of the province
   that is in the plan has the same key. A signature alone proves that nobody altered it since.
4. The same return twice counts once.
5. Of several editions from one plan the one with the highest number counts; the others are named.
6. Two returns of one province and month that neither rule settles (two plans, or two different ones
   of the same edition) contradict each other: none counts, for nobody here can say which holds.

A province without a return that counts has "no return", which is no number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from geo.errors import InputError
from geo.model.result import MonthlyReturn
from geo.return_document import from_bytes, is_genuine

Keys = Mapping[str, frozenset[str]]
"""Province → public keys, hexadecimal, that may sign for it."""


class Finding(StrEnum):
    """What is to be said of a file or return; its text is ``returns.finding.<value>``."""

    NOT_A_RETURN = "not_a_return"
    NEWER = "newer"
    ALTERED = "altered"
    NO_SUCH_PROVINCE = "no_such_province"
    UNKNOWN_KEY = "unknown_key"
    CONTRADICT = "contradict"
    KEY_UNCHECKED = "key_unchecked"
    NEW_KEY = "new_key"
    TWICE = "twice"
    SUPERSEDED = "superseded"
    FICTIONAL = "fictional"


REFUSES = frozenset(
    {
        Finding.NOT_A_RETURN,
        Finding.NEWER,
        Finding.ALTERED,
        Finding.NO_SUCH_PROVINCE,
        Finding.UNKNOWN_KEY,
        Finding.CONTRADICT,
    }
)
"""Findings because of which a file does not count; the others are only said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something that was found.

    Attributes:
        file: Name of the file, or empty for a return of the plan.
        province_code: NCDD code, or empty where it is not known.
        month: First day, or None.
        edition: Of the return, or 0.
    """

    finding: Finding
    file: str = ""
    province_code: str = ""
    month: date | None = None
    edition: int = 0

    @property
    def refuses(self) -> bool:
        """Whether it does not count because of this."""
        return self.finding in REFUSES


@dataclass(frozen=True, slots=True, kw_only=True)
class Combined:
    """Returns that count, one of each province and month, and what was found.

    Attributes:
        returns: In order of month and province.
        genuine: All that were signed as they stand, also superseded ones: what a plan takes in.
    """

    returns: tuple[MonthlyReturn, ...]
    remarks: tuple[Remark, ...]
    genuine: tuple[MonthlyReturn, ...] = ()

    @property
    def months(self) -> tuple[date, ...]:
        """Months of which there is a return."""
        return tuple(sorted({one.month for one in self.returns}))

    def of(self, month: date) -> dict[str, MonthlyReturn]:
        """Return what each province reports of a month."""
        return {one.province_code: one for one in self.returns if one.month == month}


def keys_in(returns: Iterable[MonthlyReturn]) -> Keys:
    """Return the keys with which provinces signed the returns of a plan, as far as genuine."""
    found: dict[str, frozenset[str]] = defaultdict(frozenset)
    for one in returns:
        if is_genuine(one):
            found[one.province_code] |= {one.signer_key}
    return dict(found)


def combine(
    files: Iterable[tuple[str, bytes]],
    provinces: Sequence[str],
    keys: Keys | None = None,
    seen: Keys | None = None,
) -> Combined:
    """Set the returns of some files side by side, by the rules above.

    Args:
        files: Name and content of each.
        provinces: NCDD codes that there are.
        keys: Keys that are known; None is that nobody gave a list.
        seen: Keys of earlier returns, see `keys_in`: another one may be a new officer's, or a
            stranger's.
    """
    remarks: list[Remark] = []
    read: list[tuple[str, MonthlyReturn]] = []
    for name, data in files:
        one = _read(name, data, provinces, (keys or {}, seen or {}), remarks)
        if one is not None:
            read.append((name, one))
    counted, found = standing(read)
    return Combined(
        returns=counted,
        remarks=(*remarks, *found),
        genuine=tuple(one for _, one in read),
    )


def standing(
    named: Iterable[tuple[str, MonthlyReturn]],
) -> tuple[tuple[MonthlyReturn, ...], tuple[Remark, ...]]:
    """Return the returns that count, by rules 4 to 6, and what is to be said of the others.

    Args:
        named: Genuine returns with the name of the file that each came in, or an empty name.
    """
    groups: dict[tuple[date, str], list[tuple[str, MonthlyReturn]]] = defaultdict(list)
    for name, one in named:
        groups[one.month, one.province_code].append((name, one))
    counted: list[MonthlyReturn] = []
    remarks: list[Remark] = []
    for _, group in sorted(groups.items(), key=lambda item: item[0]):
        own: dict[str, tuple[str, MonthlyReturn]] = {}
        for name, one in group:
            if one.id in own:
                remarks.append(_remark(Finding.TWICE, name, one))
            else:
                own[one.id] = (name, one)
        best = max(one.edition for _, one in own.values())
        first = [pair for pair in own.values() if pair[1].edition == best]
        plans = {one.plan_id for _, one in own.values()}
        if len(plans) > 1 or len(first) > 1:
            remarks += [_remark(Finding.CONTRADICT, *pair) for pair in own.values()]
            continue
        counted.append(first[0][1])
        remarks += [
            _remark(Finding.SUPERSEDED, *pair) for pair in own.values() if pair[1].edition < best
        ]
    return tuple(counted), tuple(remarks)


def _read(
    name: str,
    data: bytes,
    provinces: Sequence[str],
    known: tuple[Keys, Keys],
    remarks: list[Remark],
) -> MonthlyReturn | None:
    keys, seen = known
    try:
        one = from_bytes(data)
    except InputError as error:
        newer = error.code == "error.return.newer"
        remarks.append(Remark(finding=Finding.NEWER if newer else Finding.NOT_A_RETURN, file=name))
        return None
    refused = _refusal(one, provinces, keys)
    if refused is not None:
        remarks.append(_remark(refused, name, one))
        return None
    earlier = seen.get(one.province_code)
    if not keys.get(one.province_code) and one.signer_key not in (earlier or ()):
        new = Finding.NEW_KEY if earlier else Finding.KEY_UNCHECKED
        remarks.append(_remark(new, name, one))
    if one.fictional:
        remarks.append(_remark(Finding.FICTIONAL, name, one))
    return one


def _refusal(one: MonthlyReturn, provinces: Sequence[str], keys: Keys) -> Finding | None:
    if not is_genuine(one):
        return Finding.ALTERED
    if one.province_code not in provinces:
        return Finding.NO_SUCH_PROVINCE
    known = keys.get(one.province_code)
    return Finding.UNKNOWN_KEY if known and one.signer_key not in known else None


def _remark(finding: Finding, file: str, one: MonthlyReturn) -> Remark:
    return Remark(
        finding=finding,
        file=file,
        province_code=one.province_code,
        month=one.month,
        edition=one.edition,
    )
