from __future__ import annotations

import pytest

from geo.catalogue import LANGUAGES, text
from layers.layer import LayerId
from layers.layer_list import default_layers
from layers.legend import legend
from tests.layers.scenes import ON, every_meaning, project_of


@pytest.fixture
def layers():
    return default_layers()


@pytest.fixture
def heard(layers):
    calls = []
    layers.changed.connect(lambda: calls.append(1))
    return calls


def test_hiding_a_layer_is_told_once(layers, heard):
    layers.set_visible(LayerId.SITES, False)
    layers.set_visible(LayerId.SITES, False)
    assert not layers["sites"].visible
    assert heard == [1]


def test_opacity_stays_between_nothing_and_all(layers):
    layers.set_opacity(LayerId.ZONES, 7.0)
    assert layers["zones"].opacity == 1.0
    layers.set_opacity(LayerId.ZONES, -1.0)
    assert layers["zones"].opacity == 0.0


def test_a_moved_layer_keeps_the_order_of_the_others(layers):
    before = [layer.id for layer in layers]
    layers.move(LayerId.ZONES, 0)
    after = [layer.id for layer in layers]
    assert after[0] is LayerId.ZONES
    assert [i for i in after if i != LayerId.ZONES] == [i for i in before if i != LayerId.ZONES]


def test_an_unknown_layer_is_an_error(layers):
    with pytest.raises(KeyError):
        layers.set_visible("clouds", True)


def test_a_copy_is_independent(layers):
    other = layers.copy()
    other.set_visible(LayerId.SITES, False)
    assert layers["sites"].visible


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_layer_and_every_line_of_the_legend_has_its_text(layers, language):
    assert all(text(layer.title_code, language) for layer in layers)
    for group in legend(layers, every_meaning(), on=ON):
        for entry in group.entries:
            assert all(text(code, language) for code in entry.label_codes)


def test_the_legend_shows_of_the_plan_only_what_occurs(layers):
    groups = {group.layer for group in legend(layers, project_of())}
    assert LayerId.SITES not in groups
    assert LayerId.PROVINCES in groups


def test_the_legend_says_that_province_boundaries_are_approximate(layers):
    (group,) = [g for g in legend(layers, None) if g.layer is LayerId.PROVINCES]
    assert "approximate" in text(group.entries[0].label_codes[0], "en")
    assert "ប្រហាក់ប្រហែល" in text(group.entries[0].label_codes[0], "km")


def test_the_legend_counts_what_it_shows(layers):
    counts = {g.layer: [e.count for e in g.entries] for g in legend(layers, every_meaning(), on=ON)}
    assert counts[LayerId.SITES] == [1] * 32
    assert sum(counts[LayerId.ALLEGATIONS]) == 6
