"""Chains from the victims upward, and every arrest at which one stops."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.analysis.links.chains import chains_of
from geo.analysis.links.network import RANK, network_of
from tests.geo.analysis.links.networks import DAY, B, I, L, M, R, person, plan_of, site

CAUGHT = {"arrested_on": DAY - timedelta(days=40)}


def chains(persons, links, sites=()):
    network = network_of(plan_of(persons, sites, links), DAY)
    return network, chains_of(network)


def names(network, nodes):
    return [network.nodes[n].id for n in nodes]


def test_a_chain_leads_upward_by_role_and_is_as_sure_as_its_weakest_link():
    persons = [person("1", R), person("2", I), person("3", M), person("4", L)]
    network, found = chains(persons, [("2", "1", 0.7), ("2", "3", 0.5), ("3", "4", 0.9)])
    (chain,) = found.chains
    assert names(network, chain.nodes) == ["1", "2", "3", "4"]
    assert chain.weakest == 0.5
    assert not chain.stops
    assert found.stops == ()


def test_the_chain_stops_with_an_arrested_broker_from_whom_nothing_leads_up():
    persons = [person("1", R), person("2", R), person("3", B, **CAUGHT)]
    network, found = chains(persons, [("1", "3", 0.7), ("2", "3", 0.4)])
    (stop,) = found.stops
    assert names(network, [stop.node]) == ["3"]
    assert (stop.days, stop.below, stop.connections) == (40, 2, 2)
    assert (stop.weakest, stop.surest) == (0.4, 0.7)
    assert all(c.stops for c in found.chains)


def test_an_upward_link_with_anybody_of_a_higher_role_leads_on():
    for above in (B, M, L):
        persons = [person("1", I, **CAUGHT), person("2", above)]
        assert chains(persons, [("1", "2", 0.1)])[1].stops == ()
    for beside in (I, R):
        persons = [person("1", I, **CAUGHT), person("2", beside)]
        assert len(chains(persons, [("1", "2", 0.9)])[1].stops) == 1


def test_who_is_not_arrested_stops_nothing_and_other_roles_are_told_apart():
    persons = [person("1", I), person("2", R, **CAUGHT), person("3", M, **CAUGHT)]
    network, found = chains(
        persons, [("1", "a", 0.5), ("2", "a", 0.5), ("3", "a", 0.5)], [site("a")]
    )
    assert found.stops == ()
    assert names(network, found.other_arrests) == ["2", "3"]


def test_who_shares_a_place_is_a_way_round_and_no_upward_link():
    persons = [person("1", I, **CAUGHT), person("2", M), person("3", I), person("4", R)]
    links = [("1", "a", 0.5), ("2", "a", 0.5), ("1", "3", 0.5), ("3", "2", 0.5), ("4", "a", 0.5)]
    network, found = chains(persons, links, [site("a")])
    (stop,) = found.stops
    assert names(network, stop.ways_round) == ["2"]


def test_the_longest_since_the_arrest_comes_first():
    persons = [
        person("1", I, arrested_on=DAY - timedelta(days=3)),
        person("2", B, arrested_on=DAY - timedelta(days=90)),
        person("3", I, arrested_on=DAY),
    ]
    links = [(p.id, "a", 0.5) for p in persons]
    _, found = chains(persons, links, [site("a")])
    assert [s.days for s in found.stops] == [90, 3, 0]


@settings(max_examples=60)
@given(st.data())
def test_whoever_is_listed_is_arrested_between_and_without_a_higher_neighbour(data):
    n = data.draw(st.integers(2, 9))
    roles = data.draw(st.lists(st.sampled_from([R, I, B, M]), min_size=n, max_size=n))
    caught = data.draw(st.lists(st.booleans(), min_size=n, max_size=n))
    every = [(a, b) for a in range(n) for b in range(a + 1, n)]
    ends = data.draw(st.lists(st.sampled_from(every), min_size=1, unique=True))
    persons = [
        person(str(i), r, **(CAUGHT if c else {}))
        for i, (r, c) in enumerate(zip(roles, caught, strict=True))
    ]
    network, found = chains(persons, [(str(a), str(b), 0.5) for a, b in ends])
    linked = {str(e) for pair in ends for e in pair}
    above = {
        str(i): any(
            RANK[roles[b if a == i else a]] > RANK[roles[i]] for a, b in ends if i in (a, b)
        )
        for i in range(n)
    }
    expected = {
        str(i)
        for i in range(n)
        if str(i) in linked and caught[i] and roles[i] in (I, B) and not above[str(i)]
    }
    assert set(names(network, [s.node for s in found.stops])) == expected
    for chain in found.chains:
        assert (np.diff(network.role[list(chain.nodes)]) > 0).all()
