"""Nobody is called a ringleader but by the ledger, whoever makes the edit and however."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from geo.clock import today
from geo.edit.edit import Edit, deleting, inserting, updating
from geo.edit.person_decisions import (
    in_force,
    name_ringleader,
    person_ledger,
    revoke_ringleader,
)
from geo.edit.persons import add_person, edit_person, remove_person
from geo.edit.ruling import Ruling
from geo.edit.verbs import Verb, may
from geo.errors import InputError, NotAllowedError, PlanError
from geo.model.network import PersonDecision, PersonRef
from geo.model.vocabulary import PersonRole, Role
from geo.store.check import content_problems

LED = PersonRole.RINGLEADER
PERSON = PersonRef(id="p", pseudonym="P-001 (demo)", role=PersonRole.MANAGER)
DAY = date(2022, 9, 17)


@pytest.fixture
def known(plan):
    plan.commit(add_person(plan, PERSON))
    return plan


@pytest.fixture
def ruling(court):
    return Ruling(
        reason="Judgment (demo)", authority_id=court.id, document="DEMO-J-1", decided_on=DAY
    )


def now(plan) -> PersonRef:
    return plan.get(PersonRef, "p")


def test_a_decision_names_a_ringleader_and_undo_takes_both_back(known, ruling):
    known.commit(name_ringleader(known, "p", ruling))
    assert (now(known).role, now(known).ringleader_decision) == (LED, "DEMO-J-1")
    (entry,) = known.all(PersonDecision)
    assert (entry.from_role, entry.to_role) == (PersonRole.MANAGER, LED)
    assert entry.decided_by == known.user.id
    assert in_force(known, "p") == entry
    assert list(content_problems(known.table)) == []
    known.undo()
    assert now(known).role is PersonRole.MANAGER
    assert not known.all(PersonDecision)
    known.redo()
    assert now(known).role is LED


def test_nobody_else_puts_a_decision_back_into_the_ledger(known, ruling):
    known.commit(name_ringleader(known, "p", ruling))
    known.undo()
    known.act_as(Role.GOVERNOR)
    with pytest.raises(NotAllowedError, match=r"error\.undo\.signed"):
        known.redo()
    assert not known.all(PersonDecision)
    known.act_as(Role.PLANNER)
    known.redo()
    assert now(known).role is LED


def test_a_revoked_decision_gives_the_role_of_before_back_and_both_entries_stay(known, ruling):
    known.commit(name_ringleader(known, "p", ruling))
    later = replace(ruling, decided_on=DAY + timedelta(days=9), document="DEMO-J-2")
    known.commit(revoke_ringleader(known, "p", later))
    assert (now(known).role, now(known).ringleader_decision) == (PersonRole.MANAGER, "")
    first, second = person_ledger(known, "p")
    assert second.revokes == first.id
    assert in_force(known, "p") is None
    known.commit(name_ringleader(known, "p", later))
    assert now(known).role is LED
    assert list(content_problems(known.table)) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reason": " "}, "error.decision.no_reason"),
        ({"document": ""}, "error.decision.no_document"),
        ({"authority_id": "nowhere"}, "error.decision.no_authority"),
        ({"decided_on": today() + timedelta(days=1)}, "error.decision.future"),
    ],
)
def test_half_a_decision_names_nobody(known, ruling, changes, code):
    with pytest.raises(InputError) as refused:
        name_ringleader(known, "p", replace(ruling, **changes))
    assert refused.value.code == code


def test_a_newspaper_decides_nothing(known, ruling, newspaper):
    with pytest.raises(NotAllowedError) as refused:
        name_ringleader(known, "p", replace(ruling, authority_id=newspaper.id))
    assert refused.value.code == "error.decision.authority_may_not"


def test_a_revocation_is_not_dated_before_what_it_revokes(known, ruling):
    known.commit(name_ringleader(known, "p", ruling))
    with pytest.raises(InputError) as refused:
        revoke_ringleader(known, "p", replace(ruling, decided_on=DAY - timedelta(days=1)))
    assert refused.value.code == "error.decision.before_last"


def test_nobody_is_named_twice_and_nothing_is_revoked_that_is_not_there(known, ruling):
    with pytest.raises(InputError) as refused:
        revoke_ringleader(known, "p", ruling)
    assert refused.value.code == "error.person.nothing_to_revoke"
    known.commit(name_ringleader(known, "p", ruling))
    with pytest.raises(InputError) as refused:
        name_ringleader(known, "p", ruling)
    assert refused.value.code == "error.person.named_already"


def test_who_stands_in_the_ledger_keeps_role_and_row(known, ruling):
    known.commit(name_ringleader(known, "p", ruling))
    with pytest.raises(InputError) as refused:
        edit_person(known, "p", pseudonym="P-1", country="", role=PersonRole.MANAGER)
    assert refused.value.code == "error.person.ringleader"
    with pytest.raises(InputError) as refused:
        remove_person(known, "p")
    assert refused.value.code == "error.person.in_ledger"
    known.commit(edit_person(known, "p", pseudonym="P-1", country="TH", role=LED))
    assert (now(known).role, now(known).country) == (LED, "TH")


# --- by hand -------------------------------------------------------------------------------------


def refused_to_all(plan, edit) -> bool:
    """Tell that nobody's edit of these rows passes, whoever may use its verb."""
    for role in Role:
        user = plan.act_as(role)
        if may(user, edit.verb):
            with pytest.raises(PlanError) as refused:
                plan.commit(edit)
            assert refused.value.code.startswith("error.person.")
    return True


