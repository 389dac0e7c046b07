"""What is kept beside the rows: photographs, and the answer that two rows are not the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from geo.model.entity import Entity, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment(Entity):
    """A file attached to a row of the plan; its content lies beside the rows, by its digest.

    Attributes:
        owner_kind: Kind of the row that it belongs to.
        owner_id: Id of that row.
        file_name: As it was chosen, without its folder.
        media_type: Such as ``image/jpeg``.
        sha256: Of the file as it was chosen, hexadecimal: proof that it is the same one.
        content_sha256: Of what the plan keeps: without EXIF, which holds place and owner.
        size: Bytes that the plan keeps.
        taken_on: Day of the photograph, where it or a person said so.
        added_by: User id.
    """

    owner_kind: Kind
    owner_id: str
    file_name: str
    media_type: str
    sha256: str
    content_sha256: str
    size: int
    caption: str = ""
    taken_on: date | None = None
    added_at: datetime
    added_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DistinctPair(Entity):
    """Two rows that look alike and were found to be different: never proposed again.

    Attributes:
        first_id: The smaller of the two ids.
    """

    kind: Kind
    first_id: str
    second_id: str
    decided_at: datetime
    decided_by: str
    reason: str = ""
