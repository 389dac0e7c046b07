"""Licences against sites: proposals, lists, and what is never said of a site."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from geo.analysis.reconcile import Finding, Terms, reconcile
from geo.edit.edit import Edit, inserting
from geo.edit.licence_links import link_licences
from geo.edit.verbs import Verb
from geo.errors import InputError
from geo.model.entity import Kind, LonLat
from geo.model.plan import PlanInfo, User
from geo.model.site import Licence, Site
from geo.model.vocabulary import Activity, LegalStatus, Precision, Role, SiteKind
from geo.project import Project
from geo.store.memory import MemoryStore

TODAY = date(2022, 9, 17)
TERMS = Terms(today=TODAY)
HERE = LonLat(103.50, 10.60)
METRE = 1 / 111_320


def plan_of(*rows):
    user = User(name="Planner", role=Role.PLANNER, public_key="ab" * 32)
    info = PlanInfo(name="Demo", province_code="18", created_at=datetime(2022, 9, 1, tzinfo=UTC))
    store = MemoryStore()
    groups = [[r for r in rows if isinstance(r, cls)] for cls in (Site, Licence)]
    deltas = (inserting([info]), inserting([user]), *(inserting(g) for g in groups if g))
    store.commit(Edit(verb=Verb.CREATE_PLAN, actor=user.id, barrier=True, deltas=deltas))
    return Project(store, user)


def site(entity_id, name="Demo Mango Casino", *, east_m=0.0, **more):
    point = LonLat(HERE.lon + east_m * METRE / 0.983, HERE.lat)
    values = {"point": point, "precision": Precision.POINT, "admin_code": "180104"} | more
    return Site(id=entity_id, name_en=name, kind=SiteKind.CASINO, **values)


def licence(entity_id="l", business="Demo Mango Casino", **more):
    values = {"point": HERE, "activity_kind": SiteKind.CASINO, "admin_code": "180104"} | more
    return Licence(id=entity_id, number=entity_id, business=business, **values)


def only(plan, terms=TERMS):
    found = reconcile(plan, terms)
    return found.site_ids[0], set(found.findings_of(0))


def test_a_site_of_the_same_name_in_the_same_place_is_proposed_and_not_linked():
    plan = plan_of(site("s"), licence())
    assert only(plan) == ("s", {Finding.PROPOSED})
    assert plan.get(Licence, "l").site_id == ""


def test_a_link_that_somebody_made_is_matched():
    plan = plan_of(site("s"), licence(site_id="s"))
    assert only(plan) == ("s", {Finding.MATCHED})


@pytest.mark.parametrize(
    ("days", "shown"),
    [(-1, Finding.EXPIRED), (0, Finding.EXPIRING), (90, Finding.EXPIRING), (91, Finding.MATCHED)],
)
def test_a_licence_is_valid_on_its_last_day_and_expiring_for_ninety_days_before(days, shown):
    plan = plan_of(site("s"), licence(site_id="s", expires_on=TODAY + timedelta(days=days)))
    assert only(plan)[1] == {shown}


def test_a_licence_without_an_end_never_expires():
    assert only(plan_of(site("s"), licence(site_id="s", expires_on=None)))[1] == {Finding.MATCHED}


def test_a_link_to_a_place_far_away_or_of_another_name_is_said():
    far = plan_of(site("s", east_m=400), licence(site_id="s"))
    assert only(far)[1] == {Finding.FAR}
    other = plan_of(site("s", "Demo Kite Brick Kiln"), licence(site_id="s"))
    assert only(other)[1] == {Finding.NAME_DIFFERS}


def test_a_business_named_in_two_scripts_is_called_as_its_site_is():
    business = "Demo Mango Casino · កាស៊ីណូ ស្វាយ សាកល្បង"
    plan = plan_of(site("s"), licence(site_id="s", business=business))
    assert only(plan)[1] == {Finding.MATCHED}
    khmer = plan_of(site("s", "", name_km="កាស៊ីណូ ស្វាយ សាកល្បង"), licence(business=business))
    assert only(khmer) == ("s", {Finding.PROPOSED})


def test_how_far_is_far_is_the_users_choice():
    plan = plan_of(site("s", east_m=400), licence(site_id="s"))
    assert only(plan, Terms(today=TODAY, far_m=500))[1] == {Finding.MATCHED}


def test_of_several_sites_of_one_name_the_one_in_place_is_proposed():
    plan = plan_of(site("far", east_m=5_000), site("near", east_m=40), licence())
    assert only(plan)[0] == "near"


def test_of_several_sites_of_one_name_and_no_place_none_is_guessed():
    plan = plan_of(
        site("a", east_m=5_000, admin_code="180201"),
        site("b", east_m=9_000, admin_code="180301"),
        licence(point=None, admin_code=""),
    )
    assert only(plan) == ("", {Finding.NO_SITE})


def test_next_door_and_of_the_same_kind_is_proposed_and_the_other_name_said():
    plan = plan_of(site("s", "Demo Kite", east_m=10), licence())
    assert only(plan) == ("s", {Finding.PROPOSED, Finding.NAME_DIFFERS})


def test_a_misspelt_name_in_the_same_commune_is_proposed():
    plan = plan_of(site("s", "Demo Manggo Casino", east_m=3_000), licence(point=None))
    assert only(plan)[0] == "s"


def test_a_site_known_by_its_commune_only_is_at_no_distance():
    plan = plan_of(
        site("s", point=None, precision=Precision.COMMUNE), licence(site_id="s", point=HERE)
    )
    assert only(plan)[1] == {Finding.MATCHED}


def test_operating_sites_without_a_licence_are_listed_and_their_status_is_left_alone():
    plan = plan_of(
        site("open"), site("shut", activity=Activity.CLOSED), site("gone", merged_into="open")
    )
    found = reconcile(plan, TERMS)
    assert list(found.sites_without) == ["open"]
    assert set(plan.table(Kind.SITE)["legal_status"]) == {LegalStatus.UNVERIFIED}


def test_a_licence_of_a_merged_site_counts_for_the_site_that_it_was_merged_into():
    plan = plan_of(site("s"), site("old", merged_into="s"), licence(site_id="old"))
    found = reconcile(plan, TERMS)
    assert (found.site_ids[0], len(found.sites_without)) == ("s", 0)


def test_every_licence_is_in_a_list():
    plan = plan_of(
        site("s"),
        licence("a", site_id="s"),
        licence("b", business="Demo Nowhere", point=None, admin_code=""),
        licence("c", expires_on=date(2020, 1, 1)),
    )
    found = reconcile(plan, TERMS)
    assert all(found.findings_of(i) for i in range(3))


def test_proposals_become_links_in_one_edit_that_can_be_undone():
    plan = plan_of(
        site("s"), site("t", "Demo Kite", east_m=900), licence("a"), licence("b", "Demo Kite")
    )
    plan.commit(link_licences(plan, {"a": "s", "b": "t"}))
    assert reconcile(plan, TERMS).linked.all()
    plan.undo()
    assert not reconcile(plan, TERMS).linked.any()


def test_a_licence_is_not_linked_to_a_site_that_is_gone_or_merged():
    plan = plan_of(site("s"), site("old", merged_into="s"), licence("a"))
    for target in ("nowhere", "old"):
        with pytest.raises(InputError, match=r"error\.site\.gone"):
            link_licences(plan, {"a": target})
    with pytest.raises(InputError, match="gone"):
        link_licences(plan, {"nothing": "s"})
    with pytest.raises(InputError):
        link_licences(plan, {})
