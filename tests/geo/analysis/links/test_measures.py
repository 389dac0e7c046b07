"""Who holds a network together: known ways, a planted hub, and nothing where there is nothing."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from geo.analysis.links.chance import RATE, chance_of, moved
from geo.analysis.links.job import measure
from geo.analysis.links.layout import layout
from geo.analysis.links.measures import Skeleton, betweenness, components, degree, spans
from geo.progress import NoProgress
from tests.geo.analysis.links.networks import random_network, with_hub

QUIET = NoProgress()


def skeleton(pairs, confidence=None, n=None) -> Skeleton:
    pairs = np.array(pairs, dtype=np.int64)
    sure = np.ones(len(pairs)) if confidence is None else np.array(confidence)
    return Skeleton(n or int(pairs.max()) + 1, pairs, sure, 1)


def through(of: Skeleton):
    return betweenness(of.n, of.pairs, of.confidence, of.seed)


def test_the_middle_of_a_star_lies_between_all_others():
    star = skeleton([(0, i) for i in range(1, 6)])
    assert through(star).tolist() == [1, 0, 0, 0, 0, 0]
    assert degree(star).tolist() == [5, 1, 1, 1, 1, 1]


def test_zacharys_club_is_measured_as_freeman_measured_it():
    club = nx.karate_club_graph()
    found = through(skeleton(sorted(club.edges())))
    # Freeman's betweenness of the instructor and the president, as published with the data.
    assert found[[0, 33]] == pytest.approx([0.437635, 0.304075], abs=1e-6)


@pytest.mark.parametrize("seed", range(12))
def test_it_is_what_networkx_counts_one_by_one(seed):
    net = random_network(seed, n=30, m=20 + 4 * seed)
    graph = nx.Graph()
    graph.add_nodes_from(range(net.n))
    for (a, b), sure in zip(net.pairs.tolist(), net.confidence.tolist(), strict=True):
        graph.add_edge(a, b, length=round(1000 / sure))
    expected = nx.betweenness_centrality(graph, weight="length")
    assert through(net) == pytest.approx([expected[n] for n in range(net.n)], abs=1e-12)


def test_of_a_large_network_pivots_are_counted_and_come_close():
    pairs = np.random.default_rng(5).integers(500, size=(900, 2))
    pairs = np.unique(np.sort(pairs[pairs[:, 0] != pairs[:, 1]], axis=1), axis=0)
    found = through(skeleton(pairs, n=500))
    graph = nx.Graph(pairs.tolist())
    exact = nx.betweenness_centrality(graph)
    whole = np.array([exact.get(n, 0.0) for n in range(500)])
    assert np.corrcoef(found, whole)[0, 1] > 0.95
    assert int(found.argmax()) in np.argsort(-whole)[:5]


def test_a_sure_way_round_is_shorter_than_a_doubtful_one():
    ends = [(0, 1), (1, 2), (0, 2)]
    assert through(skeleton(ends, [0.9, 0.9, 0.2])).tolist() == [0, 1, 0]
    assert through(skeleton(ends, [0.9, 0.9, 0.5])).tolist() == [0, 0, 0]


def test_a_link_that_nobody_believes_leads_nowhere():
    assert through(skeleton([(0, 1), (1, 2)], [1.0, 0.0])).tolist() == [0, 0, 0]


def test_parts_are_numbered_from_the_largest():
    assert components(skeleton([(0, 1), (2, 3), (3, 4)])).tolist() == [1, 1, 0, 0, 0]


def test_with_certain_links_there_is_no_doubt_and_with_doubt_there_is_a_span():
    star = [(0, i) for i in range(1, 6)]
    sure = spans(skeleton(star), 20, QUIET)
    assert sure.low.tolist() == sure.high.tolist() == [1, 0, 0, 0, 0, 0]
    assert sure.first.tolist() == [1, 0, 0, 0, 0, 0]
    doubt = spans(skeleton(star, [0.5] * 5), 60, QUIET)
    assert doubt.low[0] < doubt.high[0] < 1
    assert 0 < doubt.first[0] < 1


def test_random_moves_keep_the_size_and_everybody_linked():
    found = random_network(3)
    pairs = moved(found.pairs, found.n, np.random.default_rng(1))
    assert len({tuple(p) for p in pairs.tolist()}) == len(found.pairs)
    assert (pairs[:, 0] < pairs[:, 1]).all()
    assert (np.bincount(pairs.ravel(), minlength=found.n) > 0).all()
    assert sorted(map(tuple, pairs.tolist())) != sorted(map(tuple, found.pairs.tolist()))


def test_of_few_no_hub_is_told():
    found = measure(skeleton([(0, i) for i in range(1, 9)]), QUIET)
    assert found.chance.refused == "few"
    assert len(found.chance.hubs) == 0


def test_the_same_network_has_the_same_numbers_and_the_same_drawing():
    found, again = (measure(random_network(5), QUIET) for _ in range(2))
    assert np.array_equal(found.xy, again.xy)
    assert np.array_equal(found.chance.p, again.chance.p)
    assert np.array_equal(found.span.low, again.span.low)


def test_a_drawing_keeps_the_linked_together_and_the_others_apart():
    net = skeleton([(0, 1), (1, 2), (2, 3), (3, 0), (4, 5), (6, 7), (6, 8)])
    xy = layout(net, components(net))
    assert np.isfinite(xy).all()
    gaps = np.hypot(*(xy[:, None] - xy[None]).transpose(2, 0, 1))
    assert gaps[~np.eye(9, dtype=bool)].min() > 0.5
    assert gaps[:4, 4:].min() > 1


def precision_and_recall(seeds, *, spokes: int = 12, random: int = 19) -> tuple[float, float]:
    hits = told = 0
    for seed in seeds:
        net, hub = with_hub(seed, spokes=spokes)
        hubs = chance_of(net, through(net), QUIET, random).hubs.tolist()
        hits, told = hits + (hub in hubs), told + len(hubs)
    return hits / max(told, 1), hits / len(seeds)


@pytest.fixture
def tell(capsys):
    """Print a figure past pytest's capture: whoever runs the tests is to read it."""

    def said(line: str) -> None:
        with capsys.disabled():
            print(f"\n{line}")  # noqa: T201 - see above

    return said


