"""One lens for map, legend, lists and tables: filters of every kind, and the rows of a past day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from geo.edit.decisions import SiteRuling, decide_many
from geo.edit.edit import Edit, deleting, inserting, updating
from geo.edit.verbs import Verb
from geo.model.entity import Kind
from geo.model.place import BorderCrossing, OpenInterval
from geo.model.plan import User
from geo.model.site import Authority, Licence
from geo.model.vocabulary import (
    Activity,
    AllegationKind,
    AllegationStatus,
    Answer,
    Credibility,
    CrossingClass,
    LegalStatus,
    Neighbour,
    Precision,
    Reliability,
    Role,
    SiteKind,
)
from layers import content
from layers.filters import (
    EVERYTHING,
    AllegationFilter,
    CrossingFilter,
    MapFilter,
    SiteFilter,
)
from layers.hit import pick
from layers.layer_list import default_layers
from layers.legend import legend
from layers.lens import Lens
from layers.moment import NOW, Mode, Moment
from layers.read_only import ShownPlan
from layers.seen import FirstSeen
from layers.snapshot import snapshot
from layers.style import site_symbol
from layers.view import MapView
from tests.layers.scenes import CENTRE, POIPET, allegation, project_of, site

B2 = (Reliability.B, Credibility.TWO)
SITES = (
    site(id="s1", kind=SiteKind.CASINO, legal_status=LegalStatus.LEGAL),
    site(id="s2", kind=SiteKind.SHOP, activity=Activity.CLOSED),
    site(id="s3", kind=SiteKind.CASINO, precision=Precision.COMMUNE, admin_code="010201"),
)
ALLEGATIONS = (
    allegation(
        id="a1",
        grade="A1",
        received_on=date(2022, 1, 5),
        kinds=(AllegationKind.TORTURE, AllegationKind.FORCED_LABOUR),
        site_id="s1",
    ),
    allegation(
        id="a2",
        grade="C3",
        received_on=date(2022, 6, 5),
        held_now=Answer.YES,
        kinds=(AllegationKind.FORCED_LABOUR,),
    ),
    allegation(id="a3", grade="F2", status=AllegationStatus.TRIAGED),
    allegation(id="a4", grade="B6", received_on=date(2023, 1, 5), precision=Precision.COMMUNE),
)
CROSSINGS = tuple(
    BorderCrossing(
        id=f"c{n}",
        name_en=f"Gate {n}",
        neighbour=Neighbour("TH"),
        crossing_class=cls,
        point=CENTRE,
        open_intervals=intervals,
    )
    for n, (cls, intervals) in enumerate(
        (
            (CrossingClass.INTERNATIONAL, (OpenInterval(None, date(2022, 3, 1)),)),
            (CrossingClass.LOCAL_CORRIDOR, (OpenInterval(date(2022, 5, 1), None),)),
            (CrossingClass.UNOFFICIAL, ()),
        ),
        start=1,
    )
)
LICENCE = Licence(id="l1", number="1", site_id="s2")


@pytest.fixture
def plan():
    return project_of(*SITES, *ALLEGATIONS, *CROSSINGS, LICENCE)


def shown(plan, kind, wanted=EVERYTHING, moment=NOW, seen=None) -> set[str]:
    lens = Lens(moment, wanted, seen)
    through = set(lens.project(plan).table(kind).ids)
    table = plan.table(kind)
    # The mask over the plan's own rows and the rows of the shown plan are one truth.
    assert through == set(table.ids[lens.mask(plan, kind)])
    assert lens.shown(plan, kind).n == len(through)
    return through


@pytest.mark.parametrize(
    ("wanted", "left"),
    [
        (SiteFilter(), {"s1", "s2", "s3"}),
        (SiteFilter(kinds=frozenset({SiteKind.CASINO})), {"s1", "s3"}),
        (SiteFilter(statuses=frozenset({LegalStatus.LEGAL})), {"s1"}),
        (SiteFilter(activities=frozenset({Activity.CLOSED})), {"s2"}),
        (SiteFilter(licensed=True), {"s2"}),
        (SiteFilter(licensed=False), {"s1", "s3"}),
        (SiteFilter(kinds=frozenset({SiteKind.CASINO}), licensed=True), set()),
    ],
)
def test_sites_are_filtered_by_each_field_and_by_all_of_them(plan, wanted, left):
    assert shown(plan, Kind.SITE, MapFilter(sites=wanted)) == left


@pytest.mark.parametrize(
    ("wanted", "left"),
    [
        (AllegationFilter(least=B2), {"a1"}),
        (AllegationFilter(least=(Reliability.C, Credibility.THREE)), {"a1", "a2"}),
        (AllegationFilter(kinds=frozenset({AllegationKind.FORCED_LABOUR})), {"a1", "a2"}),
        (AllegationFilter(kinds=frozenset({AllegationKind.TORTURE})), {"a1"}),
        (AllegationFilter(states=frozenset({AllegationStatus.TRIAGED})), {"a3"}),
        (AllegationFilter(precisions=frozenset({Precision.COMMUNE})), {"a4"}),
        (AllegationFilter(held_now=True), {"a2"}),
        (AllegationFilter(linked=True), {"a1"}),
        (AllegationFilter(linked=False), {"a2", "a3", "a4"}),
        (AllegationFilter(since=date(2022, 2, 1)), {"a2", "a4"}),
        (AllegationFilter(until=date(2022, 6, 5)), {"a1", "a2"}),
        (AllegationFilter(since=date(2022, 1, 5), until=date(2022, 1, 5)), {"a1"}),
    ],
)
def test_allegations_are_filtered_by_each_field(plan, wanted, left):
    assert shown(plan, Kind.ALLEGATION, MapFilter(allegations=wanted)) == left


def test_what_cannot_be_judged_is_left_out_by_a_grade_and_counted(plan):
    lens = Lens(NOW, MapFilter(allegations=AllegationFilter(least=B2)))
    found = lens.shown(plan, Kind.ALLEGATION)
    assert (found.n, found.of, found.unjudged) == (1, 4, 2)
    narrower = AllegationFilter(least=B2, states=frozenset({AllegationStatus.TRIAGED}))
    assert Lens(NOW, MapFilter(allegations=narrower)).shown(plan, Kind.ALLEGATION).unjudged == 1


def test_crossings_are_filtered_by_class_and_by_the_day_of_the_map(plan):
    only = MapFilter(crossings=CrossingFilter(open_only=True))
    assert shown(plan, Kind.CROSSING, only) == {"c2"}
    assert shown(plan, Kind.CROSSING, only, Moment(Mode.DECIDED, date(2022, 2, 1))) == {"c1"}
    classes = frozenset({CrossingClass.UNOFFICIAL})
    assert shown(plan, Kind.CROSSING, MapFilter(crossings=CrossingFilter(classes=classes))) == {
        "c3"
    }


def test_the_whole_present_is_the_plan_itself(plan):
    assert Lens().project(plan) is plan
    assert Lens().at(plan) is plan
    assert not Lens().hides


def test_a_pan_finds_the_same_tables_again(plan):
    lens = Lens(NOW, MapFilter(sites=SiteFilter(licensed=True)))
    view = MapView.fit(POIPET, 300, 200)
    first, second = (snapshot(default_layers(), plan, view, lens=lens).tables for _ in range(2))
    assert all(first[kind] is second[kind] for kind in first)


def test_an_edit_is_seen_through_a_filter_at_once(plan):
    lens = Lens(NOW, MapFilter(sites=SiteFilter(licensed=True)))
    assert set(lens.project(plan).table(Kind.SITE).ids) == {"s2"}
    plan.absorb(
        Edit(verb=Verb.EDIT_LICENCE, deltas=(updating(LICENCE, replace(LICENCE, site_id="s1")),))
    )
    assert set(lens.project(plan).table(Kind.SITE).ids) == {"s1"}
    licence = plan.get(Licence, "l1")
    plan.absorb(Edit(verb=Verb.EDIT_LICENCE, deltas=(deleting(licence),)))
    assert not len(lens.project(plan).table(Kind.SITE))


def test_map_legend_and_pointer_show_the_same_rows(plan):
    lens = Lens(NOW, MapFilter(sites=SiteFilter(kinds=frozenset({SiteKind.SHOP}))))
    view = MapView.fit(POIPET, 300, 200)
    layers = default_layers()
    for name in ("allegations", "crossings"):
        layers.set_visible(name, visible=False)
    request = snapshot(layers, plan, view, lens=lens)
    assert len(content.sites(request).rows) == 1
    assert content.site_doubts(request) == ()
    counted = {g.layer: [e.count for e in g.entries] for g in legend(layers, plan, lens=lens)}
    assert counted["sites"] == [1]
    x, y = (float(v) for v in view.to_pixel(CENTRE.lon, CENTRE.lat))
    found = pick(request, x, y)
    assert found is not None
    assert found.ids == ("s2",)


def test_a_site_that_was_merged_is_no_site_in_any_lens(plan):
    plan.absorb(
        Edit(verb=Verb.MERGE, deltas=(updating(SITES[1], replace(SITES[1], merged_into="s1")),))
    )
    assert shown(plan, Kind.SITE) == {"s1", "s3"}
    assert shown(plan, Kind.SITE, moment=Moment(Mode.DECIDED, date(2022, 1, 1))) == {"s1", "s3"}


def test_the_shown_plan_cannot_be_changed(plan):
    then = Lens(Moment(Mode.DECIDED, date(2022, 1, 1))).project(plan)
    assert isinstance(then, ShownPlan)
    assert then.day == date(2022, 1, 1)
    with pytest.raises(NotImplementedError):
        then.store.commit(Edit(verb=Verb.ADD_SITE, deltas=(inserting([site(id="x")]),)))


# --- past days ------------------------------------------------------------------------------------


def test_allegations_of_a_past_day_are_those_that_had_come_in(plan):
    moment = Moment(Mode.DECIDED, date(2022, 6, 5))
    assert shown(plan, Kind.ALLEGATION, moment=moment) == {"a1", "a2"}
    assert Lens(moment).shown(plan, Kind.ALLEGATION).undated == 1


def test_as_known_then_shows_only_what_stood_in_the_plan_that_evening(plan):
    seen = FirstSeen(
        {
            "s1": "2022-05-31T16:59:59+00:00",
            "s2": "2022-05-31T17:00:00+00:00",  # past midnight in Cambodia
            "a1": "2022-05-01T00:00:00+00:00",
            "a2": "2022-05-01T00:00:00+00:00",
            "a3": "2022-05-01T00:00:00+00:00",
        }
    )
    moment = Moment(Mode.KNOWN, date(2022, 5, 31))
    assert shown(plan, Kind.SITE, moment=moment, seen=seen) == {"s1"}
    # a2 came in later; of a3 nobody noted the day, but it stood there.
    assert shown(plan, Kind.ALLEGATION, moment=moment, seen=seen) == {"a1", "a3"}
    assert Lens(moment, first_seen=seen).shown(plan, Kind.SITE).later == 2
    assert seen.earliest == datetime(2022, 5, 1, tzinfo=UTC)


def appealed(plan, *, to=LegalStatus.LEGAL):
    """The second site is found illegal in February and cleared in June."""
    plan.user = User(id="u", name="Demo", role=Role.PLANNER, public_key="ab" * 32)
    court = Authority(id="court", name_km="តុលាការ", name_en="Court")
    plan.absorb(Edit(verb=Verb.CREATE_PLAN, deltas=(inserting([court]),)))
    steps = (
        (LegalStatus.UNDER_REVIEW, date(2022, 1, 1)),
        (LegalStatus.ILLEGAL, date(2022, 2, 1)),
        (LegalStatus.UNDER_REVIEW, date(2022, 5, 1)),
        (to, date(2022, 6, 1)),
    )
    plan.absorb(
        decide_many(
            plan,
            [
                SiteRuling(
                    site_id="s2",
                    to=status,
                    reason="r",
                    authority_id="court",
                    document="d",
                    decided_on=day,
                )
                for status, day in steps
            ],
        )
    )


def test_a_past_map_shows_an_annulled_decision_by_its_own_sign(plan):
    appealed(plan)
    for day, annulled in ((date(2022, 3, 1), True), (date(2022, 7, 1), False)):
        lens = Lens(Moment(Mode.DECIDED, day))
        request = snapshot(default_layers(), plan, MapView.fit(POIPET, 300, 200), lens=lens)
        features = content.sites(request)
        specs = [features.specs[i] for i in features.spec]
        assert (site_symbol(LegalStatus.ILLEGAL, annulled=True) in specs) is annulled
        assert not any(s.solid and s == site_symbol(LegalStatus.ILLEGAL) for s in specs)
        codes = [
            c
            for g in legend(default_layers(), plan, lens=lens)
            for e in g.entries
            for c in e.label_codes
        ]
        assert ("time.annulled" in codes) is annulled


def test_as_known_then_what_was_annulled_since_is_not_shown_as_a_verdict_that_holds(plan):
    appealed(plan)
    ledger = plan.table(Kind.STATUS_DECISION)
    ledger["recorded_at"][:] = [f"{day}T08:00:00+00:00" for day in ledger["decided_on"]]
    seen = FirstSeen(dict.fromkeys(plan.table(Kind.SITE).ids, "2021-01-01T00:00:00+00:00"))
    lens = Lens(Moment(Mode.KNOWN, date(2022, 3, 1)), first_seen=seen)
    row = lens.project(plan).table(Kind.SITE).row("s2")
    assert row["legal_status"] == LegalStatus.ILLEGAL
    assert row["annulled"]


def test_a_decision_that_was_not_annulled_is_drawn_as_it_was(plan):
    appealed(plan, to=LegalStatus.ILLEGAL)
    lens = Lens(Moment(Mode.DECIDED, date(2022, 3, 1)))
    sites = lens.project(plan).table(Kind.SITE)
    assert sites.row("s2")["legal_status"] == "illegal"
    assert not sites.row("s2")["annulled"]


def test_the_filter_asks_for_the_status_of_the_day(plan):
    appealed(plan)
    only = MapFilter(sites=SiteFilter(statuses=frozenset({LegalStatus.ILLEGAL})))
    assert shown(plan, Kind.SITE, only, Moment(Mode.DECIDED, date(2022, 3, 1))) == {"s2"}
    assert shown(plan, Kind.SITE, only) == set()


def test_a_moment_keeps_its_eyes_when_the_day_changes():
    known = Moment(Mode.KNOWN, date(2022, 1, 1))
    assert known.at(date(2022, 2, 1)) == Moment(Mode.KNOWN, date(2022, 2, 1))
    assert NOW.at(date(2022, 2, 1)) == Moment(Mode.DECIDED, date(2022, 2, 1))
    assert known.seen_as(Mode.NOW) == NOW
    assert known.at(date(2999, 1, 1)).on <= NOW.on


def test_a_mask_is_made_once_for_one_state_of_the_plan(plan):
    lens = Lens(NOW, MapFilter(sites=SiteFilter(kinds=frozenset({SiteKind.SHOP}))))
    assert lens.mask(plan, Kind.SITE) is lens.mask(plan, Kind.SITE)
