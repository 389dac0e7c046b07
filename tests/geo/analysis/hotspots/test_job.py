"""From a plan to hotspots: what is refused, what is counted, what is said."""

from __future__ import annotations

import pickle
from datetime import date

import h3
import numpy as np
import pytest
import shapely

from geo.analysis.density.result import AreaOnly
from geo.analysis.evidence import Counting, LeftOut, Weighting
from geo.analysis.hotspots.job import find
from geo.analysis.hotspots.order import order
from geo.analysis.hotspots.resampling import Doubt
from geo.analysis.hotspots.result import HotClass
from geo.analysis.hotspots.wish import HotWish, Per, Statistic
from geo.analysis.hotspots.words import class_code, said_of
from geo.analysis.split.units import UnitKind
from geo.catalogue import LANGUAGES, text
from geo.compute import Computer
from geo.errors import CancelledError, InputError
from geo.model.entity import LonLat
from geo.model.place import AdminUnit
from geo.model.site import Site
from geo.model.vocabulary import AdminLevel, Precision
from geo.progress import NoProgress
from geo.territory import Territory
from tests.geo.analysis.alleged import DAY, at, graded, plan_of, within
from tests.geo.analysis.hotspots.ground import around, scattered

QUICK = Doubt(rounds=0)
MIDDLE, CENTRE = (h3.latlng_to_cell(13.72, lon, 7) for lon in (102.97, 103.03))


def alleged(count=200, hot=60, seed=1, **more):
    random = np.random.default_rng(seed)
    lonlat = scattered(random, around(MIDDLE, 6), count)
    near = scattered(random, around(CENTRE, 1), hot)
    return [at(LonLat(*p), **more) for p in np.concatenate([lonlat, near]).tolist()]


def wanted(**more):
    return HotWish(**{"resolution": 7, "doubt": QUICK, **more})


def hotspots(plan, wish=None, province="01", **more):
    return find(order(plan, wish or wanted(), province, DAY, **more), NoProgress())


def test_hotspots_of_a_plan_say_what_they_rest_on():
    rows = [
        *alleged(**graded("B2")),
        *(within("", **graded("F6")) for _ in range(3)),
        *(at(LonLat(103.5, 10.6)) for _ in range(4)),
    ]
    found = hotspots(plan_of(rows))
    basis = found.basis
    assert basis.n == basis.sure == 260
    assert basis.grades == {"B2": 260}
    assert basis.precisions == {Precision.POINT: 260}
    assert basis.left_out == {LeftOut.NO_PLACE: 3, LeftOut.ELSEWHERE: 4}
    assert basis.since == basis.until == DAY
    assert found.count.sum() == 260
    assert len(found.members) == 260
    assert found.of_class(HotClass.HOT)[found.units.ids.index(CENTRE)]


def test_too_few_are_refused_with_how_many_it_takes():
    with pytest.raises(InputError, match=r"hotspots\.few$") as refused:
        hotspots(plan_of(alleged(count=20, hot=9)))
    assert refused.value.params == {"n": 29, "least": 30}


def test_areas_alone_are_refused_because_none_of_them_is_a_place():
    with pytest.raises(InputError, match="few_sure") as refused:
        hotspots(plan_of([*alleged(count=5, hot=0), *(within("010201") for _ in range(1_000))]))
    assert refused.value.params["sure"] == 5


def test_too_few_units_are_refused():
    with pytest.raises(InputError, match="few_units"):
        hotspots(plan_of(alleged()), wanted(resolution=4))


def test_what_is_known_by_an_area_only_is_spread_or_left_out_as_chosen():
    plan = plan_of([*alleged(), *(within("0102") for _ in range(50))])
    spread, without = (
        hotspots(plan, wanted(area_only=choice)) for choice in (AreaOnly.SPREAD, AreaOnly.LEAVE_OUT)
    )
    # Nobody has loaded the district: it spreads over the province, evenly.
    assert spread.basis.n == 310
    assert spread.count.sum() == pytest.approx(310, abs=0.5)
    assert (spread.count - spread.sure).max() < 0.2
    assert without.basis.n == 260
    assert without.basis.left_out == {LeftOut.AREA_ONLY: 50}
    assert (without.count == without.sure).all()


def test_communes_are_units_where_they_are_loaded():
    west, south, east, north = Territory.load().provinces["01"].bounds
    x, y = np.linspace(west, east, 8), np.linspace(south, north, 8)
    units = [
        AdminUnit(
            code=f"01{i + 1:02d}{j + 1:02d}",
            level=AdminLevel.COMMUNE,
            outline=shapely.box(x[i], y[j], x[i + 1], y[j + 1]),
            approximate=False,
        )
        for i in range(7)
        for j in range(7)
    ]
    # Of what is known by a commune its commune is known exactly.
    rows = [*alleged(), *(within("010407") for _ in range(40)), *(within("0102") for _ in range(5))]
    found = hotspots(plan_of(rows, units), wanted(units=UnitKind.COMMUNE))
    assert found.units.kind is UnitKind.COMMUNE
    assert found.basis.sure == 300
    assert found.sure[found.units.ids.index("010407")] >= 40
    with pytest.raises(InputError, match="no_communes"):
        hotspots(plan_of(alleged()), wanted(units=UnitKind.COMMUNE))


