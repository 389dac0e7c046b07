"""The decision that alone changes a site's legal status, and the ledger of all decisions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from geo.edit.edit import Delta, Edit, inserting
from geo.edit.ruling import Ruling, check_whole
from geo.edit.sites import shown_name, site_of
from geo.edit.verbs import Verb
from geo.errors import InputError, NotAllowedError
from geo.model.entity import Kind, new_id
from geo.model.site import Site, StatusDecision
from geo.model.vocabulary import LegalStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.edit.reading import PlanRows

_S = LegalStatus
# What the domain draws, and besides a new review of whatever was decided: without it a site that
# was found legal could never be found illegal. Nothing leads back to unverified: else an "illegal"
# could be made to vanish without the decision that annuls it. A review begun by mistake is undone.
TRANSITIONS: dict[LegalStatus, frozenset[LegalStatus]] = {
    _S.UNVERIFIED: frozenset({_S.UNDER_REVIEW}),
    _S.UNDER_REVIEW: frozenset({_S.LEGAL, _S.ILLEGAL, _S.MIXED}),
    _S.LEGAL: frozenset({_S.UNDER_REVIEW, _S.SUSPENDED}),
    _S.ILLEGAL: frozenset({_S.UNDER_REVIEW, _S.REGULARISED}),
    _S.MIXED: frozenset({_S.UNDER_REVIEW}),
    _S.SUSPENDED: frozenset({_S.UNDER_REVIEW, _S.LEGAL, _S.REVOKED}),
    _S.REVOKED: frozenset({_S.UNDER_REVIEW}),
    _S.REGULARISED: frozenset({_S.UNDER_REVIEW}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRuling(Ruling):
    """What an authority decided about one site: the legal status that it has from then on."""

    site_id: str
    to: LegalStatus


def decide_status(
    plan: PlanRows,
    site_ids: Sequence[str],
    to: LegalStatus,
    *,
    reason: str,
    authority_id: str,
    document: str,
    decided_on: date,
) -> Edit:
    """Return the edit that enters one decision about one or more sites; see `decide_many`."""
    return decide_many(
        plan,
        [
            SiteRuling(
                site_id=site_id,
                to=to,
                reason=reason,
                authority_id=authority_id,
                document=document,
                decided_on=decided_on,
            )
            for site_id in site_ids
        ],
    )


def decide_many(plan: PlanRows, rulings: Sequence[SiteRuling]) -> Edit:
    """Return the edit that enters decisions, several about one site in their order.

    A decision that finds a site legal after an appeal annuls the one by which it was illegal.

    Raises:
        InputError: Reason, document or authority is missing, the day lies ahead or before the
            site's last decision, a site is gone, or its status cannot lead to the one decided.
        NotAllowedError: Nobody is signed in, or the authority may not decide.
    """
    if plan.user is None:
        raise NotAllowedError("error.nobody_signed_in")
    if not rulings:
        raise InputError("error.decision.no_site")
    sites: dict[str, Site] = {}
    status: dict[str, LegalStatus] = {}
    last: dict[str, date] = {}
    decisions: list[StatusDecision] = []
    latest = latest_decisions(plan)
    appeals = _Appeals.of(plan)
    first = _after_the_ledger(plan)
    for number, ruling in enumerate(rulings):
        if ruling.site_id not in sites:
            site = sites[ruling.site_id] = site_of(plan, ruling.site_id)
            status[site.id] = site.legal_status
            last[site.id] = latest.get(site.id, date.min)
        site = sites[ruling.site_id]
        _check(plan, ruling, site, status[site.id], last[site.id])
        decision_id = new_id()
        decisions.append(
            StatusDecision(
                id=decision_id,
                site_id=site.id,
                from_status=status[site.id],
                to_status=ruling.to,
                reason=ruling.reason.strip(),
                authority_id=ruling.authority_id,
                document=ruling.document.strip(),
                decided_on=ruling.decided_on,
                recorded_at=first + timedelta(microseconds=number),
                decided_by=plan.user.id,
                annuls=appeals.enter(site.id, decision_id, status[site.id], ruling.to),
            )
        )
        status[site.id], last[site.id] = ruling.to, ruling.decided_on
    changed = [s for s in sites.values() if s.legal_status is not status[s.id]]
    only = next(iter(sites.values()))
    return Edit(
        verb=Verb.DECIDE_STATUS,
        params={"name": shown_name(only) if len(sites) == 1 else str(len(sites))},
        deltas=(inserting(decisions), *_status_delta(changed, status)),
    )


def ledger_of(plan: PlanRows, site_id: str) -> list[StatusDecision]:
    """Return a site's decisions in the order of their dates, the latest last."""
    table = plan.table(Kind.STATUS_DECISION)
    ids = table.ids[table["site_id"] == site_id]
    found = [plan.get(StatusDecision, str(i)) for i in ids]
    return sorted(found, key=lambda d: (d.decided_on, d.recorded_at))


