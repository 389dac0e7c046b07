"""Pairs of rows that look alike and are not the same, and what rows are called when asked."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from geo.edit.edit import Delta, Edit, deleting, inserting
from geo.edit.verbs import Verb
from geo.errors import InputError, NotAllowedError
from geo.model.allegation import Allegation
from geo.model.entity import Kind
from geo.model.evidence import DistinctPair
from geo.model.site import Site

if TYPE_CHECKING:
    from geo.edit.reading import PlanRows


def keep_apart(plan: PlanRows, kind: Kind, a_id: str, b_id: str, reason: str = "") -> Edit:
    """Return the edit that says that two rows are different; they are never proposed again.

    Raises:
        InputError: A row is gone, or both are one.
        NotAllowedError: Nobody is signed in.
    """
    if plan.user is None:
        raise NotAllowedError("error.nobody_signed_in")
    if a_id == b_id:
        raise InputError("error.merge.same")
    first_id, second_id = sorted((a_id, b_id))
    names = " · ".join(_name(plan, kind, i) for i in (a_id, b_id))
    # An allegation's number leads to who complained: the history of a plan does not hold it.
    kept = names if kind is Kind.SITE else " · ".join(_day(plan, i) for i in (a_id, b_id))
    if any(p.first_id == first_id and p.second_id == second_id for p in plan.all(DistinctPair)):
        raise InputError("error.merge.apart_already", name=names)
    pair = DistinctPair(
        kind=kind,
        first_id=first_id,
        second_id=second_id,
        decided_at=datetime.now(UTC),
        decided_by=plan.user.id,
        reason=reason.strip(),
    )
    return Edit(verb=Verb.KEEP_APART, params={"name": kept}, deltas=(inserting([pair]),))


def pairs_apart(plan: PlanRows, kind: Kind) -> frozenset[tuple[str, str]]:
    """Return the pairs of a kind that were found to be different, the smaller id first."""
    table = plan.table(Kind.DISTINCT_PAIR)
    rows = zip(table["kind"], table["first_id"], table["second_id"], strict=True)
    return frozenset((str(a), str(b)) for found, a, b in rows if found == kind)


def called(site: Site) -> str:
    """Return what a site is called in a sentence, with its code if it has one."""
    name = site.name_en or site.name_km or site.name_zh
    return f"{name} ({site.code})" if name and site.code else name or site.code


def referred(allegation: Allegation) -> str:
    """Return how an allegation is referred to in a sentence: its number, else its day."""
    return allegation.reference or day_of(allegation)


def day_of(allegation: Allegation) -> str:
    """Return the day on which an allegation came in: what the history of a plan calls it by."""
    return allegation.received_on.isoformat() if allegation.received_on else "?"


def _day(plan: PlanRows, allegation_id: str) -> str:
    return day_of(plan.get(Allegation, allegation_id))


def _name(plan: PlanRows, kind: Kind, entity_id: str) -> str:
    if kind is Kind.SITE:
        site = plan.find(Site, entity_id)
        if site is None:
            raise InputError("error.site.gone")
        return called(site)
    allegation = plan.find(Allegation, entity_id)
    if allegation is None:
        raise InputError("error.merge.allegation_gone")
    return referred(allegation)


def no_longer_apart(plan: PlanRows, kind: Kind, a_id: str, b_id: str) -> tuple[Delta, ...]:
    """Return what takes back that two rows are different: who merges them says the contrary."""
    wanted = {a_id, b_id}
    pairs = plan.all(DistinctPair)
    return tuple(
        deleting(p) for p in pairs if p.kind is kind and {p.first_id, p.second_id} == wanted
    )
