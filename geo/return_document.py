"""What a monthly return says and signs, as canonical JSON that anybody can check.

The signature is Ed25519 over `PREFIX` and the document without its signature: keys sorted, no
spaces, UTF-8. None stands for "not reported" and is signed as such. Who signed is told by role and
public key, not by name or user id, so that a return carries no officer's name.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final, Protocol
from uuid import NAMESPACE_URL, uuid5

from geo.errors import InputError
from geo.keys import verify
from geo.model.result import MonthlyReturn
from geo.model.vocabulary import Role

FORMAT: Final = "unity-command-map/monthly-return"
SCHEMA: Final = 1
PREFIX: Final = b"unity-command-map monthly return 1\n"
"""So that no signature made for anything else can pass for one of a return."""
COUNTS: Final = (
    "reported",
    "triaged",
    "inspected",
    "rescued",
    "suspects",
    "cases",
    "fines_riel",
    "still_open",
)
MOST_BYTES: Final = 65_536
MOST: Final = 2**53
"""Larger numbers are not the same in every program that reads JSON."""

_MONTH: Final = re.compile(r"[12][0-9]{3}-(0[1-9]|1[0-2])")
_KEYS: Final = frozenset(
    {
        "format", "schema", "province", "month", "plan", "edition", "fictional", "counts",
        "last_action_on", "signed_at", "signer", "signature",
    }
)  # fmt: skip


class Signs(Protocol):
    """Signs with one user's key; `geo.keys.KeySigner` is one."""

    user_id: str

    def sign(self, message: bytes) -> bytes:
        """Return the Ed25519 signature of `message`, 64 bytes."""


def month_of(text: str) -> date:
    """Return the first day of a month written as ``2022-09``.

    Raises:
        InputError: It is not written so.
    """
    if not _MONTH.fullmatch(text):
        raise InputError("error.return.month", month=text)
    return date.fromisoformat(f"{text}-01")


def document(one: MonthlyReturn) -> dict[str, Any]:
    """Return what a return says, in the shape of its file."""
    return {
        "format": FORMAT,
        "schema": SCHEMA,
        "province": one.province_code,
        "month": f"{one.month:%Y-%m}",
        "plan": one.plan_id,
        "edition": one.edition,
        "fictional": one.fictional,
        "counts": {name: getattr(one, name) for name in COUNTS},
        "last_action_on": one.last_action_on.isoformat() if one.last_action_on else None,
        "signed_at": one.signed_at.isoformat() if one.signed_at else None,
        "signer": {"role": one.signer_role, "key": one.signer_key},
        "signature": one.signature,
    }


def signed(one: MonthlyReturn, signer: Signs) -> MonthlyReturn:
    """Return a return, in which `signer_key` stands, with its signature.

    Its id follows from the signature, so that it is the same in every plan.
    """
    signature = signer.sign(message(one)).hex()
    return replace(one, signature=signature, id=id_of(signature))


def id_of(signature: str) -> str:
    """Return the id under which plans keep the return with this signature."""
    return str(uuid5(NAMESPACE_URL, f"{FORMAT}#{signature}"))


def message(one: MonthlyReturn) -> bytes:
    """Return the bytes that are signed."""
    said = {key: value for key, value in document(one).items() if key != "signature"}
    return PREFIX + _canonical(said)


def is_genuine(one: MonthlyReturn) -> bool:
    """Tell whether the signature was made over exactly this return with the key that it names."""
    try:
        signature = bytes.fromhex(one.signature)
    except ValueError:
        return False
    # One signature has one spelling: in another it would be a second return, which contradicts.
    if one.signature != signature.hex() or one.id != id_of(one.signature):
        return False
    return verify(one.signer_key, message(one), signature)


def to_bytes(one: MonthlyReturn) -> bytes:
    """Return the file of a return; indented for people, which changes nothing of what is signed."""
    return (json.dumps(document(one), ensure_ascii=False, indent=2) + "\n").encode()


def from_bytes(data: bytes) -> MonthlyReturn:
    """Return what a file says; whether it is genuine is asked afterwards.

    Raises:
        InputError: It is no return, or one of a newer version of this program.
    """
    if len(data) > MOST_BYTES:
        raise InputError("error.return.not_a_return")
    try:
        told = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise InputError("error.return.not_a_return") from None
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise InputError("error.return.not_a_return")
    if isinstance(told.get("schema"), int) and told["schema"] > SCHEMA:
        raise InputError("error.return.newer")
    try:
        return _read(told)
    except (KeyError, TypeError, ValueError, InputError):
        raise InputError("error.return.not_a_return") from None


def _read(told: dict[str, Any]) -> MonthlyReturn:
    # A member that is not known would be shown to nobody and signed by nobody.
    if set(told) != _KEYS or set(told["counts"]) != set(COUNTS):
        raise ValueError
    signer = told["signer"]
    if set(signer) != {"role", "key"} or not isinstance(told["fictional"], bool):
        raise ValueError
    counts: dict[str, Any] = {name: _count(value) for name, value in told["counts"].items()}
    edition = _count(told["edition"])
    if not edition:
        raise ValueError
    acted = told["last_action_on"]
    signature = _text(told["signature"])
    return MonthlyReturn(
        id=id_of(signature),
        province_code=_text(told["province"]),
        month=month_of(_text(told["month"])),
        plan_id=_text(told["plan"]),
        edition=edition,
        fictional=told["fictional"],
        last_action_on=date.fromisoformat(acted) if acted is not None else None,
        signed_at=datetime.fromisoformat(told["signed_at"]),
        signer_role=Role(_text(signer["role"])).value,
        signer_key=_text(signer["key"]),
        signature=signature,
        **counts,
    )


def _count(value: object) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST:
        raise ValueError
    return value


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > 200:  # noqa: PLR2004 - longer than anything here
        raise TypeError
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    # Of two members of one name the last would win, unseen.
    if len({name for name, _ in pairs}) != len(pairs):
        raise ValueError
    return dict(pairs)


def _canonical(value: object) -> bytes:
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()