def latest_decisions(plan: PlanRows) -> dict[str, date]:
    """Return the day of each decided site's last decision."""
    table = plan.table(Kind.STATUS_DECISION)
    latest: dict[str, str] = {}
    for site_id, day in zip(table["site_id"], table["decided_on"], strict=True):
        latest[site_id] = max(day, latest.get(site_id, ""))
    return {site_id: date.fromisoformat(day) for site_id, day in latest.items()}


def _after_the_ledger(plan: PlanRows) -> datetime:
    """Return now, or if the clock was set back the moment after the last entry.

    The ledger's order within a day is the order of its entries.
    """
    moments = plan.table(Kind.STATUS_DECISION)["recorded_at"]
    now = datetime.now(UTC)
    if not len(moments):
        return now
    return max(now, datetime.fromisoformat(max(moments)) + timedelta(microseconds=1))


class _Appeals:
    """Which decision each appeal is against: past maps show it as annulled if it succeeds."""

    def __init__(self) -> None:
        self._unlawful: dict[str, str] = {}
        self._appealed: dict[str, str] = {}

    @classmethod
    def of(cls, plan: PlanRows) -> _Appeals:
        """Return the appeals that the plan's ledger leaves open."""
        appeals, ledger = cls(), plan.table(Kind.STATUS_DECISION)
        order = sorted(
            range(len(ledger)), key=lambda i: (ledger["decided_on"][i], ledger["recorded_at"][i])
        )
        for i in order:
            before, to = LegalStatus(ledger["from_status"][i]), LegalStatus(ledger["to_status"][i])
            appeals.enter(str(ledger["site_id"][i]), str(ledger.ids[i]), before, to)
        return appeals

    def enter(self, site_id: str, decision_id: str, before: LegalStatus, to: LegalStatus) -> str:
        """Take note of a decision and return the id of the one that it annuls, or empty."""
        appealed = self._appealed.pop(site_id, "")
        if to is LegalStatus.ILLEGAL:
            self._unlawful[site_id] = decision_id
        elif before is LegalStatus.ILLEGAL and to is LegalStatus.UNDER_REVIEW:
            self._appealed[site_id] = self._unlawful.get(site_id, "")
        return appealed if to is LegalStatus.LEGAL else ""


def _status_delta(sites: list[Site], status: dict[str, LegalStatus]) -> tuple[Delta, ...]:
    if not sites:
        return ()
    return (
        Delta(
            Kind.SITE,
            tuple(s.id for s in sites),
            tuple(s.version for s in sites),
            {"legal_status": tuple(s.legal_status.value for s in sites)},
            {"legal_status": tuple(status[s.id].value for s in sites)},
        ),
    )


def _check(
    plan: PlanRows, ruling: SiteRuling, site: Site, current: LegalStatus, last: date
) -> None:
    name = shown_name(site)
    if site.merged_into:
        raise InputError("error.site.merged")
    check_whole(plan, ruling, name, last)
    if ruling.to not in TRANSITIONS[current]:
        raise InputError(
            "error.decision.no_such_way", name=name, current=current.value, wanted=ruling.to.value
        )