def test_large_communes_are_no_hotspots_per_square_kilometre():
    """Anywhere on the ground with the same chance: more fall on what is larger."""
    west, south, east, north = Territory.load().provinces["01"].bounds
    x = west + (east - west) * np.linspace(0, 1, 9) ** 2
    y = np.linspace(south, north, 9)
    units = [
        AdminUnit(
            code=f"01{i + 1:02d}{j + 1:02d}",
            level=AdminLevel.COMMUNE,
            outline=shapely.box(x[i], y[j], x[i + 1], y[j + 1]),
            approximate=False,
        )
        for i in range(8)
        for j in range(8)
    ]
    random = np.random.default_rng(1)
    lonlat = random.uniform((west, south), (east, north), (600, 2))
    plan = plan_of([at(LonLat(*p)) for p in lonlat.tolist()], units)
    counts = hotspots(plan, wanted(units=UnitKind.COMMUNE, per=Per.NOTHING))
    assert counts.of_class(HotClass.HOT).any()
    assert "hotspots.note.sizes" in {note.code for note in counts.notes}
    rates = hotspots(plan, wanted(units=UnitKind.COMMUNE))
    assert rates.wish.per is Per.AREA, "unless something else is asked for"
    assert rates.of_class(HotClass.NONE).all()
    assert "hotspots.note.sizes" not in {note.code for note in rates.notes}


def test_rates_test_only_where_something_is_known_to_set_them_in_proportion_to():
    random = np.random.default_rng(4)
    lonlat = scattered(random, around(MIDDLE, 6), 3_000)
    # Where there are ten times as many businesses, as many more allegations are no hotspot.
    town = scattered(random, around(CENTRE, 1), 1_500)
    sites = [
        Site(code=f"S{n}", point=LonLat(*p), precision=Precision.POINT)
        for n, p in enumerate(np.concatenate([lonlat, town]).tolist())
    ]
    chosen = random.choice(len(sites), 400, replace=False)
    rows = [at(sites[n].point) for n in chosen]
    plan = plan_of(rows, sites)
    counts = hotspots(plan)
    rates = hotspots(plan, wanted(per=Per.SITES))
    assert counts.of_class(HotClass.HOT)[counts.units.ids.index(CENTRE)]
    assert not rates.of_class(HotClass.HOT).any()
    assert rates.of_class(HotClass.NO_DATA).any()
    assert np.isnan(rates.z[rates.of_class(HotClass.NO_DATA)]).all()
    given = dict(zip(rates.units.ids, rates.per, strict=True))
    again = hotspots(plan, wanted(per=Per.GIVEN), given=given)
    assert (again.codes == rates.codes).all()
    with pytest.raises(InputError, match="nothing_given"):
        hotspots(plan, wanted(per=Per.GIVEN))


def test_a_period_and_a_weighting_are_taken_and_told():
    rows = alleged(received_on=date(2022, 8, 20))
    plan = plan_of([*rows, *alleged(count=40, hot=0, received_on=date(2021, 1, 1))])
    wish = wanted(since=date(2022, 1, 1), counting=Counting(weighting=Weighting.GRADE))
    found = hotspots(plan, wish)
    assert found.basis.n == 260
    assert found.basis.left_out == {LeftOut.OTHER_PERIOD: 40}
    assert "hotspots.note.weighted" in {note.code for note in found.notes}


def test_what_came_after_the_day_shown_does_not_count():
    rows = [*alleged(), *(at(received_on=date(2022, 9, 2)) for _ in range(9))]
    found = hotspots(plan_of(rows))
    assert found.basis.n == 260


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        ({"rate": 0.5}, "rate"),
        ({"statistic": Statistic.EMERGING, "steps": 5}, "steps"),
        ({"since": date(2022, 2, 1), "until": date(2022, 1, 1)}, "period"),
    ],
)
def test_wishes_that_make_no_sense_are_refused(bad, code):
    with pytest.raises(InputError, match=f"hotspots.{code}"):
        order(plan_of(alleged(count=1, hot=0)), wanted(**bad), "01", DAY)


@pytest.mark.parametrize("statistic", Statistic)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_result_can_be_said_in_both_languages(statistic, lang):
    rows = [*alleged(), *(within("0102") for _ in range(5))]
    found = hotspots(plan_of(rows), wanted(statistic=statistic, doubt=Doubt(rounds=16)))
    said = [text(note.code, lang, **note.params) for note in said_of(found)]
    assert len(said) >= 8
    assert all(text(class_code(which), lang) for which in HotClass)


def test_the_worker_gives_the_same_and_the_same_seed_the_same_rounds():
    wish = wanted(doubt=Doubt(rounds=32))
    ordered = order(plan_of(alleged()), wish, "01", DAY)
    here = find(ordered, NoProgress())
    told = []

    class Told:
        def step(self, _done, _total, code=""):
            told.append(code)

    with Computer() as computer:
        there = computer.run(find, ordered, progress=Told())
    assert (there.codes == here.codes).all()
    assert (there.low == here.low).all()
    assert "hotspots.step.rounds" in told
    assert len(pickle.dumps(there)) < 2_000_000


def test_it_can_be_stopped():
    class Stop:
        def step(self, _done, _total, code=""):
            if code == "hotspots.step.rounds":
                raise CancelledError

    with pytest.raises(CancelledError):
        find(order(plan_of(alleged()), wanted(doubt=Doubt()), "01", DAY), Stop())


def test_the_whole_country_is_looked_at_in_wider_hexagons():
    found = hotspots(plan_of(alleged()), wanted(resolution=None), province="all")
    assert found.units.resolution < 7
    assert found.basis.n == 260