def entry_for(plan, court, **more) -> PersonDecision:
    values = {
        "person_id": "p",
        "from_role": PersonRole.MANAGER,
        "to_role": LED,
        "reason": "x",
        "authority_id": court.id,
        "document": "D",
        "decided_on": DAY,
        "recorded_at": datetime.now(UTC),
        "decided_by": plan.user.id,
    }
    return PersonDecision(**(values | more))


@pytest.mark.parametrize("verb", Verb)
def test_no_edit_makes_a_ringleader_without_a_decision(known, verb):
    led = replace(now(known), role=LED, ringleader_decision="D")
    assert refused_to_all(known, Edit(verb=verb, deltas=(updating(now(known), led),)))
    new = replace(led, id="q", pseudonym="P-2", version=0)
    assert refused_to_all(known, Edit(verb=verb, deltas=(inserting([new]),)))
    only_paper = replace(now(known), ringleader_decision="D")
    assert refused_to_all(known, Edit(verb=verb, deltas=(updating(now(known), only_paper),)))


@pytest.mark.parametrize(
    "forged",
    [
        {"decided_by": "somebody"},
        {"reason": " "},
        {"document": ""},
        {"authority_id": "nowhere"},
        {"person_id": "nobody"},
        {"from_role": PersonRole.RECRUITER},
        {"to_role": PersonRole.RECRUITER},
        {"revokes": "some"},
        {"decided_on": today() + timedelta(days=2)},
    ],
)
def test_a_forged_entry_of_the_ledger_is_refused(known, court, forged):
    led = replace(now(known), role=LED, ringleader_decision="D")
    entry = entry_for(known, court, **forged)
    edit = Edit(verb=Verb.DECIDE_PERSON, deltas=(inserting([entry]), updating(now(known), led)))
    with pytest.raises(NotAllowedError):
        known.commit(edit)


def test_the_ledger_and_the_role_come_together_or_not_at_all(known, court):
    entry = entry_for(known, court)
    with pytest.raises(NotAllowedError):
        known.commit(Edit(verb=Verb.DECIDE_PERSON, deltas=(inserting([entry]),)))
    led = replace(now(known), role=LED, ringleader_decision="D")
    both = (inserting([entry]), updating(now(known), led))
    for verb in Verb:
        if verb is not Verb.DECIDE_PERSON and may(known.user, verb):
            with pytest.raises(NotAllowedError):
                known.commit(Edit(verb=verb, deltas=both))
    known.commit(Edit(verb=Verb.DECIDE_PERSON, deltas=both))
    assert now(known).role is LED


def test_the_ledger_only_grows(known, ruling):
    known.commit(name_ringleader(known, "p", ruling))
    (entry,) = known.all(PersonDecision)
    other = replace(entry, reason="other")
    free = replace(now(known), role=PersonRole.MANAGER, ringleader_decision="")
    for deltas in (
        (deleting(entry),),
        (updating(entry, other),),
        (updating(now(known), free),),
        (deleting(now(known)),),
        (deleting(entry), updating(now(known), free)),
    ):
        assert refused_to_all(known, Edit(verb=Verb.DECIDE_PERSON, deltas=deltas))


@pytest.mark.parametrize("verb", [Verb.IMPORT, Verb.EDIT_PERSON, Verb.ADD_LINK])
def test_no_name_and_no_number_comes_in_by_another_way(known, verb):
    named = replace(now(known), pseudonym="Somebody 1")
    assert refused_to_all(known, Edit(verb=verb, deltas=(updating(now(known), named),)))
    asked = replace(now(known), next_question="Call 012 345 678")
    assert refused_to_all(known, Edit(verb=verb, deltas=(updating(now(known), asked),)))


def test_a_ringleader_of_before_the_ledger_can_be_dropped_but_not_made(known):
    led = replace(now(known), role=LED, ringleader_decision="OLD-1")
    known.stands(Edit(verb=Verb.EDIT_LINK, deltas=(updating(now(known), led),)))
    assert list(content_problems(known.table)) == []
    free = replace(now(known), role=PersonRole.MANAGER, ringleader_decision="")
    known.commit(Edit(verb=Verb.EDIT_PERSON, deltas=(updating(now(known), free),)))
    assert now(known).role is PersonRole.MANAGER


def test_check_finds_a_ringleader_whom_no_decision_names(known):
    led = replace(now(known), role=LED)
    known.stands(Edit(verb=Verb.EDIT_LINK, deltas=(updating(now(known), led),)))
    assert [p.what for p in content_problems(known.table)] == ["check.ringleader_without_decision"]
