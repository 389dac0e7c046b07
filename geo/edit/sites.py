"""Sites: adding, correcting, and the decision that alone changes a legal status."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from geo.edit.edit import Delta, Edit, inserting, updating
from geo.edit.verbs import Verb
from geo.errors import InputError, NotAllowedError
from geo.model.entity import Kind
from geo.model.site import Authority, Site, StatusDecision
from geo.model.vocabulary import LegalStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.edit.reading import PlanRows

_S = LegalStatus
# unverified → under review → legal | illegal | mixed; legal ↔ suspended → revoked; illegal →
# regularised; # an appeal leads from illegal back under review. What is unknown may first be put
# under review only.
TRANSITIONS: dict[LegalStatus, frozenset[LegalStatus]] = {
    _S.UNVERIFIED: frozenset({_S.UNDER_REVIEW, _S.LEGAL, _S.ILLEGAL, _S.MIXED}),
    _S.UNDER_REVIEW: frozenset({_S.UNVERIFIED, _S.LEGAL, _S.ILLEGAL, _S.MIXED}),
    _S.LEGAL: frozenset({_S.UNDER_REVIEW, _S.SUSPENDED}),
    _S.ILLEGAL: frozenset({_S.UNDER_REVIEW, _S.REGULARISED}),
    _S.MIXED: frozenset({_S.UNDER_REVIEW, _S.LEGAL, _S.ILLEGAL}),
    _S.SUSPENDED: frozenset({_S.LEGAL, _S.REVOKED, _S.UNDER_REVIEW}),
    _S.REVOKED: frozenset({_S.UNDER_REVIEW, _S.REGULARISED}),
    _S.REGULARISED: frozenset({_S.UNDER_REVIEW, _S.SUSPENDED}),
}


def add_site(site: Site) -> Edit:
    """Return the edit that adds a site; it starts unverified whatever it claims.

    Raises:
        InputError: It has no name and no code, or brings a legal status with it.
    """
    if not (site.code or site.name_km or site.name_en or site.name_zh):
        raise InputError("error.site.no_name")
    if site.legal_status is not LegalStatus.UNVERIFIED:
        raise InputError("error.site.status_without_decision")
    return Edit(verb=Verb.ADD_SITE, params={"name": shown_name(site)}, deltas=(inserting([site]),))


def edit_site(plan: PlanRows, site: Site) -> Edit:
    """Return the edit that corrects a site's fields, but never its legal status.

    Raises:
        InputError: The site is gone, or its legal status differs: that takes a decision.
    """
    old = plan.find(Site, site.id)
    if old is None:
        raise InputError("error.site.gone")
    if old.legal_status is not site.legal_status:
        raise InputError("error.site.status_without_decision")
    return Edit(
        verb=Verb.EDIT_SITE, params={"name": shown_name(site)}, deltas=(updating(old, site),)
    )


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
    """Return the edit that enters an authority's decision on the legal status of sites.

    Args:
        plan: The plan.
        site_ids: One or more sites that the same document decides about.
        to: The status decided.
        reason: Why, in the authority's words.
        authority_id: An authority of the plan's list.
        document: Reference of the authority's document.
        decided_on: When the authority decided.

    Raises:
        InputError: Reason, document or authority is missing, the day lies ahead, a site is gone, or
            its status cannot lead to `to`.
        NotAllowedError: Nobody is signed in, or the authority may not decide.
    """
    if not reason.strip():
        raise InputError("error.decision.no_reason")
    if not document.strip():
        raise InputError("error.decision.no_document")
    if decided_on > datetime.now(UTC).astimezone().date():
        raise InputError("error.decision.future")
    if plan.user is None:
        raise NotAllowedError("error.nobody_signed_in")
    authority = plan.find(Authority, authority_id)
    if authority is None:
        raise InputError("error.decision.no_authority")
    if not authority.may_decide:
        raise NotAllowedError("error.decision.authority_may_not", name=authority.name_en)
    sites = [_decidable(plan, site_id, to, decided_on) for site_id in site_ids]
    if not sites:
        raise InputError("error.decision.no_site")
    decisions = [
        StatusDecision(
            site_id=site.id,
            from_status=site.legal_status,
            to_status=to,
            reason=reason.strip(),
            authority_id=authority_id,
            document=document.strip(),
            decided_on=decided_on,
            recorded_at=datetime.now(UTC),
            decided_by=plan.user.id,
        )
        for site in sites
    ]
    changed = Delta(
        Kind.SITE,
        tuple(s.id for s in sites),
        tuple(s.version for s in sites),
        {"legal_status": tuple(s.legal_status.value for s in sites)},
        {"legal_status": tuple(to.value for _ in sites)},
    )
    name = shown_name(sites[0]) if len(sites) == 1 else str(len(sites))
    return Edit(
        verb=Verb.DECIDE_STATUS,
        params={"name": name, "status": to.value},
        deltas=(inserting(decisions), changed),
    )


def shown_name(site: Site) -> str:
    """Return what a site is called: its English, else Khmer, else Chinese name, else its code."""
    return site.name_en or site.name_km or site.name_zh or site.code


def _decidable(plan: PlanRows, site_id: str, to: LegalStatus, decided_on: date) -> Site:
    site = plan.find(Site, site_id)
    if site is None:
        raise InputError("error.site.gone")
    if to not in TRANSITIONS[site.legal_status]:
        raise InputError(
            "error.decision.no_such_way",
            name=shown_name(site),
            current=site.legal_status.value,
            wanted=to.value,
        )
    ledger = ledger_of(plan, site_id)
    if ledger and decided_on < ledger[-1].decided_on:
        raise InputError(
            "error.decision.before_last", name=shown_name(site), last=ledger[-1].decided_on
        )
    return site


def ledger_of(plan: PlanRows, site_id: str) -> list[StatusDecision]:
    """Return a site's decisions, the latest last."""
    table = plan.table(Kind.STATUS_DECISION)
    ids = table.ids[table["site_id"] == site_id]
    found = [plan.get(StatusDecision, str(i)) for i in ids]
    return sorted(found, key=lambda d: (d.decided_on, d.recorded_at))
