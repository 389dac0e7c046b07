from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from geo.edit.edit import Edit, inserting
from geo.edit.licences import (
    add_licence,
    alike_number,
    edit_licence,
    link_licence,
    same_number,
    unlink_licence,
)
from geo.edit.sites import edit_site
from geo.edit.verbs import Verb
from geo.errors import InputError, NotAllowedError
from geo.model.entity import LonLat
from geo.model.site import Licence, Site
from geo.model.vocabulary import LegalStatus, Role


@pytest.fixture
def put(plan):
    def add(number="00855", **rest):
        licence = Licence(number=number, **({"authority": "Demo Ministry"} | rest))
        plan.commit(add_licence(plan, licence))
        return plan.get(Licence, licence.id)

    return add


def refusal(plan, **facts):
    with pytest.raises(InputError) as caught:
        add_licence(plan, Licence(**({"number": "1"} | facts)))
    return caught.value.code


def test_a_licence_is_entered_with_its_texts_trimmed(plan, put):
    made = put(" 00855 ", holder=" Demo Holder ", business=" ហាងសាកល្បង ")
    assert (made.number, made.holder, made.business) == ("00855", "Demo Holder", "ហាងសាកល្បង")
    assert plan.history.undoable[-1].params == {"name": "00855"}


def test_a_number_is_a_text_and_zeros_in_front_count(plan, put):
    put("00855")
    other = put("855")
    assert other.number == "855"
    assert alike_number(plan, other) == "00855"
    assert alike_number(plan, replace(other, number=" 00855x")) == ""
    assert same_number(plan, other) == []


def test_one_authority_gives_a_number_once(plan, put):
    put("00855")
    assert refusal(plan, number="00855", authority="demo ministry ") == (
        "error.licence.number_taken"
    )
    other = put("00855", authority="Demo Province")
    assert same_number(plan, other) == ["Demo Ministry"]


def test_a_licence_may_be_corrected_under_its_own_number(plan, put):
    made = put()
    plan.commit(edit_licence(plan, replace(made, holder="Demo Holder")))
    assert plan.get(Licence, made.id).holder == "Demo Holder"


def test_a_licence_without_a_number_is_none(plan):
    assert refusal(plan, number="  ") == "error.licence.no_number"


def test_dates_that_cannot_be(plan):
    far = date.today() + timedelta(days=400)  # noqa: DTZ011 - far beyond any zone's today
    assert refusal(plan, issued_on=far) == "error.licence.issued_in_future"
    early = date(22, 9, 1)
    assert refusal(plan, issued_on=early) == "error.licence.too_early"
    assert refusal(plan, expires_on=early) == "error.licence.too_early"
    days = {"issued_on": date(2022, 9, 2), "expires_on": date(2022, 9, 1)}
    assert refusal(plan, **days) == "error.licence.backwards"


def test_a_licence_may_end_on_its_day_or_never(plan, put):
    put("1", issued_on=date(2022, 9, 1), expires_on=date(2022, 9, 1))
    assert put("2", issued_on=date(2022, 9, 1)).expires_on is None


def test_a_position_lies_in_cambodia(plan, put):
    assert refusal(plan, point=LonLat(10.6, 103.5)) == "error.place.outside"
    assert put(point=LonLat(103.52, 10.62)).point == LonLat(103.52, 10.62)


def test_a_licence_is_linked_to_a_site_and_taken_from_it(plan, put):
    made = put()
    plan.commit(link_licence(plan, made.id, plan.site("A").id))
    assert plan.get(Licence, made.id).site_id == plan.site("A").id
    plan.commit(unlink_licence(plan, made.id))
    assert plan.get(Licence, made.id).site_id == ""
    plan.undo()
    assert plan.get(Licence, made.id).site_id == plan.site("A").id


def test_a_licence_changes_no_legal_status(plan, put):
    put(site_id=plan.site("A").id)
    assert plan.site("A").legal_status is LegalStatus.UNVERIFIED


def test_a_site_that_is_gone_or_was_merged_takes_no_licence(plan, put):
    assert refusal(plan, site_id="gone") == "error.site.gone"
    merged = Site(code="M")
    plan.commit(Edit(verb=Verb.ADD_SITE, deltas=(inserting([merged]),)))
    into = replace(plan.get(Site, merged.id), merged_into=plan.site("A").id)
    plan.commit(edit_site(plan, into))
    assert refusal(plan, site_id=merged.id) == "error.site.merged"


def test_what_is_gone_is_told(plan):
    for act in (
        lambda: edit_licence(plan, Licence(number="1")),
        lambda: link_licence(plan, "gone", ""),
        lambda: unlink_licence(plan, "gone"),
    ):
        with pytest.raises(InputError) as caught:
            act()
        assert caught.value.code == "error.licence.gone"


def test_an_analyst_enters_nothing(plan):
    edit = add_licence(plan, Licence(number="1"))
    plan.act_as(Role.ANALYST)
    with pytest.raises(NotAllowedError):
        plan.commit(edit)
