"""Sources: pseudonyms, never names; independence is mutual."""

from __future__ import annotations

import pytest

from geo.edit.sources import (
    add_source,
    correct_source,
    independent_ids,
    looks_like_a_name,
    next_pseudonym,
)
from geo.errors import InputError
from geo.model.allegation import Source
from geo.model.vocabulary import Reliability


def add(plan, *args, **kwargs) -> Source:
    plan.commit(add_source(plan, *args, **kwargs))
    return plan.all(Source)[-1]


def refusal(act) -> str:
    with pytest.raises(InputError) as refused:
        act()
    return refused.value.code


def test_the_next_free_pseudonym_is_proposed(plan):
    assert next_pseudonym(plan) == "S-001"
    add(plan, "s-041")
    add(plan, "Embassy line 2")
    assert next_pseudonym(plan) == "S-042"
    assert add(plan).pseudonym == "S-042"


@pytest.mark.parametrize(
    "pseudonym",
    ["012 345 678", "០១២ ៣៤៥ ៦៧៨", "N1234567", "kosal@example.org", "t.me/someone@x", "1234-567"],
)
def test_what_finds_a_person_is_no_pseudonym(plan, pseudonym):
    assert refusal(lambda: add_source(plan, pseudonym)) == "error.source.looks_like_contact"


def test_a_pseudonym_is_short_and_stands_once(plan):
    add(plan, "S-007")
    assert refusal(lambda: add_source(plan, "s 007")) == "error.source.taken"
    assert refusal(lambda: add_source(plan, "x" * 25)) == "error.source.too_long"


def test_a_word_without_a_number_may_be_a_name():
    assert looks_like_a_name("Sok Dara")
    assert not looks_like_a_name("S-007")
    assert not looks_like_a_name("")


def test_independence_is_written_into_both_rows_and_taken_back_from_both(plan):
    first = add(plan)
    second = add(plan, independent_of=[first.id])
    assert plan.get(Source, first.id).independent_of == (second.id,)
    assert independent_ids(plan, second.id) == {first.id}
    plan.commit(correct_source(plan, first.id, independent_of=[]))
    assert independent_ids(plan, first.id) == independent_ids(plan, second.id) == set()
    plan.undo()
    assert independent_ids(plan, first.id) == {second.id}


def test_a_half_entry_of_another_program_is_believed_and_taken_back_whole(plan):
    from dataclasses import replace

    from geo.edit.edit import Edit, updating
    from geo.edit.verbs import Verb

    first, second = add(plan), add(plan)
    half = replace(first, independent_of=(second.id,))
    plan.commit(
        Edit(verb=Verb.EDIT_SOURCE, params={"name": "S-001"}, deltas=(updating(first, half),))
    )
    assert independent_ids(plan, second.id) == {first.id}
    plan.commit(correct_source(plan, second.id, independent_of=[]))
    assert independent_ids(plan, first.id) == set()


def test_a_source_is_not_independent_of_itself_or_of_nobody(plan):
    first = add(plan)
    assert (
        refusal(lambda: correct_source(plan, first.id, independent_of=[first.id]))
        == "error.source.of_itself"
    )
    assert (
        refusal(lambda: correct_source(plan, first.id, independent_of=["none"]))
        == "error.source.gone"
    )


def test_a_source_is_corrected(plan):
    first = add(plan)
    plan.commit(correct_source(plan, first.id, pseudonym="S-010", reliability=Reliability.B))
    found = plan.get(Source, first.id)
    assert (found.pseudonym, found.reliability) == ("S-010", Reliability.B)
    assert refusal(lambda: correct_source(plan, first.id, pseudonym="012345678")) == (
        "error.source.looks_like_contact"
    )
