from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from geo.analysis.asking.ask import ask
from geo.errors import CancelledError, InputError
from geo.measure import distance_m
from geo.model.allegation import Allegation
from geo.model.entity import LonLat
from geo.model.place import BorderCrossing, OpenInterval
from geo.model.site import Site
from geo.model.vocabulary import (
    AllegationKind,
    AllegationStatus,
    Answer,
    Credibility,
    CrossingClass,
    Neighbour,
    Precision,
    Reliability,
)
from geo.question.form import (
    About,
    AtLeast,
    GradeAtLeast,
    Lately,
    Near,
    OneOf,
    Place,
    Question,
    Unseen,
)
from geo.territory import Territory
from tests.geo.analysis.asking.little_plan import ON, project_of

POIPET = LonLat(102.5636, 13.6567)
B2 = {"reliability": Reliability.B, "credibility": Credibility.TWO}


def site(name: str, point: LonLat | None = POIPET, **values) -> Site:
    given = {"precision": Precision.POINT if point else Precision.COMMUNE, "point": point}
    return Site(id=name, code=name, **given | values)


def all_of(*conditions, about: About = About.SITES) -> Question:
    return Question(about=about, any_of=(conditions,))


def test_the_question_of_the_brief_finds_the_sites_that_it_means():
    plan = project_of(
        site("meant"),
        site("seen", visited_on=ON - timedelta(3)),
        site("weak"),
        site("far", LonLat(103.2, 13.1)),
        site("neutral"),
        *(Allegation(site_id=s, **B2) for s in ("meant", "seen", "far")),
        Allegation(site_id="weak", reliability=Reliability.D, credibility=Credibility.FOUR),
        Allegation(site_id="neutral"),
    )
    found = ask(plan, all_of(Near(which="TH", metres=3000.0), GradeAtLeast(), Unseen()), ON)
    assert found.found == ("meant",)
    assert (found.asked, found.unjudged, found.perhaps) == (5, 1, 0)
    assert found.unjudged_by == (0, 1, 0)


def test_alternatives_add_up():
    plan = project_of(site("a", capacity=50), site("b", LonLat(104.9, 11.5)), site("c"))
    question = Question(
        any_of=((AtLeast(field="capacity", value=20),), (Near(metres=3000.0, negated=True),))
    )
    assert ask(plan, question, ON).found == ("a", "b")


def test_a_merged_site_is_no_site_of_its_own_and_brings_its_allegations_along():
    plan = project_of(
        site("kept"), site("gone", merged_into="kept"), Allegation(site_id="gone", **B2)
    )
    found = ask(plan, all_of(GradeAtLeast()), ON)
    assert (found.found, found.asked) == (("kept",), 1)


def test_what_was_found_unsubstantiated_is_no_allegation_of_a_site():
    status = AllegationStatus.UNSUBSTANTIATED
    plan = project_of(site("a"), Allegation(site_id="a", status=status, **B2))
    assert ask(plan, all_of(AtLeast(field="allegations", value=1)), ON).n == 0


@pytest.mark.parametrize("neighbour", ["TH", "VN", "LA"])
def test_a_distance_to_the_border_is_that_on_the_ground_to_a_metre_in_ten_kilometres(neighbour):
    border = Territory.load().borders[neighbour]
    start = border.interpolate(0.5, normalized=True)
    point = LonLat(start.x + (0.08 if neighbour == "TH" else -0.05), start.y)
    near = Territory.load().nearest_border(*point)
    if near.neighbour != neighbour:
        pytest.skip("another border is nearer")
    plan = project_of(site("a", point))
    for metres, n in ((near.metres * 1.0005, 1), (near.metres * 0.999, 0)):
        assert ask(plan, all_of(Near(which=neighbour, metres=metres)), ON).n == n


def test_a_position_that_is_not_exact_is_perhaps_within():
    metres = Territory.load().nearest_border(*POIPET).metres
    plan = project_of(site("a", accuracy_m=300.0))
    for reach, state in ((metres + 301, "n"), (metres + 200, "perhaps"), (metres - 200, "perhaps")):
        found = ask(plan, all_of(Near(metres=reach)), ON)
        assert getattr(found, state) == 1, reach
    assert ask(plan, all_of(Near(metres=metres - 301)), ON).perhaps == 0


def test_what_is_known_by_its_commune_is_within_only_if_all_of_the_commune_is():
    plan = project_of(site("a", None, admin_code="010201"))
    states = [ask(plan, all_of(Near(metres=m)), ON) for m in (100.0, 4_000.0, 20_000.0)]
    assert [(s.perhaps, s.n, s.by_area) for s in states] == [(1, 0, 0), (1, 0, 0), (0, 1, 1)]


def test_what_has_no_place_at_all_cannot_be_judged_and_is_not_far_away():
    plan = project_of(site("a", None, precision=Precision.UNKNOWN))
    for negated in (False, True):
        found = ask(plan, all_of(Near(negated=negated)), ON)
        assert (found.n, found.unjudged) == (0, 1)


def test_a_unit_is_known_by_its_code_and_its_outline_only_where_the_code_says_too_little():
    plan = project_of(
        site("by code", LonLat(104.9, 11.5), admin_code="01020103"),
        site("by outline", LonLat(102.56, 13.65)),
        site("somewhere in the district", None, admin_code="0102", precision=Precision.DISTRICT),
        site("elsewhere", None, admin_code="020304"),
    )
    found = ask(plan, all_of(Near(near=Place.UNIT, which="010201", metres=0.0)), ON)
    assert found.found == ("by code", "by outline")
    assert found.perhaps_ids == ("somewhere in the district",)