def test_a_planted_hub_is_found(tell):
    precision, recall = precision_and_recall(range(40))
    tell(f"hub linked with 12 of 24, 40 networks: precision {precision:.2f}, recall {recall:.2f}")
    assert precision >= 0.9
    assert recall >= 0.75


def false_share(seeds, random: int) -> float:
    told = 0
    for seed in seeds:
        net = random_network(seed)
        told += len(chance_of(net, through(net), QUIET, random).hubs) > 0
    return told / len(seeds)


def test_chance_alone_tells_a_hub_at_the_stated_rate(tell):
    share = false_share(range(200), 19)
    tell(f"random networks, 200 seeds: a hub is told in {share:.1%}, stated {RATE:.0%}")
    # Two standard errors above the stated rate.
    assert share <= RATE + 2 * (RATE * (1 - RATE) / 200) ** 0.5


@pytest.mark.torture
def test_the_rate_and_the_hub_hold_with_all_random_networks(tell):
    share = false_share(range(1000, 1200), 199)
    tell(f"random networks, 200 seeds, 199 random ones each: a hub is told in {share:.1%}")
    assert share <= RATE + 2 * (RATE * (1 - RATE) / 200) ** 0.5
    for spokes, least in ((12, 0.85), (9, 0.4)):
        precision, recall = precision_and_recall(range(100, 300), spokes=spokes, random=199)
        tell(f"hub linked with {spokes} of 24: precision {precision:.2f}, recall {recall:.2f}")
        assert precision >= 0.9
        assert recall >= least
