"""The demonstration's days: two years of decisions, licences that are mostly valid, moved alike."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, datetime, timedelta

import pytest

from resources.demo.moved import write_as_of
from resources.demo.sites import LAST_DAY
from tests.resources.demo_files import (
    EXPECTED,
    FORMS,
    READERS,
    is_a_day,
    read,
    sound_sites,
)


def test_the_ledger_grows_over_two_years_and_knows_longer_ways():
    rows = read("decisions.csv")
    days = [date.fromisoformat(row["decided_on"]) for row in rows]
    assert LAST_DAY - timedelta(days=730) < min(days) < LAST_DAY - timedelta(days=640)
    assert max(days) < LAST_DAY
    ways = defaultdict(list)
    for row in rows:
        ways[row["code"]].append(row["to"])
    found = Counter(tuple(way) for way in ways.values())
    assert found["under_review", "illegal", "under_review", "legal"] >= 5
    assert found["under_review", "legal", "suspended", "legal"] >= 5
    assert found["under_review", "illegal", "regularised"] >= 5
    assert found["under_review", "legal", "suspended", "revoked"] >= 3


def test_most_licences_are_valid_on_the_day_of_the_registers():
    ends = [row["expires_on"] for row in read("licences.csv")]
    days = [(date.fromisoformat(end) - LAST_DAY).days for end in ends if end]
    assert 0.06 < sum(d < 0 for d in days) / len(ends) < 0.11
    assert 0.03 < sum(0 <= d <= 90 for d in days) / len(ends) < 0.08


@pytest.mark.parametrize("name", EXPECTED)
def test_a_register_of_another_day_has_the_same_rows_and_its_days_moved(name, tmp_path):
    path = write_as_of(name, LAST_DAY + timedelta(days=400), tmp_path)
    moved, before = READERS[path.suffix](path), read(name)
    assert len(moved) == len(before)
    for one, two in zip(before, moved, strict=True):
        for column, value in one.items():
            as_day = value.date() if isinstance(value, datetime) else value
            if column not in {"decided_on", "received_on", "issued_on"} or not as_day:
                continue
            if not is_a_day(value):
                assert two[column] == value
                continue
            other = two[column].date() if isinstance(value, datetime) else two[column]
            days = [date.fromisoformat(str(d)) for d in (as_day, other)]
            assert days[1] - days[0] == timedelta(days=400)


def test_a_workbook_of_another_day_is_the_same_each_time(tmp_path):
    name = "allegations_preah_sihanouk.xlsx"
    day = LAST_DAY + timedelta(days=1)
    first = write_as_of(name, day, tmp_path).read_bytes()
    assert write_as_of(name, day, tmp_path).read_bytes() == first


def test_the_forms_are_as_kobotoolbox_exports_them():
    rows = read(FORMS)
    assert {"_uuid", "_submission_time", "start", "ilo/indicators/isolation"} <= set(rows[0])
    identities = Counter(row["_uuid"] for row in rows)
    assert sum(n - 1 for n in identities.values()) == 1
    codes = {row["code"] for row in sound_sites() if row.get("code")}
    unknown = [row["visit/site_code"] for row in rows if row["visit/site_code"] not in codes]
    assert unknown == ["PSH-9999", None]
