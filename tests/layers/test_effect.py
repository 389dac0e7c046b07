"""What followed an operation, on the map and in sentences, in both languages."""

from __future__ import annotations

import pytest

from geo.analysis.effect.job import Where, effect
from geo.analysis.effect.wish import Wish, order
from geo.progress import NoProgress
from layers.effect import findings, headline, statement, warned
from tests.geo.analysis.border.frontier import ON, away
from tests.geo.analysis.effect.aftermath import DAYS, MIDDLE, Aftermath, after, before

FAR = away(MIDDLE, east_m=20_000.0)


def looked_back(inside, control):
    story = Aftermath()
    story.say(FAR, day=before(200))
    for at, (earlier, later) in ((MIDDLE, inside), (FAR, control)):
        for number in range(earlier):
            story.say(at, day=before(1 + number % DAYS))
        for number in range(later):
            story.say(at, day=after(1 + number % DAYS))
    wish = Wish(operation_id=story.operation.id, days=DAYS)
    return effect(order(story.plan(), wish, ON), NoProgress())


@pytest.mark.parametrize("language", ["en", "km"])
@pytest.mark.parametrize(
    ("inside", "control"), [((40, 5), (30, 30)), ((10, 15), (60, 90)), ((3, 2), (30, 30))]
)
def test_everything_is_told_in_both_languages(inside, control, language):
    found = looked_back(inside, control)
    shown = findings(found)
    said = [headline(found), *statement(found), *warned(found), shown.title]
    said += [words for where in Where for words in shown.tell(where.value)]
    assert all(words.words(language).strip() for words in said)


def test_three_areas_lie_on_the_map_and_none_on_another():
    found = looked_back((40, 5), (30, 30))
    shapes = [found.outlines[where] for where in Where]
    # A few square metres: a straight edge in metres is none in degrees.
    for one, other in ((0, 1), (1, 2), (0, 2)):
        assert shapes[one].intersection(shapes[other]).area < 1e-7
    assert findings(found).areas.keys == ("control", "ring", "inside")


def test_the_sentence_names_the_interval_and_what_is_refused_says_how_many_it_takes():
    fewer = looked_back((40, 5), (30, 30))
    assert headline(fewer).words("en").startswith("Fewer than elsewhere: -35 allegations")
    assert "95 % interval" in headline(fewer).words("en")
    few = looked_back((3, 2), (30, 30))
    assert "each need 10" in headline(few).words("en")


def test_the_form_that_is_to_be_read_follows_the_control_area():
    alike = " ".join(s.words("en") for s in statement(looked_back((40, 5), (30, 30))))
    assert "both forms must agree" in alike
    busier = " ".join(s.words("en") for s in statement(looked_back((10, 15), (60, 90))))
    assert "the growth as a share is the one to read" in busier
