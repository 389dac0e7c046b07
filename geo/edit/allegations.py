"""Allegations: taking in, correcting, grading, placing, linking, and moving them on.

None of it is a verdict: every edit made here touches allegations and their sources, never a site.
Free text is masked on its way in, whichever way it takes.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geo.corroboration import NEEDED, corroboration
from geo.edit.allegation_checks import LEVEL_OF, check_duplicate, check_site, checked
from geo.edit.allegation_states import REOPENED, TRANSITIONS, Basis
from geo.edit.edit import Edit, inserting, updating
from geo.edit.sources import source_of
from geo.edit.verbs import Verb
from geo.errors import InputError
from geo.model.allegation import Allegation
from geo.model.vocabulary import AllegationStatus, Credibility, Precision, Reliability

if TYPE_CHECKING:
    from datetime import datetime

    from geo.edit.edit import Delta
    from geo.edit.reading import PlanRows
    from geo.model.allegation import Source
    from geo.model.entity import LonLat

_S = AllegationStatus


def add_allegation(
    plan: PlanRows,
    allegation: Allegation,
    *,
    source: Source | None = None,
    now: datetime | None = None,
) -> Edit:
    """Return the edit that takes in an allegation; it is received, whatever it claims.

    Args:
        plan: The plan.
        allegation: What was said; its free text need not be masked yet.
        source: A new source that comes with it (see `sources.new_source`), or None.
        now: Local time; for tests.

    Raises:
        InputError: It says neither when it was received nor what is alleged; or see
            `edit_allegation`.
    """
    if source is not None:
        allegation = replace(allegation, source_id=source.id)
    elif allegation.source_id:
        source_of(plan, allegation.source_id)
    if allegation.status is not _S.RECEIVED or allegation.duplicate_of:
        raise InputError("error.allegation.state_is_an_act")
    allegation = checked(plan, Allegation(id=allegation.id), allegation, now)
    deltas: tuple[Delta, ...] = (inserting([allegation]),)
    if source is not None:
        deltas = (inserting([source]), *deltas)
    return Edit(
        verb=Verb.ADD_ALLEGATION,
        params={"what": "add"},
        deltas=deltas,
    )


def edit_allegation(
    plan: PlanRows,
    allegation: Allegation,
    *,
    source: Source | None = None,
    now: datetime | None = None,
) -> Edit:
    """Return the edit that corrects an allegation's fields, but never its state.

    Raises:
        InputError: It is gone; it was received in the future, or happened after it was received; a
            count, country, place, site or source is not possible; or its state differs, which takes
            `set_state`.
    """
    old = allegation_of(plan, allegation.id)
    if (old.status, old.duplicate_of) != (allegation.status, allegation.duplicate_of):
        raise InputError("error.allegation.state_is_an_act")
    if source is not None:
        allegation = replace(allegation, source_id=source.id)
    elif allegation.source_id != old.source_id and allegation.source_id:
        source_of(plan, allegation.source_id)
    new = checked(plan, old, allegation, now)
    edit = _edit(old, new, "fields")
    return edit if source is None else replace(edit, deltas=(inserting([source]), *edit.deltas))


def grade(
    plan: PlanRows,
    allegation_id: str,
    *,
    reliability: Reliability | None = None,
    credibility: Credibility | None = None,
) -> Edit:
    """Return the edit that grades the source, the information, or both: two separate fields."""
    old = allegation_of(plan, allegation_id)
    new = replace(
        old,
        reliability=reliability or old.reliability,
        credibility=credibility or old.credibility,
    )
    return _edit(old, new, "grade")


def link_to_site(plan: PlanRows, allegation_id: str, site_id: str) -> Edit:
    """Return the edit that links an allegation to a site, which stays as it is.

    Raises:
        InputError: The allegation or the site is gone, or the site was merged into another.
    """
    old = allegation_of(plan, allegation_id)
    check_site(plan, site_id)
    return _edit(old, replace(old, site_id=site_id), "link")


def unlink(plan: PlanRows, allegation_id: str) -> Edit:
    """Return the edit that takes back the link to a site."""
    old = allegation_of(plan, allegation_id)
    return _edit(old, replace(old, site_id=""), "unlink")


def place_allegation(
    plan: PlanRows,
    allegation_id: str,
    *,
    point: LonLat | None = None,
    accuracy_m: float | None = None,
    admin_code: str = "",
    place_text: str | None = None,
) -> Edit:
    """Return the edit that says where: a point, or the smallest unit known; see `at_place`."""
    old = allegation_of(plan, allegation_id)
    new = at_place(old, point=point, accuracy_m=accuracy_m, admin_code=admin_code)
    if place_text is not None:
        new = replace(new, place_text=place_text)
    return _edit(old, checked(plan, old, new, None), "place")


def at_place(
    allegation: Allegation,
    *,
    point: LonLat | None = None,
    accuracy_m: float | None = None,
    admin_code: str = "",
) -> Allegation:
    """Return an allegation at a place; its precision follows from what is known, never finer."""
    precision = LEVEL_OF.get(len(admin_code), Precision.UNKNOWN)
    return replace(
        allegation,
        point=point,
        accuracy_m=accuracy_m if point is not None else None,
        admin_code=admin_code,
        precision=Precision.POINT if point is not None else precision,
    )


def set_state(
    plan: PlanRows,
    allegation_id: str,
    to: AllegationStatus,
    *,
    duplicate_of: str = "",
    basis: Basis | None = None,
) -> Edit:
    """Return the edit that moves an allegation on.

    What `corroborated` rests upon is a code and no words, because the history of a plan holds no
    free text: two independent sources where the rule holds, else the `basis` that is given. It
    stays in the signed history with the number of sources at that time.

    Args:
        plan: The plan.
        allegation_id: The allegation.
        to: Its new state.
        duplicate_of: The allegation that it repeats, if it becomes a duplicate.
        basis: What corroborates it besides independent sources.

    Raises:
        InputError: No way leads there, the other allegation is missing or repeats this one, or
            nothing corroborates it.
    """
    old = allegation_of(plan, allegation_id)
    if to not in TRANSITIONS[old.status]:
        raise InputError(
            "error.allegation.no_such_way",
            state=old.status.value,
            wanted_state=to.value,
            ways=tuple(s.value for s in AllegationStatus if s in TRANSITIONS[old.status]),
        )
    params: dict[str, str | int] = {"from": old.status.value, "to": to.value}
    if (old.status, to) in REOPENED:
        params["reopened"] = 1
    if to is _S.DUPLICATE:
        check_duplicate(plan, old, duplicate_of)
    if to is _S.CORROBORATED:
        found = corroboration(plan, allegation_id)
        if found.holds:
            basis = Basis.INDEPENDENT_SOURCES
        elif basis in {None, Basis.INDEPENDENT_SOURCES}:
            raise InputError(
                "error.allegation.not_corroborated", n=found.independent, needed=NEEDED
            )
        params |= {"basis": basis.value if basis else "", "sources": found.independent}
    new = replace(old, status=to, duplicate_of=duplicate_of if to is _S.DUPLICATE else "")
    edit = _edit(old, new, "state")
    return replace(edit, params={**edit.params, **params})


def allegation_of(plan: PlanRows, allegation_id: str) -> Allegation:
    """Return an allegation.

    Raises:
        InputError: It is gone.
    """
    allegation = plan.find(Allegation, allegation_id)
    if allegation is None:
        raise InputError("error.allegation.gone")
    return allegation


def _edit(old: Allegation, new: Allegation, what: str) -> Edit:
    return Edit(
        verb=Verb.EDIT_ALLEGATION,
        params={"what": what},
        deltas=(updating(old, new),),
    )
