"""The plan itself: its title, its users, and the imports whose rows wait for an answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from geo.model.entity import Entity, Kind
from geo.model.vocabulary import Role, WaitingState


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanInfo(Entity):
    """The one row that names the plan.

    Attributes:
        province_code: NCDD code of the province it is made for.
        fictional: Demonstration data; said on every page.
    """

    name: str
    province_code: str
    created_at: datetime
    office_km: str = ""
    office_en: str = ""
    fictional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class User(Entity):
    """A user of the plan; signs with a key whose public half stands here.

    Attributes:
        public_key: Ed25519 public key, 32 bytes in hexadecimal.
    """

    name: str
    role: Role
    office: str = ""
    public_key: str = ""
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportBatch(Entity):
    """One import: which file, how its columns were read, and the conservation of its rows.

    Attributes:
        rows: Data rows in the file; always imported + rejected + waiting.
        mapping: Column of the file → field, as JSON text.
        sha256: Of the file as it was read.
        fingerprint: Of its columns: next month's file with the same ones is read the same way.
    """

    file_name: str
    target: Kind
    imported_at: datetime
    rows: int
    imported: int
    rejected: int
    waiting: int
    mapping: str = "{}"
    sha256: str = ""
    fingerprint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRow(Entity):
    """A row that was not imported: rejected, or waiting for an answer.

    Attributes:
        row: Row number as a person counts in the file.
        field: Field at fault.
        value: The value as it stands in the file.
        reason: Message code with its parameters as JSON: ``["import.reason.zero", {}]``.
        values: The whole row as JSON, so that it can be answered later without the file.
    """

    batch_id: str
    sheet: str = ""
    row: int
    field: str
    value: str
    reason: str
    values: str = "{}"
    state: WaitingState = WaitingState.WAITING
