"""Finding rows by name while somebody types."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.model.allegation import Allegation
from geo.model.codec import to_row
from geo.model.entity import Kind
from geo.model.site import Licence, Site
from geo.model.table import Table, columns_from_rows
from geo.names import fold_text, search_key
from geo.search import FIELDS, PlanIndex


def tables(*rows):
    found = {kind: Table.empty(kind) for kind in FIELDS}
    for kind, cls in ((Kind.SITE, Site), (Kind.LICENCE, Licence), (Kind.ALLEGATION, Allegation)):
        mine = [row for row in rows if isinstance(row, cls)]
        found[kind] = Table.of(
            kind,
            [r.id for r in mine],
            [1] * len(mine),
            columns_from_rows([to_row(r) for r in mine]),
        )
    return found


def site(entity_id, **names):
    return Site(id=entity_id, **names)


def ids(index, text, kind=Kind.SITE, each=6):
    return [hit.id for hit in index.find(text, each).get(kind, ())]


@pytest.fixture
def index():
    return PlanIndex.of(
        tables(
            site("a", name_en="Demo Mango Casino", name_km="កាស៊ីណូ\u200bស្វាយ", code="00855"),
            site("b", name_en="Casino Demo Mango 2", code="855"),
            site("c", name_en="Café Lotus", name_km="ហាងឈូក ១២"),
            site("d", name_en="Demo Mango Casino", merged_into="a"),
            Licence(id="l", number="L-17", business="Demo Mango", holder="Demo holder"),
            Allegation(id="x", reference="០០៧/22 សប", text="Mango"),
        )
    )


def test_a_name_is_found_by_its_beginning_its_middle_and_its_words_in_any_order(index):
    assert ids(index, "demo m") == ["a", "b"]
    assert ids(index, "mango casino") == ["a", "b"]
    assert ids(index, "casino mango") == ["b", "a"]  # one begins with the first word
    assert ids(index, "lotus") == ["c"]


def test_khmer_is_found_with_and_without_zero_width_spaces_and_in_either_digits(index):
    assert ids(index, "កាស៊ីណូស្វាយ") == ids(index, "កាស៊ីណូ\u200bស្វាយ") == ["a"]
    assert ids(index, "ឈូក 12") == ids(index, "ឈូក ១២") == ["c"]


def test_case_and_accents_do_not_matter(index):
    assert ids(index, "CAFE") == ids(index, "café") == ["c"]


def test_a_whole_code_comes_before_codes_that_hold_it(index):
    assert ids(index, "855") == ["b", "a"]


def test_a_site_that_was_merged_is_not_found(index):
    assert "d" not in ids(index, "mango")


def test_licences_are_found_by_business_and_allegations_by_reference_but_never_by_text(index):
    assert ids(index, "mango", Kind.LICENCE) == ["l"]
    assert ids(index, "007/22", Kind.ALLEGATION) == ["x"]
    assert ids(index, "mango", Kind.ALLEGATION) == []


def test_nothing_is_found_for_nothing(index):
    assert index.find("  \u200b", 6) == {}


def test_a_name_never_runs_into_its_neighbour():
    index = PlanIndex.of(tables(site("a", name_en="Demo", code="X"), site("b", name_en="Xylo")))
    assert ids(index, "demox") == []


def test_an_edit_that_changes_no_name_keeps_the_index():
    before = tables(site("a", name_en="Demo"))
    index = PlanIndex.of(before)
    moved = {**before, Kind.SITE: before[Kind.SITE].with_updated(["a"], [2], {"address": ["x"]})}
    named = {**before, Kind.SITE: before[Kind.SITE].with_updated(["a"], [2], {"name_en": ["x"]})}
    assert index.fits(moved)
    assert not index.fits(named)
    assert ids(PlanIndex.of(named, index), "x") == ["a"]


names = st.text(st.sampled_from("abAB é\u200b\n\x1fកខ្ម១2-"), max_size=8)


@given(st.lists(names, min_size=1, max_size=6), names)
def test_what_is_found_is_what_a_plain_look_at_every_name_finds(rows, text):
    index = PlanIndex.of(tables(*(site(str(i), name_en=name) for i, name in enumerate(rows))))
    key = search_key(text)
    if not key or "\n" in text or "\x1f" in text:
        return
    keys = [search_key(name.replace("\n", " ").replace("\x1f", " ")) for name in rows]
    words = [search_key(word) for word in text.split()]
    plain = {str(i) for i, k in enumerate(keys) if key in k or all(word in k for word in words)}
    assert set(ids(index, text, each=50)) == plain


@given(st.lists(st.text(max_size=10), max_size=5))
def test_folding_many_names_at_once_is_folding_each(texts):
    clean = [t.replace("\n", " ") for t in texts]
    # Marks at the join belong to the letter before it, and a line break is none.
    assert fold_text("\n".join(clean)) == "\n".join(search_key(t) for t in clean)
