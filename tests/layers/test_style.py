from __future__ import annotations

from itertools import product

import pytest

from geo.model.allegation import at_least
from geo.model.vocabulary import Activity, Credibility, CrossingClass, LegalStatus, Reliability
from layers.features import ALLEGATION_SPECS, CROSSING_SPECS, SITE_SPECS
from layers.style import (
    AMBER,
    BLUE,
    DARK_GREEN,
    PURPLE,
    VERMILION,
    Mark,
    Shape,
    allegation_symbol,
    crossing_symbol,
    site_symbol,
)


@pytest.mark.parametrize(("reliability", "credibility"), list(product(Reliability, Credibility)))
def test_an_allegation_is_solid_only_for_b2_or_better(reliability, credibility):
    spec = allegation_symbol(at_least(reliability, credibility))
    good = reliability.value in "AB" and credibility.value in "12"
    unjudged = reliability is Reliability.F or credibility is Credibility.SIX
    assert spec.solid is good
    assert spec.dotted is unjudged
    assert spec.fill == PURPLE
    assert spec.shape is Shape.TRIANGLE


def test_people_held_now_never_make_an_allegation_solid():
    assert not allegation_symbol(False, held_now=True).solid
    assert not allegation_symbol(None, held_now=True).solid


@pytest.mark.parametrize("status", LegalStatus)
@pytest.mark.parametrize("activity", [Activity.CLOSED, Activity.SEALED])
def test_what_is_closed_is_the_same_but_hollow(status, activity):
    working, closed = site_symbol(status), site_symbol(status, activity)
    assert closed.hollow
    assert not working.hollow
    assert (closed.shape, closed.fill, closed.mark) == (working.shape, working.fill, working.mark)


def test_statuses_have_the_colours_and_shapes_of_the_design():
    assert (site_symbol(LegalStatus.LEGAL).shape, site_symbol(LegalStatus.LEGAL).fill) == (
        Shape.CIRCLE,
        BLUE,
    )
    illegal = site_symbol(LegalStatus.ILLEGAL)
    assert (illegal.shape, illegal.fill) == (Shape.DIAMOND, VERMILION)
    assert site_symbol(LegalStatus.UNVERIFIED).mark is Mark.QUESTION
    review = site_symbol(LegalStatus.UNDER_REVIEW)
    assert (review.fill, bool(review.second)) == (AMBER, True)
    mixed = site_symbol(LegalStatus.MIXED)
    assert {mixed.fill, mixed.second} == {BLUE, VERMILION}


def test_no_two_meanings_share_a_symbol():
    everything = (*SITE_SPECS, *ALLEGATION_SPECS, *CROSSING_SPECS)
    # An unofficial crossing is hollow whether it is open or nothing is known.
    assert len(everything) - len(set(everything)) == 1


def test_colour_never_stands_alone():
    """Without their colours and at equal size, the statuses are still told apart."""
    shapes = {
        (s.shape, s.mark, bool(s.second), s.second == s.edge)
        for s in (site_symbol(status) for status in LegalStatus)
    }
    assert len(shapes) == len(LegalStatus)


def test_a_gate_is_larger_the_more_important_its_class():
    scales = [crossing_symbol(kind).scale for kind in CrossingClass]
    assert scales == sorted(scales, reverse=True)
    assert len(set(scales)) == len(scales)
    assert {crossing_symbol(kind).fill for kind in CrossingClass} == {DARK_GREEN}


def test_a_closed_gate_is_struck_through_and_an_unknown_one_is_not():
    kind = CrossingClass.INTERNATIONAL
    assert crossing_symbol(kind, is_open=False).struck
    assert not crossing_symbol(kind, is_open=True).struck
    assert not crossing_symbol(kind, is_open=None).struck
