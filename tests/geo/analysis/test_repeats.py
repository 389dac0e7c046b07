"""Which allegations are proposed as one, and what is never proposed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from geo.analysis.repeats import allegation_pairs
from geo.edit.apart import keep_apart
from geo.edit.edit import Edit, inserting
from geo.edit.repeating import merge_allegations
from geo.edit.verbs import Verb
from geo.model.allegation import Allegation
from geo.model.entity import Kind, LonLat
from geo.model.vocabulary import AllegationKind, Channel, Precision
from tests.geo.analysis.planted import plan_of

FIRST = Allegation(
    id="a",
    received_on=date(2022, 9, 3),
    occurred_on=date(2022, 9, 1),
    channel=Channel.HOTLINE,
    kinds=(AllegationKind.FORCED_LABOUR, AllegationKind.UNLAWFUL_DETENTION),
    people_min=3,
    people_max=6,
    point=LonLat(102.57, 13.66),
    precision=Precision.POINT,
    accuracy_m=50.0,
    admin_code="010101",
)
AGAIN = replace(
    FIRST,
    id="b",
    channel=Channel.EMBASSY,
    occurred_on=date(2022, 9, 2),
    people_max=5,
    point=LonLat(102.5702, 13.66),
)


def plan_with(*allegations: Allegation):
    plan = plan_of([])
    if allegations:
        plan.commit(Edit(verb=Verb.IMPORT, deltas=(inserting(allegations),)))
    return plan


def proposed(*allegations: Allegation) -> set[tuple[str, str]]:
    return {(p.first_id, p.second_id) for p in allegation_pairs(plan_with(*allegations))}


def test_the_same_event_by_another_channel_is_proposed_with_its_reasons():
    (pair,) = allegation_pairs(plan_with(FIRST, AGAIN))
    assert {code.removeprefix("duplicates.reason.") for code, _ in pair.reasons} == {
        "apart", "occurred", "kinds", "people", "channels",
    }  # fmt: skip
    assert pair.score > 0.8


@pytest.mark.parametrize(
    "change",
    [
        {"occurred_on": date(2022, 11, 1)},
        {"kinds": (AllegationKind.ILLEGAL_GAMBLING,)},
        {"point": LonLat(102.60, 13.66)},
        {"precision": Precision.COMMUNE, "point": None, "admin_code": "010102"},
    ],
)
def test_another_day_kind_or_place_is_another_event(change):
    assert proposed(FIRST, replace(AGAIN, **change)) == set()


def test_what_is_known_by_its_commune_is_compared_with_its_commune():
    vague = replace(AGAIN, precision=Precision.COMMUNE, point=None, accuracy_m=None)
    assert proposed(FIRST, vague) == {("a", "b")}
    assert proposed(FIRST, vague, replace(vague, id="c", admin_code="01")) == {("a", "b")}


def test_the_same_site_is_the_same_place():
    there = {"point": None, "precision": Precision.DISTRICT, "admin_code": "0101"}
    pair = [replace(a, site_id="s", **there) for a in (FIRST, AGAIN)]
    assert proposed(*pair) == {("a", "b")}


def test_duplicates_and_pairs_kept_apart_are_not_proposed_again():
    plan = plan_with(FIRST, AGAIN)
    plan.commit(keep_apart(plan, Kind.ALLEGATION, "b", "a"))
    assert allegation_pairs(plan) == ()
    plan.undo()
    plan.commit(merge_allegations(plan, "a", "b"))
    assert allegation_pairs(plan) == ()


def test_of_many_allegations_the_planted_pairs_are_found_and_few_others():
    dice = Random(3)
    kinds = list(AllegationKind)

    def any_one(number: int) -> Allegation:
        received = date(2022, 1, 1) + timedelta(dice.randrange(270))
        people = dice.randrange(1, 30)
        return Allegation(
            id=f"a{number:04d}",
            received_on=received,
            occurred_on=received - timedelta(dice.randrange(20)),
            kinds=tuple(dice.sample(kinds, dice.randrange(1, 3))),
            people_min=people,
            people_max=people + dice.randrange(5),
            point=LonLat(102.5 + dice.random() / 5, 13.5 + dice.random() / 5),
            precision=Precision.POINT,
            accuracy_m=25.0,
            admin_code=f"0101{dice.randrange(1, 13):02d}",
        )

    singles = [any_one(n) for n in range(800)]
    truth = set()
    copies = []
    for one in dice.sample(singles, 60):
        vague = dice.random() < 0.3
        copy = replace(
            one,
            id=f"b{one.id}",
            received_on=one.received_on + timedelta(dice.randrange(5)),
            point=None if vague else LonLat(one.point.lon + 0.001, one.point.lat),
            precision=Precision.COMMUNE if vague else Precision.POINT,
        )
        copies.append(copy)
        truth.add((one.id, copy.id))
    found = {tuple(sorted(pair)) for pair in proposed(*singles, *copies)}
    assert len(found & truth) / len(truth) >= 0.95
    assert len(found & truth) / len(found) >= 0.7
