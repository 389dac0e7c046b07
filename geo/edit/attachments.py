"""Photographs of a row of the plan: attaching them, removing them, destroying them for good.

A site, an inspection and a border crossing can have photographs. An allegation cannot: who took a
picture of what is alleged is the complainant or close to them, and what it shows may be a victim;
neither belongs into a plan that many people open. Such a picture stays with the office that
received it, and the allegation names the source.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from geo.edit.edit import Delta, Edit, deleting, inserting, updating
from geo.edit.sites import shown_name
from geo.edit.verbs import Verb
from geo.errors import InputError
from geo.masking import mask
from geo.model.entity import Kind
from geo.model.evidence import Attachment
from geo.model.place import BorderCrossing
from geo.model.result import Inspection
from geo.model.site import Site
from geo.photos import Photo

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.edit.reading import PlanRows

OWNERS: Final = frozenset({Kind.SITE, Kind.INSPECTION, Kind.CROSSING})


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPhoto:
    """A photograph to be attached, with what a person says of it.

    Attributes:
        file_name: As it was chosen, without its folder.
        taken_on: As the person confirmed it; the file's own day is only proposed.
    """

    photo: Photo
    file_name: str
    caption: str = ""
    taken_on: date | None = None


def attach(plan: PlanRows, owner_kind: Kind, owner_id: str, photos: Sequence[NewPhoto]) -> Edit:
    """Return the edit that attaches photographs to one row.

    Their contents go to the store with it: ``commit(edit, contents=contents_of(photos))``.

    Raises:
        InputError: There are none, the row cannot have any or is gone, one is attached already, or
            is dated in the future.
    """
    if not photos:
        raise InputError("error.photo.none")
    name = owner_name(plan, owner_kind, owner_id)
    there = {a.content_sha256: a.file_name for a in attachments_of(plan, owner_kind, owner_id)}
    rows: list[Attachment] = []
    for new in photos:
        content = new.photo.content_sha256
        if content in there:
            raise InputError("error.photo.already", name=new.file_name, there=there[content])
        there[content] = new.file_name
        _demand_day(new.taken_on, new.file_name)
        rows.append(
            Attachment(
                owner_kind=owner_kind,
                owner_id=owner_id,
                file_name=new.file_name,
                media_type=new.photo.media_type,
                sha256=new.photo.sha256,
                content_sha256=content,
                size=len(new.photo.content),
                caption=mask(new.caption.strip()),
                taken_on=new.taken_on,
                added_at=datetime.now(UTC),
                added_by=plan.user.id if plan.user else "",
            )
        )
    return Edit(verb=Verb.ATTACH, params={"name": name}, deltas=(inserting(rows),))


def contents_of(photos: Sequence[NewPhoto]) -> dict[str, bytes]:
    """Return what the store keeps of photographs, by digest."""
    return {new.photo.content_sha256: new.photo.content for new in photos}


def detach(plan: PlanRows, attachment_id: str) -> Edit:
    """Return the edit that removes a photograph; undo brings it back.

    Raises:
        InputError: It is gone.
    """
    row = attachment_of(plan, attachment_id)
    return Edit(verb=Verb.DETACH, params=_owner_of(plan, row), deltas=(deleting(row),))


def destroy(plan: PlanRows, attachment_id: str) -> Edit:
    """Return the edit that removes a photograph for good, wherever the plan has it.

    It ends undo, so that nothing speaks of the content any more and the store overwrites it with
    this edit: a photograph can endanger people, and then it has to be gone at once. That this and
    everything before it cannot be taken back must be said before. The entry itself (file name,
    caption, digests) stays in the plan's history, as everything that was done does.

    Raises:
        InputError: It is gone.
    """
    row = attachment_of(plan, attachment_id)
    table = plan.table(Kind.ATTACHMENT)
    same = table.ids[table["content_sha256"] == row.content_sha256]
    deltas: tuple[Delta, ...] = tuple(deleting(plan.get(Attachment, str(i))) for i in same)
    return Edit(verb=Verb.DETACH, params=_owner_of(plan, row), deltas=deltas, barrier=True)


def recaption(plan: PlanRows, attachment_id: str, caption: str, taken_on: date | None) -> Edit:
    """Return the edit that gives a photograph another caption and day.

    Raises:
        InputError: It is gone, or the day is in the future.
    """
    old = attachment_of(plan, attachment_id)
    _demand_day(taken_on, old.file_name)
    new = replace(old, caption=mask(caption.strip()), taken_on=taken_on)
    return Edit(verb=Verb.RECAPTION, params=_owner_of(plan, old), deltas=(updating(old, new),))


def attachments_of(plan: PlanRows, owner_kind: Kind, owner_id: str) -> list[Attachment]:
    """Return the photographs of one row in the order in which they were added."""
    table = plan.table(Kind.ATTACHMENT)
    if not len(table):
        return []
    mine = (table["owner_id"] == owner_id) & (table["owner_kind"] == owner_kind.value)
    found = [plan.get(Attachment, str(i)) for i in table.ids[mine]]
    # An undo puts a row back at the end of its table.
    return sorted(found, key=lambda a: (a.added_at, a.file_name))


def attachment_of(plan: PlanRows, attachment_id: str) -> Attachment:
    """Return a photograph's entry.

    Raises:
        InputError: It is gone.
    """
    found = plan.find(Attachment, attachment_id)
    if found is None:
        raise InputError("error.photo.gone")
    return found


def owner_name(plan: PlanRows, owner_kind: Kind, owner_id: str) -> str:
    """Return what the row is called that has photographs or shall have some.

    Raises:
        InputError: Rows of this kind have none, or it is gone.
    """
    found: Site | Inspection | BorderCrossing | None = None
    if owner_kind is Kind.SITE:
        found = plan.find(Site, owner_id)
    elif owner_kind is Kind.INSPECTION:
        found = plan.find(Inspection, owner_id)
    elif owner_kind is Kind.CROSSING:
        found = plan.find(BorderCrossing, owner_id)
    else:
        raise InputError("error.photo.no_owner")
    if found is None:
        raise InputError("error.photo.owner_gone")
    if isinstance(found, Site):
        return shown_name(found)
    if isinstance(found, Inspection):
        site = plan.find(Site, found.site_id)
        return shown_name(site) if site is not None else found.reference
    return found.name_en or found.name_km


def _owner_of(plan: PlanRows, row: Attachment) -> dict[str, str | int]:
    try:
        return {"name": owner_name(plan, row.owner_kind, row.owner_id)}
    except InputError:  # the row went; its photographs can still be removed
        return {"name": row.file_name}


def _demand_day(day: date | None, name: str) -> None:
    if day is not None and day > datetime.now(UTC).astimezone().date():
        raise InputError("error.photo.future", name=name)
