"""Registers that nobody has seen: each row is accounted for, and no sound row is read wrongly."""

from __future__ import annotations

import random

import pytest

from geo.formats.found import Existing
from geo.formats.mapping import suggest
from geo.formats.rows import check
from geo.model.entity import Kind
from tests.geo.formats.variants import MAKERS, truths

FEW, MANY = 12, 400


def told(reader, folder, ending, seed):
    dice = random.Random(f"{ending} {seed}")
    variant = MAKERS[ending](dice, folder, truths(dice, dice.randrange(4, 14)))
    raw = reader.read(variant.path)
    return variant, check(raw, suggest(raw, Kind.SITE), existing=Existing(province_code="08"))


def faults(variant, result):
    """Yield what is not as it should be."""
    good = {result.raw.numbers[p]: i for i, p in enumerate(result.good)}
    named = {p.row for p in (*result.rejected, *result.waiting)}
    everything = sorted([*good, *(p.row for p in (*result.rejected, *result.waiting))])
    if everything != variant.rows:
        yield "rows", everything, variant.rows
        return
    for truth, row in zip(variant.truths, variant.rows, strict=True):
        if not truth.sound:
            if row not in named:
                yield row, "imported without a place"
            continue
        if row not in good:
            yield row, [(p.field, p.code, p.value) for p in (*result.rejected, *result.waiting)
                        if p.row == row]  # fmt: skip
            continue
        found = {name: values[good[row]] for name, values in result.columns.items()}
        yield from different(row, truth, found)


def different(row, truth, found):
    expected = {
        "name": truth.name,
        "kind": truth.kind,
        "visited_on": truth.visited.isoformat(),
        "legal_status": "unverified",
        "code": truth.code if found["code"] else "",
        "lon": pytest.approx(truth.lon, abs=2e-5),
        "lat": pytest.approx(truth.lat, abs=2e-5),
    }
    found = {**found, "name": found["name_km"] or found["name_en"] or found["name_zh"]}
    for name, value in expected.items():
        if found[name] != value:
            yield row, name, found[name], value


def tried(reader, tmp_path, ending, seeds):
    wrong = []
    for seed in seeds:
        folder = tmp_path / str(seed)
        folder.mkdir()
        variant, result = told(reader, folder, ending, seed)
        wrong += [(ending, seed, *fault) for fault in faults(variant, result)]
    return wrong


@pytest.mark.parametrize("ending", MAKERS)
def test_a_register_that_nobody_has_seen(reader, tmp_path, ending):
    assert tried(reader, tmp_path, ending, range(FEW)) == []


@pytest.mark.torture
@pytest.mark.parametrize("ending", MAKERS)
def test_many_registers_that_nobody_has_seen(reader, tmp_path, ending):
    assert tried(reader, tmp_path, ending, range(FEW, MANY)) == []
