"""Sources: under a pseudonym, with their reliability, and of whom they are independent.

Independence is mutual: an edit writes it into both rows, and whoever reads it believes either. What
was not entered is not known, and `geo.corroboration` takes it for dependent.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from geo.edit.edit import Delta, Edit, inserting, updating
from geo.edit.verbs import Verb
from geo.errors import InputError
from geo.masking import mask
from geo.model.allegation import Source
from geo.model.vocabulary import Reliability
from geo.names import search_key

if TYPE_CHECKING:
    from collections.abc import Collection

    from geo.edit.reading import PlanRows

PREFIX = "S-"
LONGEST = 24
_OWN = re.compile(rf"{PREFIX}(\d{{1,6}})", re.IGNORECASE)
_DIGIT_RUN = re.compile(r"\d{6}")
_ADDRESS = re.compile(r"@|://|www\.", re.IGNORECASE)


def next_pseudonym(plan: PlanRows) -> str:
    """Return the next free pseudonym: ``S-001`` in an empty plan, else one after the highest."""
    found = (_OWN.fullmatch(str(p).strip()) for p in _pseudonyms(plan))
    return f"{PREFIX}{max((int(m[1]) for m in found if m), default=0) + 1:03d}"


def looks_like_a_name(pseudonym: str) -> bool:
    """Tell whether a pseudonym has no number in it, so that it may be somebody's name: to warn."""
    return bool(pseudonym.strip()) and not any(c.isdigit() for c in pseudonym)


def add_source(
    plan: PlanRows,
    pseudonym: str = "",
    *,
    reliability: Reliability = Reliability.F,
    independent_of: Collection[str] = (),
) -> Edit:
    """Return the edit that adds a source; without a pseudonym under the next free one.

    Args:
        plan: The plan.
        pseudonym: What the source is called in the plan; never a name.
        reliability: A to F; F cannot be judged, and is neutral.
        independent_of: Ids of sources that it does not depend on.

    Raises:
        InputError: The pseudonym is taken, too long, or looks like a telephone number or an
            address; or a source that it should be independent of is gone.
    """
    source = new_source(plan, pseudonym, reliability=reliability)
    others = [source_of(plan, i) for i in sorted(set(independent_of))]
    source = replace(source, independent_of=tuple(o.id for o in others))
    return Edit(
        verb=Verb.ADD_SOURCE,
        params={"name": source.pseudonym},
        deltas=(inserting([source]), *(_joined(o, source.id, joined=True) for o in others)),
    )


def new_source(
    plan: PlanRows, pseudonym: str = "", *, reliability: Reliability = Reliability.F
) -> Source:
    """Return a source that is not in the plan yet, after the same checks as `add_source`.

    Raises:
        InputError: See `add_source`.
    """
    pseudonym = pseudonym.strip() or next_pseudonym(plan)
    _check(plan, pseudonym)
    return Source(pseudonym=pseudonym, reliability=reliability)


def correct_source(
    plan: PlanRows,
    source_id: str,
    *,
    pseudonym: str = "",
    reliability: Reliability | None = None,
    independent_of: Collection[str] | None = None,
) -> Edit:
    """Return the edit that corrects a source; what is not given stays as it is.

    Args:
        plan: The plan.
        source_id: The source.
        pseudonym: Its new pseudonym.
        reliability: A to F.
        independent_of: Ids of exactly the sources of which it is independent; both rows say so
            afterwards.

    Raises:
        InputError: It or another source is gone, it would be independent of itself, or see
            `add_source`.
    """
    old = source_of(plan, source_id)
    pseudonym = pseudonym.strip() or old.pseudonym
    if pseudonym != old.pseudonym:
        _check(plan, pseudonym, besides=source_id)
    new = replace(old, pseudonym=pseudonym, reliability=reliability or old.reliability)
    deltas: list[Delta] = []
    if independent_of is not None:
        wanted = set(independent_of)
        if source_id in wanted:
            raise InputError("error.source.of_itself", name=pseudonym)
        for other_id in wanted:
            source_of(plan, other_id)
        new = replace(new, independent_of=tuple(sorted(wanted)))
        deltas = [
            _joined(other, source_id, joined=other.id in wanted)
            for other in plan.all(Source)
            if other.id != source_id and (other.id in wanted) != (source_id in other.independent_of)
        ]
    return Edit(
        verb=Verb.EDIT_SOURCE,
        params={"name": new.pseudonym},
        deltas=(updating(old, new), *deltas),
    )


def source_of(plan: PlanRows, source_id: str) -> Source:
    """Return a source.

    Raises:
        InputError: It is gone.
    """
    source = plan.find(Source, source_id)
    if source is None:
        raise InputError("error.source.gone")
    return source


def independent_ids(plan: PlanRows, source_id: str) -> set[str]:
    """Return the ids of the sources known to be independent of one, whichever row says so."""
    source = source_of(plan, source_id)
    said = {s.id for s in plan.all(Source) if source_id in s.independent_of}
    return said | set(source.independent_of)


def _joined(source: Source, other_id: str, *, joined: bool) -> Delta:
    ids = set(source.independent_of) | {other_id} if joined else set(source.independent_of)
    if not joined:
        ids.discard(other_id)
    return updating(source, replace(source, independent_of=tuple(sorted(ids))))


def _check(plan: PlanRows, pseudonym: str, *, besides: str = "") -> None:
    if len(pseudonym) > LONGEST or "\n" in pseudonym:
        raise InputError("error.source.too_long", n=LONGEST)
    bare = re.sub(r"[\s.\-()/]", "", pseudonym)
    if mask(pseudonym) != pseudonym or _ADDRESS.search(pseudonym) or _DIGIT_RUN.search(bare):
        raise InputError("error.source.looks_like_contact")
    key = search_key(pseudonym)
    for source in plan.all(Source):
        if source.id != besides and search_key(source.pseudonym) == key:
            raise InputError("error.source.taken", name=source.pseudonym)


def _pseudonyms(plan: PlanRows) -> tuple[str, ...]:
    return tuple(s.pseudonym for s in plan.all(Source))
