"""Provinces that sign returns, for the tests of what becomes of them; all of it fictional."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from geo.keys import KeySigner
from geo.model.result import MonthlyReturn
from geo.return_document import signed

PROVINCES = tuple(f"{n:02}" for n in range(1, 26))
SEPTEMBER = date(2022, 9, 1)


def key_of(province: str) -> KeySigner:
    """Return the key of a province, the same in every test."""
    return KeySigner(f"user {province}", Ed25519PrivateKey.from_private_bytes(
        province.encode().rjust(32, b"."))
    )  # fmt: skip


def told(province: str = "18", *, signer: KeySigner | None = None, **more) -> MonthlyReturn:
    """Return a signed return of a province."""
    one = MonthlyReturn(
        province_code=province,
        month=SEPTEMBER,
        reported=12,
        triaged=9,
        inspected=3,
        rescued=None,
        plan_id=f"plan {province}",
        signed_at=datetime(2022, 10, 3, 8, tzinfo=UTC),
        signer_role="governor",
    )
    signer = signer or key_of(province)
    return signed(replace(one, signer_key=signer.public_key, **more), signer)
