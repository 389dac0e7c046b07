"""A site becomes illegal only by a named person's decision, with reason, authority and document."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from geo.edit.decisions import (
    TRANSITIONS,
    SiteRuling,
    decide_many,
    decide_status,
    latest_decisions,
    ledger_of,
)
from geo.edit.edit import Delta, Edit, deleting, inserting, inserting_columns, updating
from geo.edit.sites import add_site, edit_site
from geo.edit.verbs import Verb
from geo.errors import InputError, NotAllowedError, PlanError
from geo.model.codec import to_row
from geo.model.entity import Kind
from geo.model.site import Site, StatusDecision
from geo.model.vocabulary import LegalStatus, Role

S = LegalStatus
# How a site comes into each state, one decision after the other.
WAYS = {
    S.UNVERIFIED: (),
    S.UNDER_REVIEW: (S.UNDER_REVIEW,),
    S.LEGAL: (S.UNDER_REVIEW, S.LEGAL),
    S.ILLEGAL: (S.UNDER_REVIEW, S.ILLEGAL),
    S.MIXED: (S.UNDER_REVIEW, S.MIXED),
    S.SUSPENDED: (S.UNDER_REVIEW, S.LEGAL, S.SUSPENDED),
    S.REVOKED: (S.UNDER_REVIEW, S.LEGAL, S.SUSPENDED, S.REVOKED),
    S.REGULARISED: (S.UNDER_REVIEW, S.ILLEGAL, S.REGULARISED),
}
# What the domain draws; besides, whatever was decided may come under a new review.
DRAWN = {
    (S.UNVERIFIED, S.UNDER_REVIEW),
    (S.UNDER_REVIEW, S.LEGAL),
    (S.UNDER_REVIEW, S.ILLEGAL),
    (S.UNDER_REVIEW, S.MIXED),
    (S.LEGAL, S.SUSPENDED),
    (S.SUSPENDED, S.LEGAL),
    (S.SUSPENDED, S.REVOKED),
    (S.ILLEGAL, S.REGULARISED),
    (S.ILLEGAL, S.UNDER_REVIEW),
}
DECIDED = set(S) - {S.UNVERIFIED, S.UNDER_REVIEW}


def brought_to(plan, status, decision):
    for step in WAYS[status]:
        plan.commit(decide_status(plan, [plan.site().id], step, **decision))
    return plan.site()


def refusal(act) -> str:
    with pytest.raises(PlanError) as refused:
        act()
    return refused.value.code


@pytest.mark.parametrize("current", list(S))
@pytest.mark.parametrize("wanted", list(S))
def test_a_decision_leads_only_along_the_drawn_ways(plan, decision, current, wanted):
    site = brought_to(plan, current, decision)
    if wanted in TRANSITIONS[current]:
        plan.commit(decide_status(plan, [site.id], wanted, **decision))
        assert plan.site().legal_status is wanted
        last = ledger_of(plan, site.id)[-1]
        assert (last.from_status, last.to_status) == (current, wanted)
    else:
        code = refusal(lambda: decide_status(plan, [site.id], wanted, **decision))
        assert code == "error.decision.no_such_way"
        assert plan.site().legal_status is current


def test_the_ways_are_those_of_the_domain_and_a_new_review_of_what_was_decided():
    ways = {(a, b) for a, following in TRANSITIONS.items() for b in following}
    assert set(TRANSITIONS) == set(S)
    assert ways == DRAWN | {(status, S.UNDER_REVIEW) for status in DECIDED}


def test_nothing_is_decided_about_a_site_that_nobody_put_under_review():
    assert TRANSITIONS[S.UNVERIFIED] == {S.UNDER_REVIEW}


def test_no_way_leads_back_to_a_site_that_nobody_ever_looked_at():
    # Else "illegal" could be made to vanish without a decision that annuls it.
    assert all(S.UNVERIFIED not in following for following in TRANSITIONS.values())


def test_a_decision_leaves_who_why_by_what_authority_and_document(plan, court, decision):
    site = plan.site()
    plan.commit(decide_status(plan, [site.id], S.UNDER_REVIEW, **decision))
    (entry,) = ledger_of(plan, site.id)
    assert (entry.reason, entry.document) == ("No licence was shown", "DOC-1")
    assert (entry.authority_id, entry.decided_by) == (court.id, plan.user.id)
    assert entry.decided_on == date(2022, 9, 2)
    assert entry.recorded_at.utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("reason", " ", "error.decision.no_reason"),
        ("document", " ", "error.decision.no_document"),
        ("authority_id", "", "error.decision.no_authority"),
        ("authority_id", "not of the list", "error.decision.no_authority"),
        ("decided_on", date.today() + timedelta(days=2), "error.decision.future"),  # noqa: DTZ011
    ],
)
def test_a_decision_that_lacks_something_is_none(plan, decision, field, value, code):
    site = brought_to(plan, S.UNDER_REVIEW, decision)
    lacking = {**decision, field: value}
    assert refusal(lambda: decide_status(plan, [site.id], S.ILLEGAL, **lacking)) == code
    assert plan.site().legal_status is S.UNDER_REVIEW


def test_an_authority_that_may_not_decide_does_not(plan, newspaper, decision):
    wrong = {**decision, "authority_id": newspaper.id}
    code = refusal(lambda: decide_status(plan, [plan.site().id], S.UNDER_REVIEW, **wrong))
    assert code == "error.decision.authority_may_not"


def test_nobody_decides_without_a_name(plan, decision):
    plan.user = None
    code = refusal(lambda: decide_status(plan, [plan.site().id], S.UNDER_REVIEW, **decision))
    assert code == "error.nobody_signed_in"


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ANALYST])
def test_who_only_reads_decides_nothing(plan, decision, role):
    plan.act_as(role)
    edit = decide_status(plan, [plan.site().id], S.UNDER_REVIEW, **decision)
    with pytest.raises(NotAllowedError):
        plan.commit(edit)


def test_a_decision_is_about_sites_of_the_plan(plan, decision):
    assert refusal(lambda: decide_status(plan, [], S.LEGAL, **decision)) == "error.decision.no_site"
    gone = refusal(lambda: decide_status(plan, ["nowhere"], S.LEGAL, **decision))
    assert gone == "error.site.gone"


def test_a_decision_older_than_the_last_one_is_refused_and_one_of_the_same_day_is_not(
    plan, decision
):
    site = brought_to(plan, S.UNDER_REVIEW, decision)
    older = {**decision, "decided_on": decision["decided_on"] - timedelta(days=1)}
    code = refusal(lambda: decide_status(plan, [site.id], S.LEGAL, **older))
    assert code == "error.decision.before_last"
    plan.commit(decide_status(plan, [site.id], S.LEGAL, **decision))
    assert plan.site().legal_status is S.LEGAL
    assert latest_decisions(plan) == {site.id: decision["decided_on"]}


def test_one_document_may_decide_about_several_sites(plan, decision):
    ids = [plan.site(code).id for code in "AB"]
    edit = plan.commit(decide_status(plan, ids, S.UNDER_REVIEW, **decision))
    assert edit.params["name"] == "2"
    assert [plan.site(code).legal_status for code in "ABC"] == [
        S.UNDER_REVIEW,
        S.UNDER_REVIEW,
        S.UNVERIFIED,
    ]


def test_one_site_twice_in_one_document_is_a_mistake(plan, decision):
    twice = [plan.site().id] * 2
    code = refusal(lambda: decide_status(plan, twice, S.UNDER_REVIEW, **decision))
    assert code == "error.decision.no_such_way"


def rulings(site, statuses, decision):
    return [SiteRuling(site_id=site.id, to=to, **decision) for to in statuses]


def test_a_register_of_decisions_is_one_edit_in_its_order(plan, decision):
    site = plan.site()
    plan.commit(decide_many(plan, rulings(site, WAYS[S.REVOKED], decision)))
    assert plan.site().legal_status is S.REVOKED
    assert [d.to_status for d in ledger_of(plan, site.id)] == list(WAYS[S.REVOKED])
    plan.undo()
    assert plan.site().legal_status is S.UNVERIFIED
    assert ledger_of(plan, site.id) == []


def test_a_decision_annulled_after_an_appeal_is_named_by_the_one_that_annuls_it(plan, decision):
    site = plan.site()
    for status in (S.UNDER_REVIEW, S.ILLEGAL, S.UNDER_REVIEW, S.LEGAL):
        plan.commit(decide_status(plan, [site.id], status, **decision))
    review, illegal, appeal, legal = ledger_of(plan, site.id)
    assert legal.annuls == illegal.id
    assert (review.annuls, illegal.annuls, appeal.annuls) == ("", "", "")
    assert len(plan.all(StatusDecision)) == 4


def test_an_annulment_within_one_edit_is_seen_too(plan, decision):
    site = plan.site()
    ways = (S.UNDER_REVIEW, S.ILLEGAL, S.UNDER_REVIEW, S.LEGAL)
    plan.commit(decide_many(plan, rulings(site, ways, decision)))
    _, illegal, _, legal = ledger_of(plan, site.id)
    assert legal.annuls == illegal.id


def test_an_appeal_that_fails_or_a_site_put_right_annuls_nothing(plan, decision):
    a, b = plan.site("A"), plan.site("B")
    failed = (S.UNDER_REVIEW, S.ILLEGAL, S.UNDER_REVIEW, S.ILLEGAL)
    put_right = (S.UNDER_REVIEW, S.ILLEGAL, S.REGULARISED, S.UNDER_REVIEW, S.LEGAL)
    plan.commit(decide_many(plan, rulings(a, failed, decision) + rulings(b, put_right, decision)))
    assert {d.annuls for d in plan.all(StatusDecision)} == {""}


def forged(plan, decision):
    """Edits that would make a site illegal without entering a decision as it must be."""
    site = plan.site()
    sneaked = Delta(
        Kind.SITE,
        (site.id,),
        (site.version,),
        {"legal_status": ("unverified",)},
        {"legal_status": ("illegal",)},
    )
    entry = StatusDecision(
        site_id=site.id,
        from_status=S.UNVERIFIED,
        to_status=S.ILLEGAL,
        recorded_at=decide_status(plan, [site.id], S.UNDER_REVIEW, **decision).at,
        decided_by=plan.user.id,
        **decision,
    )
    claimed = Site(code="D", legal_status=S.ILLEGAL)
    columns = {name: [value] for name, value in to_row(claimed).items()}
    return {
        "an update": Edit(verb=Verb.EDIT_SITE, deltas=(sneaked,)),
        "a decision without an entry": Edit(verb=Verb.DECIDE_STATUS, deltas=(sneaked,)),
        "an import": Edit(
            verb=Verb.IMPORT, deltas=(inserting_columns(Kind.SITE, [claimed.id], columns),)
        ),
        "a new site": Edit(verb=Verb.ADD_SITE, deltas=(inserting([claimed]),)),
        "an entry in an import": Edit(verb=Verb.IMPORT, deltas=(inserting([entry]), sneaked)),
        **{
            f"an entry without {field}": Edit(
                verb=Verb.DECIDE_STATUS,
                deltas=(inserting([replace(entry, **{field: ""})]), sneaked),
            )
            for field in ("reason", "document", "authority_id", "decided_by")
        },
        "an entry in another's name": Edit(
            verb=Verb.DECIDE_STATUS,
            deltas=(inserting([replace(entry, decided_by="somebody else")]), sneaked),
        ),
    }


@pytest.mark.parametrize("way", range(10))
def test_nothing_else_makes_a_site_illegal(plan, decision, way):
    name, edit = list(forged(plan, decision).items())[way]
    with pytest.raises(PlanError):
        plan.commit(edit)
    assert {s.legal_status for s in plan.all(Site)} == {S.UNVERIFIED}, name


def test_the_ledger_only_grows(plan, decision):
    site = brought_to(plan, S.UNDER_REVIEW, decision)
    (entry,) = ledger_of(plan, site.id)
    for verb in (Verb.EDIT_SITE, Verb.DECIDE_STATUS):
        for delta in (deleting(entry), updating(entry, replace(entry, reason="Another"))):
            code = refusal(lambda d=delta, v=verb: plan.commit(Edit(verb=v, deltas=(d,))))
            assert code == "error.site.status_without_decision"


def test_a_new_or_corrected_site_brings_no_status_with_it(plan):
    for act in (
        lambda: add_site(Site(code="D", legal_status=S.LEGAL)),
        lambda: edit_site(plan, replace(plan.site(), legal_status=S.ILLEGAL)),
    ):
        assert refusal(act) == "error.site.status_without_decision"


def test_what_a_register_claims_is_kept_as_a_claim(plan):
    plan.commit(add_site(Site(code="D", claimed_status="illegal")))
    site = plan.site("D")
    assert (site.claimed_status, site.legal_status) == ("illegal", S.UNVERIFIED)


def test_errors_name_the_known_code_of_input(plan, decision):
    with pytest.raises(InputError):
        decide_status(plan, [plan.site().id], S.REVOKED, **decision)


def test_a_suspension_lifted_in_the_same_edit_leaves_its_entries_only(plan, decision):
    site = brought_to(plan, S.LEGAL, decision)
    plan.commit(decide_many(plan, rulings(site, (S.SUSPENDED, S.LEGAL), decision)))
    assert plan.site() == site
    assert len(ledger_of(plan, site.id)) == 4


def test_a_clock_that_was_set_back_does_not_put_a_decision_before_the_last(
    plan, decision, monkeypatch
):
    site_id = plan.site().id
    plan.commit(decide_status(plan, [site_id], S.UNDER_REVIEW, **decision))

    class SetBack(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) - timedelta(minutes=5)

    monkeypatch.setattr("geo.edit.decisions.datetime", SetBack)
    plan.commit(decide_status(plan, [site_id], S.LEGAL, **decision))
    assert plan.site().legal_status is S.LEGAL
    assert [d.to_status for d in ledger_of(plan, site_id)] == [S.UNDER_REVIEW, S.LEGAL]
