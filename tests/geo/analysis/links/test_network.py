"""What is linked with what on a day, and what is left out and said to be."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from geo.analysis.links.network import RANK, Node, network_of, roles_on
from geo.errors import InputError
from geo.model.entity import Kind
from geo.model.network import LinkKind, PersonDecision
from geo.model.vocabulary import PersonRole, Precision
from tests.geo.analysis.links.networks import DAY, L, M, R, person, plan_of, site

EARLY, LATE = DAY - timedelta(days=5), DAY + timedelta(days=5)


def test_what_is_linked_is_in_the_network_and_nothing_else():
    plan = plan_of([person("1"), person("2")], [site("a")], [("1", "a", 0.4), ("a", "gate", 0.6)])
    found = network_of(plan, DAY)
    assert found.nodes == (
        Node(Kind.SITE, "a"),
        Node(Kind.CROSSING, "gate"),
        Node(Kind.PERSON_REF, "1"),
    )
    assert found.pairs.tolist() == [[0, 1], [0, 2]]
    assert found.confidence.tolist() == [0.6, 0.4]
    assert np.isnan(found.place[2]).all()


def test_several_links_are_one_connection_as_sure_as_the_surest():
    twice = [
        ("1", "a", 0.4),
        ("a", "1", 0.7, {"kind": LinkKind.TRANSFER}),
        ("1", "a", 0.5, {"kind": LinkKind.SAME_OWNER}),
    ]
    found = network_of(plan_of([person("1")], [site("a")], twice), DAY)
    assert found.confidence.tolist() == [0.7]
    assert found.kinds == ((LinkKind.SAME_OWNER, LinkKind.TRANSFER, LinkKind.PAYMENT),)
    assert len(found.links[0]) == found.n_links == 3


def test_a_merged_site_stands_as_the_one_that_it_turned_out_to_be():
    sites = [site("a"), site("b", merged_into="a"), site("c", merged_into="b")]
    links = [("1", "c", 0.4), ("1", "a", 0.9), ("b", "a", 0.5)]
    found = network_of(plan_of([person("1")], sites, links), DAY)
    assert [n.id for n in found.nodes] == ["a", "1"]
    assert found.confidence.tolist() == [0.9]
    assert found.left_out.itself == 1


def test_sites_that_were_merged_into_each_other_end_somewhere():
    sites = [site("a", merged_into="b"), site("b", merged_into="a")]
    found = network_of(plan_of([person("1")], sites, [("1", "a", 0.4)]), DAY)
    assert len(found.pairs) == 1


def test_what_was_seen_later_and_what_lost_an_end_is_left_out_and_counted():
    links = [
        ("1", "a", 0.4, {"seen_on": EARLY}),
        ("2", "a", 0.4, {"seen_on": LATE}),
        ("1", "gone", 0.4),
        ("1", "2", 0.4),
    ]
    found = network_of(plan_of([person("1"), person("2")], [site("a")], links), DAY)
    assert found.n_links == 2
    assert found.undated == 1
    assert (found.left_out.later, found.left_out.ends_gone) == (1, 1)


def test_without_a_link_there_is_nothing_to_say():
    with pytest.raises(InputError) as refused:
        network_of(plan_of([person("1")]), DAY)
    assert refused.value.code == "error.links.nothing"
    later = plan_of([person("1")], [site("a")], [("1", "a", 1.0, {"seen_on": LATE})])
    with pytest.raises(InputError) as refused:
        network_of(later, DAY)
    assert refused.value.code == "error.links.nothing_then"


def test_the_middle_of_a_commune_is_no_place_of_a_site():
    vague = site("a", precision=Precision.COMMUNE)
    found = network_of(plan_of([], [vague], [("a", "gate", 0.5)]), DAY)
    assert np.isnan(found.place[0]).all()
    assert found.place[1].tolist() == [102.5, 13.6]


def test_an_arrest_of_later_is_none_yet():
    persons = [person("1", arrested_on=EARLY), person("2", arrested_on=LATE)]
    found = network_of(plan_of(persons, [], [("1", "2", 0.5)]), DAY)
    assert np.isnat(found.arrested).tolist() == [False, True]


def test_on_a_past_day_each_person_has_the_role_of_that_day():
    entry = PersonDecision(
        person_id="1",
        from_role=M,
        to_role=L,
        reason="x",
        authority_id="court",
        document="D",
        decided_on=DAY,
        recorded_at=datetime(2022, 9, 17, tzinfo=UTC),
        decided_by="u",
    )
    revoked = replace(entry, id="later", from_role=L, to_role=M, decided_on=LATE, revokes=entry.id)
    plan = plan_of([person("1", M), person("2", R)], more=[[entry, revoked]])
    roles = [roles_on(plan, day)["1"] for day in (EARLY, DAY, LATE)]
    assert roles == [M, L, M]
    assert roles_on(plan, DAY)["2"] is R


def test_every_role_has_a_rank_and_the_ringleader_the_highest():
    assert set(RANK) == set(PersonRole)
    assert max(RANK, key=RANK.__getitem__) is L
