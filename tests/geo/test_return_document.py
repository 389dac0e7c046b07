"""A return's file: what it says, what is signed, and what is no return."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import InputError
from geo.return_document import (
    COUNTS,
    MOST,
    document,
    from_bytes,
    is_genuine,
    message,
    month_of,
    to_bytes,
)
from tests.geo.returning import key_of, told

COUNT = st.none() | st.integers(0, MOST)


@given(
    counts=st.fixed_dictionaries(dict.fromkeys(COUNTS, COUNT)),
    acted=st.none() | st.dates(),
    edition=st.integers(1, 50),
)
def test_what_is_written_is_read_and_its_signature_holds(counts, acted, edition):
    one = told(last_action_on=acted, edition=edition, **counts)
    again = from_bytes(to_bytes(one))
    assert again == one
    assert is_genuine(again)
    assert message(again) == message(one)


def test_not_reported_is_null_and_signed_as_such():
    one = told(rescued=None)
    assert document(one)["counts"]["rescued"] is None
    assert is_genuine(one)
    assert not is_genuine(replace(one, rescued=0))


@pytest.mark.parametrize("spelled", [str.upper, lambda s: f"{s[:2]} {s[2:]}"])
def test_a_copy_with_its_signature_spelled_otherwise_is_no_second_return(spelled):
    said = document(told())
    copy = from_bytes(json.dumps(said | {"signature": spelled(said["signature"])}).encode())
    assert not is_genuine(copy)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("reported", 13),
        ("rescued", 0),
        ("province_code", "17"),
        ("month", date(2022, 8, 1)),
        ("plan_id", "other"),
        ("edition", 2),
        ("fictional", True),
        ("last_action_on", date(2022, 9, 30)),
        ("signer_role", "planner"),
        ("signer_key", key_of("01").public_key),
        ("signature", "00" * 64),
        ("signature", "no hexadecimal"),
        ("id", "other"),
    ],
)
def test_whatever_is_altered_afterwards_is_found(field, value):
    assert not is_genuine(replace(told(), **{field: value}))


def test_everything_but_names_and_the_way_it_came_in_is_signed():
    unsigned = {"id", "version", "signed_by", "received_on", "signature"}
    one = told(last_action_on=date(2022, 9, 3))
    other = {
        "int": 99, "int | None": 99, "str": "x", "bool": True,
        "date": date(2000, 1, 1), "date | None": date(2000, 1, 1),
        "datetime | None": one.signed_at.replace(year=2000),
    }  # fmt: skip
    for field in fields(one):
        changed = replace(one, **{field.name: other[str(field.type)]})
        assert (message(changed) == message(one)) == (field.name in unsigned), field.name


def test_layout_of_the_file_is_not_what_is_signed():
    squeezed = json.dumps(json.loads(to_bytes(told())), sort_keys=True).encode()
    assert is_genuine(from_bytes(squeezed))
    assert is_genuine(from_bytes(b"\xef\xbb\xbf" + squeezed))


def test_no_name_and_no_user_leaves_in_the_file():
    one = replace(told(), signed_by="7d1f-user")
    assert b"7d1f" not in to_bytes(one)


def _with(**more) -> bytes:
    return json.dumps(json.loads(to_bytes(told())) | more).encode()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b"[" * 60_000,
        b" " * 70_000,
        _with(format="something else"),
        _with(counts={"reported": 1}),
        _with(counts=dict.fromkeys(COUNTS, 1) | {"reported": -1}),
        _with(counts=dict.fromkeys(COUNTS, 1) | {"reported": 1.5}),
        _with(counts=dict.fromkeys(COUNTS, 1) | {"reported": True}),
        _with(counts=dict.fromkeys(COUNTS, 1) | {"reported": "1"}),
        _with(counts=dict.fromkeys(COUNTS, 1) | {"reported": 2**60}),
        _with(edition=0),
        _with(month="September"),
        _with(province=["18"]),
        _with(more="unsigned"),
        _with(signed_at=None),
        _with(signer={"role": "king", "key": ""}),
        to_bytes(told()).replace(b'"reported": 12', b'"reported": 1, "reported": 12'),
    ],
    ids=lambda data: data[-24:].decode(errors="replace"),
)
def test_what_is_no_return_is_refused(data):
    with pytest.raises(InputError) as refused:
        from_bytes(data)
    assert refused.value.code == "error.return.not_a_return"


def test_a_newer_file_says_so():
    with pytest.raises(InputError) as refused:
        from_bytes(_with(schema=2, unheard_of=1))
    assert refused.value.code == "error.return.newer"


@pytest.mark.parametrize("wrong", ["2022-13", "2022-9", "22-09", "2022-09-01", "", "០៩"])
def test_a_month_is_a_year_and_a_month(wrong):
    assert month_of("2022-09") == date(2022, 9, 1)
    with pytest.raises(InputError):
        month_of(wrong)