def test_sites_of_a_zone_and_around_a_site_and_of_a_crossing():
    near = LonLat(POIPET.lon + 0.01, POIPET.lat)
    metres = distance_m(POIPET, near)
    gate = BorderCrossing(
        id="gate", name_en="Gate", neighbour=Neighbour.THAILAND, point=POIPET, approximate=False,
        crossing_class=CrossingClass.INTERNATIONAL,
    )  # fmt: skip
    plan = project_of(site("a"), site("b", near), site("c", LonLat(103.5, 12.0)), gate)

    def found(place: Place, which: str, far: float) -> tuple[str, ...]:
        return ask(plan, all_of(Near(near=place, which=which, metres=far)), ON).found

    assert found(Place.ZONE, "Alpha", 0.0) == ("a", "b")
    assert found(Place.SITE, "a", metres * 1.001) == ("b",)
    assert found(Place.SITE, "a", metres * 0.999) == ()
    assert found(Place.CROSSING, "Gate", metres * 1.001) == ("a", "b")
    assert found(Place.CROSSING, "", metres * 0.999) == ("a",)


@pytest.mark.parametrize("place", [Place.CROSSING, Place.SITE, Place.ZONE])
def test_a_place_that_the_plan_does_not_know_is_refused_by_its_name(place):
    with pytest.raises(InputError, match="no_such") as told:
        ask(project_of(site("a")), all_of(Near(near=place, which="Nowhere")), ON)
    assert told.value.params == {"name": "Nowhere"}


def test_a_name_that_two_sites_have_is_asked_back():
    plan = project_of(site("a", name_en="Moon"), site("b", name_en="Moon"))
    with pytest.raises(InputError, match="several"):
        ask(plan, all_of(Near(near=Place.SITE, which="Moon")), ON)


def test_nothing_is_near_to_crossings_of_which_there_are_none():
    found = ask(project_of(site("a")), all_of(Near(near=Place.CROSSING)), ON)
    assert (found.n, found.unjudged) == (0, 0)


def test_allegations_are_asked_by_day_kind_and_grade():
    trafficking = (AllegationKind.HUMAN_TRAFFICKING,)
    plan = project_of(
        site("a", visited_on=ON),
        Allegation(id="new", received_on=ON, kinds=trafficking, people_min=3, **B2),
        Allegation(id="old", received_on=ON - timedelta(40), kinds=trafficking, **B2),
        Allegation(id="undated", kinds=trafficking, site_id="a", **B2),
        Allegation(id="again", received_on=ON, kinds=trafficking, duplicate_of="new", **B2),
    )

    def found(*conditions):
        return ask(plan, all_of(*conditions, about=About.ALLEGATIONS), ON)

    lately = found(Lately(field="received_on", days=30), GradeAtLeast())
    assert lately.found == ("new", "again")
    assert (lately.unjudged, lately.repeats, lately.grades) == (1, 1, (("B2", 2),))
    assert found(AtLeast(field="people", value=3)).unjudged == 3
    assert found(Unseen(negated=True)).found == ("undated",)
    assert found(Unseen()).unjudged == 3
    kinds = OneOf(field="kinds", values=("human_trafficking", "torture"))
    assert found(kinds, OneOf(field="linked", values=("no",))).n == 3


def test_unknown_is_not_no_unless_it_is_asked_for():
    plan = project_of(*(Allegation(id=a.value, held_now=a) for a in Answer))

    def found(value: str, *, negated: bool = False):
        condition = OneOf(field="held_now", values=(value,), negated=negated)
        return ask(plan, all_of(condition, about=About.ALLEGATIONS), ON)

    assert (found("yes").found, found("yes").unjudged) == (("yes",), 1)
    assert found("yes", negated=True).found == ("no",)
    assert (found("unknown").found, found("unknown").unjudged) == (("unknown",), 0)


def test_crossings_are_open_or_closed_as_of_the_day_that_is_asked_for():
    interval = OpenInterval(None, date(2022, 9, 1))
    plan = project_of(
        BorderCrossing(
            id="g", neighbour=Neighbour.THAILAND, crossing_class=CrossingClass.LOCAL_CORRIDOR,
            open_intervals=(interval,), point=POIPET,
        )
    )  # fmt: skip
    question = all_of(OneOf(field="open", values=("yes",)), about=About.CROSSINGS)
    assert ask(plan, question, date(2022, 8, 1)).n == 1
    assert ask(plan, question, ON).n == 0


def test_a_visit_of_tomorrow_has_not_happened_yet():
    plan = project_of(site("a", visited_on=ON + timedelta(1)))
    assert ask(plan, all_of(Unseen()), ON).n == 1
    assert ask(plan, all_of(Unseen(unrecorded=False)), ON).unjudged == 1


def test_asking_stops_when_it_is_told_to():
    class Impatient:
        def step(self, *_told: object) -> None:
            raise CancelledError

    with pytest.raises(CancelledError):
        ask(project_of(site("a")), all_of(Near()), ON, Impatient())


def test_many_positions_are_judged_alike_whether_or_not_they_share_a_square():
    dice = np.random.default_rng(3)
    points = [LonLat(*p) for p in dice.normal(POIPET, 0.03, (6_000, 2))]
    sites = [
        site(f"s{i}", p, accuracy_m=40.0 if i % 5 == 0 else None) for i, p in enumerate(points)
    ]
    whole = ask(project_of(*sites), all_of(Near()), ON)
    parts = [ask(project_of(*sites[i : i + 3_000]), all_of(Near()), ON) for i in (0, 3_000)]
    assert whole.state.tolist() == [*parts[0].state.tolist(), *parts[1].state.tolist()]
    assert 0 < whole.perhaps < whole.n < 6_000
