"""Links between sites and pseudonymous persons."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from geo.clock import today
from geo.edit.links import add_link, edit_link, remove_link
from geo.errors import InputError
from geo.model.entity import Kind
from geo.model.network import Link, LinkKind, PersonRef

PERSON = PersonRef(id="p", pseudonym="P-001 (demo)")


def refusal(act) -> str:
    with pytest.raises(InputError) as refused:
        act()
    return refused.value.code


def between(plan, **more):
    ends = {
        "from_kind": Kind.SITE,
        "from_id": plan.site().id,
        "to_kind": Kind.SITE,
        "to_id": plan.site("B").id,
    }
    values = {"kind": LinkKind.TRANSFER, "confidence": 0.4, "source": "S-001"}
    return Link(**(ends | values | more))


def test_two_sites_are_linked_and_the_link_is_taken_away_and_put_back(plan):
    link = between(plan)
    plan.commit(add_link(plan, link))
    plan.commit(remove_link(plan, link.id))
    assert not plan.all(Link)
    plan.undo()
    assert [replace(k, version=0) for k in plan.all(Link)] == [link]


def test_a_link_changes_no_status(plan):
    before = list(plan.table(Kind.SITE)["legal_status"])
    plan.commit(add_link(plan, between(plan)))
    assert list(plan.table(Kind.SITE)["legal_status"]) == before


def test_a_person_comes_in_with_the_link_that_names_them(plan):
    link = between(plan, from_kind=Kind.PERSON_REF, from_id="p")
    plan.commit(add_link(plan, link, person=PERSON))
    assert [p.pseudonym for p in plan.all(PersonRef)] == ["P-001 (demo)"]
    plan.undo()
    assert not plan.all(PersonRef)
    assert not plan.all(Link)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"from_kind": Kind.ALLEGATION}, "error.link.kind"),
        ({"to_id": "nowhere"}, "error.link.end_gone"),
        ({"confidence": 1.2}, "error.link.confidence"),
        ({"source": " "}, "error.link.no_source"),
    ],
)
def test_what_cannot_be_linked_is_refused(plan, changes, code):
    assert refusal(lambda: add_link(plan, between(plan, **changes))) == code


def test_nothing_is_linked_with_itself_or_twice_in_one_way(plan):
    site_id = plan.site().id
    assert refusal(lambda: add_link(plan, between(plan, to_id=site_id))) == "error.link.to_itself"
    plan.commit(add_link(plan, between(plan)))
    back = between(plan, from_id=plan.site("B").id, to_id=site_id)
    assert refusal(lambda: add_link(plan, back)) == "error.link.there_already"
    plan.commit(add_link(plan, replace(back, kind=LinkKind.PAYMENT)))


def test_a_link_that_is_gone_is_not_removed(plan):
    assert refusal(lambda: remove_link(plan, "x")) == "error.link.gone"


def test_what_a_link_says_is_corrected_and_its_ends_stay(plan):
    link = between(plan)
    plan.commit(add_link(plan, link))
    said = {"kind": LinkKind.PAYMENT, "confidence": 0.9, "source": "Call 012 345 678"}
    plan.commit(edit_link(plan, link.id, **said, seen_on=date(2022, 9, 1)))
    (found,) = plan.all(Link)
    assert (found.from_id, found.to_id) == (link.from_id, link.to_id)
    assert (found.kind, found.confidence, found.seen_on) == (
        LinkKind.PAYMENT,
        0.9,
        date(2022, 9, 1),
    )
    assert "012" not in found.source
    plan.undo()
    assert [replace(k, version=0) for k in plan.all(Link)] == [link]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"confidence": -0.1}, "error.link.confidence"),
        ({"source": ""}, "error.link.no_source"),
        ({"seen_on": today() + timedelta(days=1)}, "error.link.seen_ahead"),
        ({"kind": LinkKind.SAME_OWNER}, "error.link.there_already"),
    ],
)
def test_a_link_is_not_corrected_into_what_would_not_come_in(plan, changes, code):
    link = between(plan)
    plan.commit(add_link(plan, link))
    plan.commit(add_link(plan, between(plan, kind=LinkKind.SAME_OWNER)))
    said = {"kind": link.kind, "confidence": 0.4, "source": "S-001"} | changes
    assert refusal(lambda: edit_link(plan, link.id, **said)) == code
