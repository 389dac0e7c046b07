"""The legal status of a past day: as decided with today's knowledge, or as known then."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.clock import end_of_day
from geo.edit.decisions import TRANSITIONS, SiteRuling, decide_many, decide_status
from geo.edit.edit import Edit, inserting
from geo.edit.ledger import Ledger, standing_at, status_at
from geo.edit.verbs import Verb
from geo.model.codec import to_row
from geo.model.entity import Kind
from geo.model.site import Authority, Site, StatusDecision
from geo.model.table import Table, columns_from_rows
from geo.model.vocabulary import LegalStatus

S = LegalStatus
START = date(2022, 1, 1)
DAYS = 400


def table(kind: Kind, entities: list) -> Table:
    return Table.of(
        kind,
        [e.id for e in entities],
        [1] * len(entities),
        columns_from_rows([to_row(e) for e in entities]),
    )


@st.composite
def ledgers(draw) -> tuple[list[Site], list[StatusDecision]]:
    """Some sites, each with a way through the allowed decisions, entered on any later day."""
    sites, decisions = [], []
    for n in range(draw(st.integers(1, 4))):
        status, day, illegal, appealed = S.UNVERIFIED, START, "", ""
        entered = datetime(2022, 1, 1, tzinfo=UTC)
        for step in range(draw(st.integers(0, 5))):
            to = draw(st.sampled_from(sorted(TRANSITIONS[status])))
            day += timedelta(days=draw(st.integers(0, 60)))
            # Entries follow each other, also those about a day long past.
            entered = max(
                entered + timedelta(seconds=1),
                datetime(day.year, day.month, day.day, 3, tzinfo=UTC)
                + timedelta(days=draw(st.integers(0, 90))),
            )
            made = StatusDecision(
                id=f"d-{n}-{step}",
                site_id=f"s-{n}",
                from_status=status,
                to_status=to,
                reason="r",
                authority_id="a",
                document="d",
                decided_on=day,
                recorded_at=entered,
                decided_by="u",
                annuls=appealed if to is S.LEGAL else "",
            )
            appealed = illegal if status is S.ILLEGAL and to is S.UNDER_REVIEW else ""
            illegal = made.id if to is S.ILLEGAL else illegal
            decisions.append(made)
            status = to
        sites.append(Site(id=f"s-{n}", legal_status=status))
    return sites, draw(st.permutations(decisions))


def ledger(sites: list[Site], decisions: list[StatusDecision]) -> Ledger:
    return Ledger(table(Kind.SITE, sites), table(Kind.STATUS_DECISION, decisions))


DAY = st.integers(-10, DAYS).map(lambda n: START + timedelta(days=n))


@given(ledgers())
def test_the_last_of_all_decisions_is_the_status_that_the_site_has(made):
    sites, decisions = made
    found = ledger(sites, decisions).on(date(2030, 1, 1)).status
    assert found.tolist() == [site.legal_status.value for site in sites]


@given(ledgers(), DAY)
def test_what_is_decided_later_changes_no_past_day_as_decided(made, day):
    sites, decisions = made
    earlier = [d for d in decisions if d.decided_on <= day]
    whole = ledger(sites, decisions).on(day)
    assert whole.status.tolist() == ledger(sites, earlier).on(day).status.tolist()


@given(ledgers(), DAY)
def test_only_an_annulment_tells_a_past_day_what_came_later(made, day):
    sites, decisions = made
    whole = ledger(sites, decisions).on(day)
    annulled = {d.annuls for d in decisions if d.annuls}
    held = [decisions[i].id if i >= 0 else "" for i in whole.since]
    assert whole.annulled.tolist() == [i in annulled for i in held]


@given(ledgers(), DAY)
def test_what_is_entered_later_changes_no_past_day_as_known_then(made, day):
    sites, decisions = made
    evening = end_of_day(day)
    entered = [d for d in decisions if d.recorded_at <= evening]
    whole = ledger(sites, decisions).on(day, known_at=evening)
    then = ledger(sites, entered).on(day, known_at=evening)
    assert whole.status.tolist() == then.status.tolist()
    assert whole.annulled.tolist() == then.annulled.tolist()


@given(ledgers(), DAY)
def test_a_site_of_which_nothing_was_decided_was_unverified(made, day):
    sites, decisions = made
    found = ledger(sites, decisions).on(day)
    undecided = {s.id for s in sites} - {d.site_id for d in decisions if d.decided_on <= day}
    for site, status in zip(sites, found.status, strict=True):
        if site.id in undecided:
            assert status == S.UNVERIFIED


@pytest.fixture
def decision(plan):
    court = next(a for a in plan.all(Authority) if a.may_decide)
    return {"reason": "Found so", "authority_id": court.id, "document": "No. 1"}


def ways(plan, decision, *steps: tuple[LegalStatus, date]):
    site = plan.site("A")
    rulings = [SiteRuling(site_id=site.id, to=to, decided_on=day, **decision) for to, day in steps]
    plan.commit(decide_many(plan, rulings))
    return plan.table(Kind.SITE).index[site.id]


def test_a_decision_annulled_after_an_appeal_is_said_to_be_annulled_on_its_own_days(plan, decision):
    row = ways(
        plan,
        decision,
        (S.UNDER_REVIEW, date(2022, 1, 1)),
        (S.ILLEGAL, date(2022, 2, 1)),
        (S.UNDER_REVIEW, date(2022, 5, 1)),
        (S.LEGAL, date(2022, 6, 1)),
    )
    said = {
        day: (standing.status[row], bool(standing.annulled[row]))
        for day in (date(2022, 1, 15), date(2022, 3, 1), date(2022, 5, 15), date(2022, 7, 1))
        for standing in [standing_at(plan, day)]
    }
    assert list(said.values()) == [
        ("under_review", False),
        ("illegal", True),
        ("under_review", False),
        ("legal", False),
    ]


def test_a_decision_dated_back_is_not_known_on_the_day_of_its_date(plan, decision):
    day = date(2022, 3, 1)
    row = ways(plan, decision, (S.UNDER_REVIEW, day))
    assert status_at(plan, day)[row] == S.UNDER_REVIEW
    assert status_at(plan, day, known_at=end_of_day(day))[row] == S.UNVERIFIED


def test_the_evening_of_a_day_is_the_evening_in_cambodia():
    assert end_of_day(date(2022, 9, 17)).isoformat() == "2022-09-17T16:59:59.999999+00:00"


def test_a_decision_entered_before_midnight_in_cambodia_was_known_that_day(plan, decision):
    site = plan.site("A")
    made = decide_status(plan, [site.id], S.UNDER_REVIEW, decided_on=date(2022, 9, 17), **decision)
    (entry,) = [d for d in made.deltas if d.kind is Kind.STATUS_DECISION]
    late = {**entry.after, "recorded_at": ("2022-09-17T16:59:00+00:00",)}
    row = plan.table(Kind.SITE).index[site.id]
    decisions = Table.of(Kind.STATUS_DECISION, entry.ids, (1,), late)
    found = Ledger(plan.table(Kind.SITE), decisions)
    for day, status in ((date(2022, 9, 17), S.UNDER_REVIEW), (date(2022, 9, 16), S.UNVERIFIED)):
        assert found.on(day, known_at=end_of_day(day)).status[row] == status


def test_a_plan_without_sites_or_decisions_has_nothing_to_say(plan):
    assert status_at(plan, START).tolist() == ["unverified"] * 3
    assert (
        len(Ledger(Table.empty(Kind.SITE), Table.empty(Kind.STATUS_DECISION)).on(START).status) == 0
    )


def test_decisions_about_a_site_that_is_gone_are_passed_over():
    sites = [Site(id="here", legal_status=S.UNVERIFIED)]
    gone = StatusDecision(
        id="d",
        site_id="gone",
        from_status=S.UNVERIFIED,
        to_status=S.UNDER_REVIEW,
        reason="r",
        authority_id="a",
        document="d",
        decided_on=START,
        recorded_at=datetime(2022, 1, 2, tzinfo=UTC),
        decided_by="u",
    )
    found = ledger(sites, [gone, replace(gone, id="e")]).on(date(2023, 1, 1))
    assert found.status.tolist() == ["unverified"]
    assert np.array_equal(found.since, [-1])


def test_first_seen_tells_when_each_row_came_in(plan):
    from geo.store.first_seen import first_seen

    before = first_seen(plan.store)
    later = Site(id="later", code="L")
    plan.commit(Edit(verb=Verb.ADD_SITE, deltas=(inserting([later]),)))
    after = first_seen(plan.store)
    assert after.keys() - before.keys() == {"later"}
    assert all(after[i] == at for i, at in before.items())
