"""Persons by pseudonym: nobody by a name, arrests with their word, questions without numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.clock import today
from geo.edit.links import add_link
from geo.edit.persons import add_person, ask_next, edit_person, record_arrest, remove_person
from geo.edit.pseudonyms import is_pseudonym
from geo.errors import InputError
from geo.model.entity import Kind
from geo.model.network import Link, LinkKind, PersonRef
from geo.model.vocabulary import PersonRole

PERSON = PersonRef(id="p", pseudonym="P-001 (demo)", country="TH")
DAY = date(2022, 9, 17)


def refusal(act) -> str:
    with pytest.raises(InputError) as refused:
        act()
    return refused.value.code


@pytest.fixture
def known(plan):
    plan.commit(add_person(plan, PERSON))
    return plan


def now(plan) -> PersonRef:
    return plan.get(PersonRef, "p")


@pytest.mark.parametrize("text", ["P-012", "TH-B-07", "p1", "P-001 (demo)", "ប-១២"])
def test_a_short_word_with_a_number_stands_for_a_person(text):
    assert is_pseudonym(text)


@pytest.mark.parametrize(
    "text",
    ["", "Somebody", "Somebody 1", "P-", "លោក ១", "P 012 000 041", "A12345678", "x@y.com 1"],
)
def test_a_name_or_a_number_of_their_own_does_not(text):
    assert not is_pseudonym(text)


@given(st.text(st.characters(categories=("Ll", "Lu", "Lo")), min_size=4, max_size=12))
def test_no_word_as_long_as_a_name_stands_for_a_person(word):
    assert not is_pseudonym(f"{word} 1")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"pseudonym": "Demo Name"}, "error.person.no_pseudonym"),
        ({"pseudonym": "P 012 000 041"}, "error.person.no_pseudonym"),
        ({"country": "China"}, "error.person.country"),
        ({"role": PersonRole.RINGLEADER}, "error.person.ringleader"),
        ({"ringleader_decision": "DEMO-DOC-1"}, "error.person.ringleader"),
    ],
)
def test_who_is_no_pseudonym_or_would_be_a_ringleader_is_refused(plan, changes, code):
    assert refusal(lambda: add_person(plan, replace(PERSON, **changes))) == code


def test_one_pseudonym_stands_for_one_person(known):
    again = replace(PERSON, id="q", pseudonym="p-001 (DEMO)")
    assert refusal(lambda: add_person(known, again)) == "error.person.taken"


def test_a_person_is_corrected_and_the_correction_taken_back(known):
    known.commit(
        edit_person(known, "p", pseudonym=" P-9 ", country="", role=PersonRole.FOREIGN_BROKER)
    )
    assert (now(known).pseudonym, now(known).country) == ("P-9", "")
    assert now(known).role is PersonRole.FOREIGN_BROKER
    known.undo()
    assert replace(now(known), version=0) == PERSON


def test_no_correction_makes_a_ringleader(known):
    act = lambda: edit_person(  # noqa: E731 - said once
        known, "p", pseudonym="P-1", country="", role=PersonRole.RINGLEADER
    )
    assert refusal(act) == "error.person.ringleader"


def test_who_is_linked_is_not_removed(known):
    link = Link(
        from_kind=Kind.PERSON_REF,
        from_id="p",
        to_kind=Kind.SITE,
        to_id=known.site().id,
        kind=LinkKind.PAYMENT,
        source="S-001",
    )
    known.commit(add_link(known, link))
    assert refusal(lambda: remove_person(known, "p")) == "error.person.linked"
    known.undo()
    known.commit(remove_person(known, "p"))
    assert not known.all(PersonRef)
    known.undo()
    assert now(known).pseudonym == PERSON.pseudonym


def test_an_arrest_has_its_day_and_its_word_and_can_be_taken_away(known):
    known.commit(record_arrest(known, "p", DAY, source="Court paper 12 (demo)"))
    assert (now(known).arrested_on, now(known).arrest_source) == (DAY, "Court paper 12 (demo)")
    known.commit(record_arrest(known, "p", None, source="x"))
    assert (now(known).arrested_on, now(known).arrest_source) == (None, "")
    known.undo()
    assert now(known).arrested_on == DAY


def test_an_arrest_without_a_word_or_of_tomorrow_is_refused(known):
    assert refusal(lambda: record_arrest(known, "p", DAY)) == "error.person.arrest_source"
    ahead = today() + timedelta(days=1)
    act = lambda: record_arrest(known, "p", ahead, source="Office")  # noqa: E731 - said once
    assert refusal(act) == "error.person.arrest_ahead"


def test_the_next_question_is_kept_with_who_asks_it_and_holds_no_number(known):
    known.commit(
        ask_next(known, "p", "Who paid? Call 012 345 678", asked_by="Court (demo)", asked_on=DAY)
    )
    assert "012" not in now(known).next_question
    assert (now(known).asked_by, now(known).asked_on) == ("Court (demo)", DAY)
    known.commit(ask_next(known, "p", ""))
    assert (now(known).next_question, now(known).asked_by, now(known).asked_on) == ("", "", None)


def test_nobody_asks_nothing(known):
    assert refusal(lambda: ask_next(known, "p", " ", asked_by="x")) == "error.person.no_question"


def test_of_a_person_that_is_gone_nothing_is_recorded(plan):
    assert refusal(lambda: ask_next(plan, "x", "Who?")) == "error.person.gone"
