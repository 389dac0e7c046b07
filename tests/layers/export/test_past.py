"""A report of a past day: what it shows, what it says of it, and what it never takes over."""

from __future__ import annotations

from datetime import date

import pytest

from geo.errors import InputError
from geo.model.entity import Kind
from geo.model.site import Site
from geo.model.vocabulary import Grade, LegalStatus
from layers.export.content import ReportKind
from layers.export.report import report_content
from layers.lens import ANNULLED
from layers.moment import NOW, Mode, Moment
from layers.seen import FirstSeen
from layers.style import site_symbol
from tests.geo.privacy.example_plan import DAY, example_plan
from tests.layers.scenes import allegation, project_of
from tests.layers.test_lens import appealed

LONG_AGO = Moment(Mode.DECIDED, date(2001, 1, 1))


@pytest.fixture(scope="module")
def plan():
    return example_plan()


def province(plan, moment=NOW, grade=Grade.COMMAND, language="en", **more):
    return report_content(
        plan, ReportKind.PROVINCE, grade, language, day=DAY, moment=moment, **more
    )


@pytest.mark.parametrize("language", ["en", "km"])
@pytest.mark.parametrize("mode", [Mode.DECIDED, Mode.KNOWN])
def test_cover_and_every_page_say_the_day_and_with_whose_eyes(plan, mode, language):
    moment = Moment(mode, date(2022, 9, 17))
    content = province(plan, moment, language=language, first_seen=FirstSeen())
    day = {"en": "17 Sept 2022", "km": "១៧ កញ្ញា ២០២២"}[language]
    assert day in content.title.banner  # the head of every page
    assert day in content.title.subtitle
    assert content.audit["as_of"] == "2022-09-17"
    assert content.audit["as"] == mode.value


def test_the_present_is_not_said_to_be_a_day(plan):
    content = province(plan)
    assert "as_of" not in content.audit
    assert "As of" not in content.title.banner


def test_what_stands_out_under_a_map_of_the_past_is_still_that_nothing_is_a_verdict(plan):
    assert province(plan, LONG_AGO).notes[0] == province(plan).notes[0]


def test_before_any_decision_every_site_was_unverified(plan):
    table = province(plan, LONG_AGO).table("sites")
    here = [site for site in plan.all(Site) if site.admin_code.startswith("18")]
    assert table.total[-1] == len(here)
    assert len(table.columns) == 3  # the kind, unverified, the total


def test_allegations_that_came_in_later_are_not_counted(plan):
    then = province(plan, LONG_AGO)
    assert then.table("allegation_kinds").total[1] == 0
    assert province(plan).table("allegation_kinds").total[1] > 0


def test_as_known_then_counts_nothing_that_was_entered_later(plan):
    nothing = province(plan, Moment(Mode.KNOWN, DAY), first_seen=FirstSeen())
    assert nothing.table("sites").total[-1] == 0
    seen = FirstSeen({site.id: "2001-01-01T00:00:00+00:00" for site in plan.all(Site)})
    everything = province(plan, Moment(Mode.KNOWN, DAY), first_seen=seen)
    assert everything.table("sites").total[-1] > 0


def test_partners_are_shown_only_what_was_decided_by_then(plan):
    assert not len(province(plan, LONG_AGO, Grade.RESTRICTED).map.project.table(Kind.SITE))


def test_the_public_gets_no_single_past_day(plan):
    with pytest.raises(InputError) as refused:
        province(plan, LONG_AGO, Grade.PUBLIC)
    assert refused.value.code == "report.error.past_public"


def test_an_annulled_decision_is_said_and_drawn_as_annulled():
    content = province(
        cleared_by_an_appeal(), Moment(Mode.DECIDED, date(2022, 3, 1)), province_code=""
    )
    assert "annulled" in content.table("sites").note
    symbols = {entry.symbol: entry.label for entry in content.legend}
    assert "annulled later" in symbols[site_symbol(LegalStatus.ILLEGAL, annulled=True)]
    assert site_symbol(LegalStatus.ILLEGAL) not in symbols
    assert content.map.project.table(Kind.SITE).row("s2")[ANNULLED]


def cleared_by_an_appeal():
    """A plan in which the only site that was found illegal was cleared by an appeal."""
    plan = project_of(
        example_plan().info,
        allegation(received_on=date(2022, 1, 1)),
        *(Site(id=i, code=i, admin_code="180101") for i in ("s1", "s2")),
    )
    appealed(plan)
    return plan
