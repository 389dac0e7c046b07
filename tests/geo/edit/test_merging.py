"""Merging sites: what moves, what stays, what is refused, and that undo takes all of it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import box

from geo.edit.apart import keep_apart
from geo.edit.decisions import decide_status, ledger_of
from geo.edit.edit import Edit, inserting, stamped
from geo.edit.merging import Side, fuller, kept_ids, live_sites, look_ahead, merge_sites, preferred
from geo.edit.verbs import Verb
from geo.errors import InputError
from geo.model.allegation import Allegation
from geo.model.command import Assignment, Authorisation, Coordination, Operation, Zone
from geo.model.entity import Kind, LonLat
from geo.model.evidence import Attachment
from geo.model.network import Link, LinkKind
from geo.model.result import Inspection, Outcome
from geo.model.site import IndicatorCheck, Licence, Site
from geo.model.table import Table
from geo.model.vocabulary import (
    Indicator,
    LegalStatus,
    OperationState,
    Precision,
)
from geo.store.check import content_problems
from tests.geo.project_plan import content, new_project

NOW = datetime(2022, 9, 1, tzinfo=UTC)


def test_a_merged_site_is_no_site_of_its_own():
    table = Table.of(Kind.SITE, ["a", "b", "c"], [1, 1, 1], {"merged_into": ["", "a", None]})
    assert live_sites(table).tolist() == [True, False, True]
    assert kept_ids(table) == {"b": "a"}


def add(plan, *entities):
    """Put rows into the plan as earlier acts would have."""
    edit = Edit(verb=Verb.IMPORT, deltas=tuple(inserting([e]) for e in entities))
    plan.absorb(plan.store.commit(stamped(edit, actor=plan.user.id, at=datetime.now(UTC))))


def hang_on(site_id: str, n: int = 1):
    """One row of everything that points to a site."""
    return (
        Licence(id=f"licence-{site_id}-{n}", number=f"L-{n}", site_id=site_id),
        Allegation(id=f"allegation-{site_id}-{n}", site_id=site_id),
        IndicatorCheck(id=f"check-{site_id}-{n}", site_id=site_id, indicator=Indicator.DECEPTION),
        Inspection(id=f"visit-{site_id}-{n}", site_id=site_id),
        Outcome(id=f"outcome-{site_id}-{n}", site_id=site_id, recorded_on=date(2022, 9, 1)),
        Attachment(
            id=f"photo-{site_id}-{n}",
            owner_kind=Kind.SITE,
            owner_id=site_id,
            file_name="demo.jpg",
            media_type="image/jpeg",
            sha256="ab",
            content_sha256="ab",
            size=1,
            added_at=NOW,
            added_by="u",
        ),
        Link(
            id=f"link-out-{site_id}-{n}",
            from_kind=Kind.SITE,
            from_id=site_id,
            to_kind=Kind.CROSSING,
            to_id="gate",
            kind=LinkKind.TRANSFER,
        ),
        Link(
            id=f"link-in-{site_id}-{n}",
            from_kind=Kind.CROSSING,
            from_id="gate",
            to_kind=Kind.SITE,
            to_id=site_id,
            kind=LinkKind.TRANSFER,
        ),
        Coordination(
            id=f"asked-{site_id}-{n}",
            operation_id="raid",
            authority="court_prosecutor",
            authorisation=Authorisation(site_ids=("site-0", site_id)),
        ),
    )


def pointing_to(plan, site_id: str) -> set[str]:
    """Ids of all rows whose content names a site, besides its ledger and merged sites."""
    return {
        row_id
        for kind, rows in content(plan).items()
        if kind not in {Kind.STATUS_DECISION, Kind.SITE}
        for row_id, row in rows.items()
        if any(site_id in str(value) for value in row.values())
    }


def test_all_that_hung_on_the_merged_site_hangs_on_the_other():
    plan = new_project()
    add(plan, *hang_on("site-1"))
    hanging = pointing_to(plan, "site-1")
    assert len(hanging) == 9
    ahead = look_ahead(plan, "site-2", "site-1")
    assert sum(ahead.moved.values()) == 9
    plan.commit(merge_sites(plan, "site-2", "site-1"))
    assert pointing_to(plan, "site-1") == set()
    assert pointing_to(plan, "site-2") == hanging
    merged = plan.get(Site, "site-1")
    assert (merged.merged_into, merged.code) == ("site-2", "1")
    assert list(content_problems(plan.store.load)) == []


def test_an_authorisation_names_the_kept_site_once():
    plan = new_project()
    add(plan, *hang_on("site-1"))
    plan.commit(merge_sites(plan, "site-0", "site-1"))
    (asked,) = plan.all(Coordination)
    assert asked.authorisation.site_ids == ("site-0",)


def test_a_link_between_the_two_does_not_become_a_link_with_itself():
    plan = new_project()
    ends = {"from_kind": Kind.SITE, "to_kind": Kind.SITE, "kind": LinkKind.SAME_OWNER}
    add(plan, Link(id="one", from_id="site-0", to_id="site-1", **ends))
    add(plan, Link(id="two", from_id="site-1", to_id="site-0", **ends))
    plan.commit(merge_sites(plan, "site-0", "site-1"))
    assert all(link.from_id != link.to_id for link in plan.all(Link))


def test_only_what_was_chosen_moves():
    plan = new_project()
    new = Site(
        id="full", name_km="ស្វាយ", name_en="Mango", point=LonLat(103.5, 10.6),
        precision=Precision.POINT, accuracy_m=5.0, admin_code="180101", capacity=20,
    )  # fmt: skip
    add(plan, new)
    keep = plan.get(Site, "site-0")
    assert fuller(keep, new) == {
        "code": Side.KEEP, "name_km": Side.DROP, "name_en": Side.DROP, "place": Side.DROP,
        "capacity": Side.DROP,
    }  # fmt: skip
    choices = {"name_km": Side.DROP, "place": Side.DROP, "name_en": Side.KEEP}
    plan.commit(merge_sites(plan, "site-0", "full", choices))
    kept = plan.get(Site, "site-0")
    assert (kept.name_km, kept.name_en, kept.capacity) == ("ស្វាយ", "", None)
    assert (kept.point, kept.precision, kept.admin_code) == (
        new.point, Precision.POINT, "180101",
    )  # fmt: skip
    assert plan.get(Site, "full") == replace(new, merged_into="site-0", version=2)


def test_a_code_is_never_lost():
    plan = new_project()
    with pytest.raises(InputError) as refused:
        merge_sites(plan, "site-0", "site-1", {"code": Side.DROP})
    assert refused.value.code == "error.merge.code"
    add(plan, Site(id="nameless", name_en="Mango"))
    plan.commit(merge_sites(plan, "nameless", "site-1", {"code": Side.DROP}))
    assert plan.get(Site, "nameless").code == "1"


def test_sites_that_were_merged_into_a_merged_one_follow_it():
    plan = new_project()
    plan.commit(merge_sites(plan, "site-1", "site-2"))
    plan.commit(merge_sites(plan, "site-0", "site-1"))
    assert kept_ids(plan.table(Kind.SITE)) == {"site-1": "site-0", "site-2": "site-0"}


@pytest.mark.parametrize(
    ("keep", "drop", "code"),
    [
        ("site-0", "site-0", "error.merge.same"),
        ("site-0", "nobody", "error.site.gone"),
        ("site-0", "site-2", "error.merge.merged_already"),
        ("site-2", "site-0", "error.merge.merged_already"),
    ],
)
def test_what_cannot_be_merged_is_refused(keep, drop, code):
    plan = new_project()
    plan.commit(merge_sites(plan, "site-1", "site-2"))
    with pytest.raises(InputError) as refused:
        merge_sites(plan, keep, drop)
    assert refused.value.code == code


def test_nobody_chooses_a_legal_status():
    with pytest.raises(InputError) as refused:
        merge_sites(new_project(), "site-0", "site-1", {"legal_status": Side.DROP})
    assert refused.value.code == "error.merge.no_field"


# --- the ledgers --------------------------------------------------------------------------------


def decide(plan, site_id: str, *states: LegalStatus) -> None:
    for to in states:
        plan.commit(
            decide_status(
                plan, [site_id], to, reason="Seen", authority_id="court", document="D",
                decided_on=date(2022, 9, 2),
            )
        )  # fmt: skip


def test_the_site_with_decisions_is_the_one_that_stays():
    plan = new_project()
    decide(plan, "site-1", LegalStatus.UNDER_REVIEW, LegalStatus.ILLEGAL)
    with pytest.raises(InputError) as refused:
        merge_sites(plan, "site-0", "site-1")
    assert refused.value.code == "error.merge.ledger_of_other"
    assert preferred(plan, "site-0", "site-1") == ("site-1", "site-0")
    plan.commit(merge_sites(plan, "site-1", "site-0"))
    assert plan.get(Site, "site-1").legal_status is LegalStatus.ILLEGAL


def test_two_ledgers_that_say_different_things_are_not_merged():
    plan = new_project()
    decide(plan, "site-0", LegalStatus.UNDER_REVIEW, LegalStatus.LEGAL)
    decide(plan, "site-1", LegalStatus.UNDER_REVIEW, LegalStatus.ILLEGAL)
    for keep, drop in (("site-0", "site-1"), ("site-1", "site-0")):
        with pytest.raises(InputError) as refused:
            merge_sites(plan, keep, drop)
        assert refused.value.code == "error.merge.two_statuses"


def test_two_ledgers_that_agree_stay_each_with_its_row():
    plan = new_project()
    for site_id in ("site-0", "site-1"):
        decide(plan, site_id, LegalStatus.UNDER_REVIEW, LegalStatus.LEGAL)
    before = {i: ledger_of(plan, i) for i in ("site-0", "site-1")}
    plan.commit(merge_sites(plan, "site-0", "site-1"))
    assert {i: ledger_of(plan, i) for i in before} == before
    assert plan.get(Site, "site-1").legal_status is LegalStatus.LEGAL
    assert list(content_problems(plan.store.load)) == []


# --- released operations ------------------------------------------------------------------------


def released(plan):
    add(
        plan,
        Operation(id="done", name="Released raid", state=OperationState.RELEASED),
        Zone(id="z", name="Zone", outline=box(103.4, 10.5, 103.6, 10.7), operation_id="done"),
        Assignment(id="duty", zone_id="z", team_id="team-0"),
        Site(id="inside", code="in", point=LonLat(103.5, 10.6), precision=Precision.POINT),
        Site(id="visited", code="v"),
        Inspection(site_id="visited", assignment_id="duty"),
        Site(id="named", code="n"),
        Coordination(
            operation_id="done",
            authority="court_prosecutor",
            authorisation=Authorisation(site_ids=("named",)),
        ),
    )


@pytest.mark.parametrize("site_id", ["inside", "visited", "named"])
def test_a_released_operation_is_not_touched_without_saying_so(site_id):
    plan = new_project()
    released(plan)
    assert look_ahead(plan, "site-0", site_id).operations == ("Released raid",)
    with pytest.raises(InputError) as refused:
        merge_sites(plan, "site-0", site_id)
    assert refused.value.code == "error.merge.released"
    plan.commit(merge_sites(plan, "site-0", site_id, across_released=True))
    assert plan.get(Site, site_id).merged_into == "site-0"


def test_an_operation_that_is_still_a_draft_needs_no_word():
    plan = new_project()
    add(plan, *hang_on("site-1"))
    assert look_ahead(plan, "site-0", "site-1").operations == ()


# --- undo, and that nothing is lost -------------------------------------------------------------


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_undo_takes_back_every_merger_and_nothing_is_ever_lost(data):
    plan = new_project()
    for n, site_id in enumerate(data.draw(st.lists(st.sampled_from(SITES), max_size=4))):
        rows = hang_on(site_id, n)
        add(plan, *data.draw(st.lists(st.sampled_from(rows), min_size=1, max_size=6, unique_by=id)))
    if data.draw(st.booleans()):
        plan.commit(keep_apart(plan, Kind.SITE, "site-0", "site-1"))
    for site_id in data.draw(st.lists(st.sampled_from(SITES), max_size=2, unique=True)):
        decide(plan, site_id, LegalStatus.UNDER_REVIEW)
    states = [content(plan)]
    for keep, drop in data.draw(st.lists(st.permutations(SITES).map(lambda p: p[:2]), max_size=3)):
        choices = data.draw(st.dictionaries(st.sampled_from(CHOICES), st.sampled_from(Side)))
        try:
            edit = merge_sites(plan, keep, drop, choices)
        except InputError:
            continue
        plan.commit(edit)
        states.append(content(plan))
        lost = {k: states[0][k].keys() - states[-1][k].keys() for k in Kind}
        assert not any(ids for kind, ids in lost.items() if kind is not Kind.DISTINCT_PAIR)
        assert states[-1][Kind.STATUS_DECISION] == states[0][Kind.STATUS_DECISION]
        for i in SITES:
            assert (
                states[-1][Kind.SITE][i]["legal_status"]
                == (states[0][Kind.SITE][i]["legal_status"])
            )
    while len(states) > 1:
        assert content(plan) == states.pop()
        plan.undo()
    assert content(plan) == states[0]


SITES = ("site-0", "site-1", "site-2")
CHOICES = ("name_en", "place", "owner", "visited_on", "activity")
