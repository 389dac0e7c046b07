from __future__ import annotations

import pytest

from geo.model.codec import columns_of
from geo.model.entity import Kind
from geo.model.vocabulary import Grade
from geo.privacy.grades import GRADES, NEVER, Rule, may_count, rule

COMPLAINANT = (
    (Kind.ALLEGATION, "reference"),
    (Kind.ALLEGATION, "source_id"),
    (Kind.ALLEGATION, "channel"),
    (Kind.SOURCE, "pseudonym"),
)
FREE_TEXT = (
    (Kind.ALLEGATION, "text"),
    (Kind.ALLEGATION, "place_text"),
    (Kind.STATUS_DECISION, "reason"),
    (Kind.INSPECTION, "findings"),
    (Kind.INSPECTION, "evidence"),
    (Kind.INDICATOR_CHECK, "source"),
    (Kind.OPERATION, "ministry_guidance"),
    (Kind.IMPORT_ROW, "values"),
)
OFFICERS = (
    (Kind.USER, "name"),
    (Kind.TEAM, "lead"),
    (Kind.TEAM, "groups"),
    (Kind.TEAM, "contact"),
    (Kind.OPERATION, "commander"),
    (Kind.OPERATION, "released_by"),
    (Kind.STATUS_DECISION, "decided_by"),
    (Kind.RETURN, "signed_by"),
    (Kind.FINE, "confirmed_by"),
)


@pytest.mark.parametrize("kind", Kind)
def test_every_column_of_every_kind_was_decided_on(kind):
    assert set(GRADES[kind]) == {column.name for column in columns_of(kind)}


@pytest.mark.parametrize("grade", Grade)
def test_what_the_table_does_not_name_is_denied(grade):
    assert rule(Kind.SITE, "a_field_of_tomorrow", grade) is Rule.DENY
    assert not may_count(Kind.SITE, "a_field_of_tomorrow", grade)


@pytest.mark.parametrize(("kind", "field"), [*COMPLAINANT, *FREE_TEXT])
def test_free_text_and_whatever_leads_to_a_complainant_never_leave(kind, field):
    assert GRADES[kind][field] == NEVER


@pytest.mark.parametrize(("kind", "field"), OFFICERS)
def test_no_officer_is_named_outside_the_command(kind, field):
    assert rule(kind, field, Grade.RESTRICTED) is Rule.DENY
    assert rule(kind, field, Grade.PUBLIC) is Rule.DENY


def test_the_public_sees_no_row_of_the_registers():
    shown = {
        kind
        for kind in Kind
        for column in columns_of(kind)
        if rule(kind, column.name, Grade.PUBLIC) is Rule.SHOW
    }
    assert shown == {Kind.PLAN, Kind.ADMIN_UNIT, Kind.FINE_RATE}


def test_an_allegation_has_a_place_for_the_command_a_cell_for_partners_nothing_for_the_public():
    assert [rule(Kind.ALLEGATION, "lon", grade) for grade in Grade] == [
        Rule.OWN,
        Rule.GRID,
        Rule.DENY,
    ]


def test_a_wider_circle_never_sees_what_a_narrower_one_may_not():
    for kind, fields in GRADES.items():
        for name, rules in fields.items():
            narrower_denies = rules.command is Rule.DENY
            assert not (narrower_denies and rules != NEVER), (kind, name)
            if rules.restricted is Rule.DENY:
                assert rules.public in {Rule.DENY, Rule.COUNT, Rule.COUNT_COMPLETED}, (kind, name)
