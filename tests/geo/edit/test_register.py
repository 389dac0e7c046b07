"""Sites, border crossings, users and authorities: adding and correcting them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from geo.edit.crossings import (
    add_crossing,
    change_crossing,
    close_crossing,
    edit_crossing,
    reopen_crossing,
)
from geo.edit.edit import Edit, deleting
from geo.edit.people import add_authorities, add_user
from geo.edit.sites import add_site, edit_site, shown_name
from geo.edit.verbs import Verb
from geo.errors import InputError, NotAllowedError
from geo.model.entity import LonLat
from geo.model.place import BorderCrossing, OpenInterval
from geo.model.plan import User
from geo.model.site import Authority, Site
from geo.model.vocabulary import Activity, CrossingClass, LegalStatus, Neighbour, Role

BACKWARDS = (OpenInterval(date(2022, 2, 1), date(2022, 1, 1)),)


@pytest.fixture
def crossing(plan):
    plan.commit(
        add_crossing(
            BorderCrossing(
                name_en="Demo gate",
                neighbour=Neighbour.THAILAND,
                crossing_class=CrossingClass.INTERNATIONAL,
            )
        )
    )
    return plan.all(BorderCrossing)[0]


def refusal(act) -> str:
    with pytest.raises(InputError) as refused:
        act()
    return refused.value.code


def test_a_site_is_added_unverified(plan):
    plan.commit(add_site(Site(code="D", point=LonLat(103.5, 10.6))))
    assert plan.site("D").legal_status is LegalStatus.UNVERIFIED
    assert plan.site("D").point == LonLat(103.5, 10.6)


@pytest.mark.parametrize("name", ["", "   "])
def test_a_site_has_a_name_or_a_code(plan, name):
    nameless = replace(plan.site(), code=name, name_en=name)
    assert refusal(lambda: add_site(Site(code=name))) == "error.site.no_name"
    assert refusal(lambda: edit_site(plan, nameless)) == "error.site.no_name"


def test_a_correction_changes_what_was_corrected(plan):
    old = plan.site()
    edit = plan.commit(edit_site(plan, replace(old, activity=Activity.SEALED, name_km="កាស៊ីណូ")))
    assert set(edit.deltas[0].after) == {"activity", "name_km"}
    assert plan.site() == replace(old, activity=Activity.SEALED, name_km="កាស៊ីណូ", version=2)


def test_a_site_that_is_gone_is_not_corrected(plan):
    assert refusal(lambda: edit_site(plan, Site(code="Z"))) == "error.site.gone"


def test_a_site_is_called_by_the_first_name_it_has():
    site = Site(code="1", name_en="Inn", name_km="ផ្ទះសំណាក់", name_zh="旅馆")
    shown = []
    for field in ("name_en", "name_km", "name_zh"):
        shown.append(shown_name(site))
        site = replace(site, **{field: ""})
    assert [*shown, shown_name(site)] == ["Inn", "ផ្ទះសំណាក់", "旅馆", "1"]


def test_a_crossing_is_corrected(plan, crossing):
    plan.commit(edit_crossing(plan, replace(crossing, point=LonLat(102.55, 13.66))))
    assert plan.get(BorderCrossing, crossing.id).point == LonLat(102.55, 13.66)


def test_the_history_says_whether_a_crossing_was_added_closed_reopened_or_corrected(plan, crossing):
    verbs = [add_crossing(replace(crossing, id="another")).verb]
    acts = (
        lambda: close_crossing(plan, crossing.id, date(2020, 3, 23)),
        lambda: reopen_crossing(plan, crossing.id, date(2022, 5, 1)),
        lambda: change_crossing(plan, crossing.id, {"basis": "Seen on a photo"}),
    )
    verbs += [plan.commit(build()).verb for build in acts]
    assert verbs == [
        Verb.ADD_CROSSING,
        Verb.CLOSE_CROSSING,
        Verb.REOPEN_CROSSING,
        Verb.EDIT_CROSSING,
    ]


def test_a_crossing_has_a_name(plan, crossing):
    nameless = replace(crossing, name_en=" ")
    assert refusal(lambda: add_crossing(nameless)) == "error.crossing.no_name"
    assert refusal(lambda: edit_crossing(plan, nameless)) == "error.crossing.no_name"


def test_a_crossing_does_not_close_before_it_opens(plan, crossing):
    backwards = replace(crossing, open_intervals=BACKWARDS)
    assert refusal(lambda: add_crossing(backwards)) == "error.crossing.interval_backwards"
    assert refusal(lambda: edit_crossing(plan, backwards)) == "error.crossing.interval_backwards"


def test_a_crossing_that_is_gone_is_not_corrected(plan, crossing):
    assert refusal(lambda: edit_crossing(plan, replace(crossing, id="x"))) == "error.crossing.gone"


@pytest.mark.parametrize(
    ("day", "is_open"),
    [
        (date(2019, 12, 31), True),
        (date(2020, 3, 20), True),
        (date(2020, 3, 21), False),
        (date(2022, 5, 1), True),
    ],
)
def test_a_crossing_is_open_on_the_first_and_the_last_day(day, is_open):
    crossing = BorderCrossing(
        neighbour=Neighbour.THAILAND,
        crossing_class=CrossingClass.LOCAL_CORRIDOR,
        open_intervals=(
            OpenInterval(None, date(2020, 3, 20)),
            OpenInterval(date(2022, 5, 1), None),
        ),
    )
    assert crossing.open_on(day) is is_open


def test_a_user_has_a_name_of_his_own_and_a_key(plan):
    someone = User(name="Someone", role=Role.ANALYST, public_key="cd" * 32)
    assert refusal(lambda: add_user(plan, replace(someone, name=" "))) == "error.user.no_name"
    taken = replace(someone, name=plan.user.name)
    assert refusal(lambda: add_user(plan, taken)) == "error.user.name_taken"
    assert refusal(lambda: add_user(plan, replace(someone, public_key=""))) == "error.user.no_key"
    plan.commit(add_user(plan, someone))
    assert plan.get(User, someone.id) == replace(someone, version=1)


@pytest.fixture
def without_governor(plan):
    """The plan as a planner begins it: nobody commands yet."""
    plan.act_as(Role.GOVERNOR)
    plan.commit(Edit(verb=Verb.EDIT_USER, deltas=(deleting(plan.get(User, plan.user.id)),)))
    plan.act_as(Role.PLANNER)
    return plan


def somebody(role):
    return User(name="Somebody", role=role, public_key="cd" * 32)


COMMANDERS = [Role.GOVERNOR, Role.DEPUTY_GOVERNOR]


@pytest.mark.parametrize("role", COMMANDERS)
def test_a_planner_makes_nobody_a_commander(plan, role):
    with pytest.raises(NotAllowedError) as refused:
        add_user(plan, somebody(role))
    assert refused.value.code == "error.user.commander_by_governor"


@pytest.mark.parametrize("role", list(Role))
def test_the_governor_adds_whoever_is_needed(plan, role):
    plan.act_as(Role.GOVERNOR)
    plan.commit(add_user(plan, somebody(role)))
    assert plan.all(User)[-1].role is role


@pytest.mark.parametrize("role", [r for r in Role if r not in COMMANDERS])
def test_a_planner_adds_whoever_does_not_command(plan, role):
    plan.commit(add_user(plan, somebody(role)))
    assert plan.all(User)[-1].role is role


def test_a_planner_names_the_first_governor_and_nobody_after_him(without_governor):
    plan = without_governor
    with pytest.raises(NotAllowedError):
        add_user(plan, somebody(Role.DEPUTY_GOVERNOR))
    plan.commit(add_user(plan, somebody(Role.GOVERNOR)))
    another = replace(somebody(Role.GOVERNOR), name="Another")
    with pytest.raises(NotAllowedError):
        add_user(plan, another)


def test_nobody_adds_users_without_signing_in(plan):
    plan.user = None
    with pytest.raises(NotAllowedError) as refused:
        add_user(plan, somebody(Role.GOVERNOR))
    assert refused.value.code == "error.nobody_signed_in"


def test_authorities_join_the_plans_list(plan, court):
    plan.commit(add_authorities([Authority(name_km="អធិការ", name_en="Inspectorate")]))
    assert plan.all(Authority)[-1].name_en == "Inspectorate"
    assert court in [replace(a, version=0) for a in plan.all(Authority)]
