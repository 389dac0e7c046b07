"""Allegations: taken in, corrected, graded, placed, linked and moved on; never a verdict."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from geo.edit.allegations import (
    add_allegation,
    at_place,
    edit_allegation,
    grade,
    link_to_site,
    place_allegation,
    unlink,
)
from geo.edit.sources import new_source
from geo.errors import NotAllowedError
from geo.model.allegation import Allegation, NationalityCount, Source
from geo.model.entity import Kind, LonLat
from geo.model.vocabulary import (
    AllegationKind,
    AllegationStatus,
    Answer,
    Credibility,
    Precision,
    Reliability,
    Role,
)
from tests.geo.edit.intake import NOW, current, refusal, taken_in, walk

RECEIVED = Allegation(
    received_on=date(2022, 9, 12),
    received_at=time(13, 30),
    kinds=(AllegationKind.FORCED_LABOUR,),
    held_now=Answer.YES,
)
_S = AllegationStatus


@pytest.fixture
def allegation(plan) -> Allegation:
    return taken_in(plan, RECEIVED)


# --- taking in ------------------------------------------------------------------------------------


def test_an_allegation_keeps_day_and_time_of_its_receipt(plan, allegation):
    assert (allegation.received_on, allegation.received_at) == (date(2022, 9, 12), time(13, 30))
    assert allegation.status is _S.RECEIVED


def test_what_nobody_said_stays_unknown(plan, allegation):
    assert allegation.people_min is None
    assert allegation.point is None
    assert (allegation.reliability, allegation.credibility) == (Reliability.F, Credibility.SIX)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"received_on": None}, "no_date"),
        ({"kinds": ()}, "no_kind"),
        ({"received_on": date(2022, 9, 13)}, "future"),
        ({"received_at": time(14, 30)}, "future"),
        ({"occurred_on": date(2022, 9, 13)}, "after_receipt"),
        ({"people_min": 5, "people_max": 3}, "people_backwards"),
        ({"people_min": -1}, "people_negative"),
        ({"nationalities": (NationalityCount("Thai", 2),)}, "no_country"),
        ({"nationalities": (NationalityCount("TH", 0),)}, "nationality_count"),
        ({"nationalities": (NationalityCount("TH", 1),) * 2}, "nationality_count"),
        ({"people_max": 2, "nationalities": (NationalityCount("TH", 3),)}, "nationalities_exceed"),
        ({"status": _S.CORROBORATED}, "state_is_an_act"),
        ({"duplicate_of": "another"}, "state_is_an_act"),
    ],
)
def test_what_cannot_be_is_refused(plan, changed, code):
    wrong = replace(RECEIVED, **changed)
    assert refusal(lambda: add_allegation(plan, wrong, now=NOW)) == f"error.allegation.{code}"


def test_a_clock_that_is_a_minute_ahead_refuses_nobody(plan):
    add_allegation(plan, replace(RECEIVED, received_at=time(14, 1)), now=NOW)


def test_the_auditor_takes_in_nothing(plan):
    plan.act_as(Role.AUDITOR)
    with pytest.raises(NotAllowedError):
        plan.commit(add_allegation(plan, RECEIVED, now=NOW))


def test_a_new_source_comes_in_with_its_first_allegation_as_one_act(plan):
    source = new_source(plan, reliability=Reliability.B)
    plan.commit(add_allegation(plan, RECEIVED, source=source, now=NOW))
    assert plan.all(Allegation)[0].source_id == plan.all(Source)[0].id
    plan.undo()
    assert plan.all(Source) == plan.all(Allegation) == ()


def test_a_source_that_is_gone_is_refused(plan):
    wrong = replace(RECEIVED, source_id="nobody")
    assert refusal(lambda: add_allegation(plan, wrong, now=NOW)) == "error.source.gone"


# --- masking --------------------------------------------------------------------------------------

SECRETS = ("012 345 678", "N1234567", "+855 12 345 678")


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("field", ["text", "place_text", "reference"])
def test_no_number_that_finds_a_person_reaches_the_plan(plan, field, secret):
    said = replace(RECEIVED, **{field: f"call {secret} at night"})
    edit = add_allegation(plan, said, now=NOW)
    assert secret not in repr(edit)
    plan.commit(edit)
    assert secret not in repr(plan.store.changes_since(0))


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("field", ["text", "place_text", "reference"])
def test_a_correction_is_masked_as_well(plan, allegation, field, secret):
    edit = edit_allegation(plan, replace(allegation, **{field: f"call {secret}"}), now=NOW)
    assert secret not in repr(edit)


def test_words_that_come_with_a_place_are_masked(plan, allegation):
    edit = place_allegation(plan, allegation.id, admin_code="180104", place_text="ask 012 345 678")
    assert "345" not in repr(edit)


def test_the_history_holds_codes_and_no_words(plan, allegation):
    edit = edit_allegation(plan, replace(allegation, text="They are locked in"), now=NOW)
    assert dict(edit.params) == {"what": "fields"}


# --- places ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "precision"),
    [
        ("18010401", Precision.VILLAGE),
        ("180104", Precision.COMMUNE),
        ("1801", Precision.DISTRICT),
    ],
)
def test_a_place_known_by_its_unit_is_an_area_without_a_point(plan, allegation, code, precision):
    plan.commit(place_allegation(plan, allegation.id, admin_code=code))
    found = current(plan, allegation)
    assert (found.precision, found.point, found.accuracy_m) == (precision, None, None)


def test_a_point_keeps_its_accuracy_and_its_unit(plan, allegation):
    plan.commit(
        place_allegation(
            plan,
            allegation.id,
            point=LonLat(103.52, 10.62),
            accuracy_m=50.0,
            admin_code="180104",
        )
    )
    found = current(plan, allegation)
    assert (found.precision, found.accuracy_m) == (Precision.POINT, 50.0)
    assert found.admin_code == "180104"


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ({"point": LonLat(103.5, 10.6), "precision": Precision.COMMUNE}, "point_of_an_area"),
        ({"precision": Precision.POINT}, "point_of_an_area"),
        ({"precision": Precision.COMMUNE}, "precision_of_unit"),
        ({"precision": Precision.VILLAGE, "admin_code": "180104"}, "precision_of_unit"),
        ({"precision": Precision.COMMUNE, "admin_code": "999999"}, "no_unit"),
        ({"point": LonLat(2.3, 48.9), "precision": Precision.POINT}, "outside_cambodia"),
        (
            {"point": LonLat(103.5, 10.6), "precision": Precision.POINT, "accuracy_m": 0.0},
            "accuracy",
        ),
        ({"accuracy_m": 20.0}, "accuracy"),
    ],
)
def test_a_place_is_never_more_than_is_known(plan, allegation, place, code):
    wrong = replace(allegation, **place)
    assert refusal(lambda: edit_allegation(plan, wrong)) == f"error.allegation.{code}"


def test_a_point_that_becomes_a_commune_is_gone():
    placed = at_place(RECEIVED, point=LonLat(103.5, 10.6), accuracy_m=5.0)
    assert at_place(placed, admin_code="180104").point is None


# --- sites: an allegation is not a verdict --------------------------------------------------------


def test_a_link_changes_the_allegation_and_never_the_site(plan, allegation):
    before = plan.site("A")
    edit = link_to_site(plan, allegation.id, before.id)
    assert edit.kinds() == {Kind.ALLEGATION}
    plan.commit(edit)
    assert current(plan, allegation).site_id == before.id
    assert plan.site("A") == before
    plan.commit(unlink(plan, allegation.id))
    assert current(plan, allegation).site_id == ""


def test_no_state_of_an_allegation_touches_a_site(plan, allegation):
    plan.commit(link_to_site(plan, allegation.id, plan.site("A").id))
    before = plan.site("A")
    walk(plan, allegation, _S.TRIAGED, _S.ASSESSING, _S.CORROBORATED, _S.ACTIONED, _S.CLOSED)
    assert plan.site("A") == before
    touched = {kind for edit in plan.store.changes_since(1) for kind in edit.kinds()}
    assert touched == {Kind.ALLEGATION}


def test_a_link_places_nothing(plan, allegation):
    plan.commit(link_to_site(plan, allegation.id, plan.site("A").id))
    assert current(plan, allegation).precision is Precision.UNKNOWN


def test_a_site_that_was_merged_takes_no_allegation(plan, allegation):
    from geo.edit.edit import Edit, updating
    from geo.edit.verbs import Verb

    old = plan.site("A")
    new = replace(old, merged_into=plan.site("B").id)
    plan.commit(Edit(verb=Verb.MERGE, params={"name": "A"}, deltas=(updating(old, new),)))
    assert refusal(lambda: link_to_site(plan, allegation.id, old.id)) == (
        "error.allegation.site_merged"
    )
    assert refusal(lambda: link_to_site(plan, allegation.id, "none")) == "error.site.gone"


# --- grade ----------------------------------------------------------------------------------------


def test_source_and_information_are_graded_apart(plan, allegation):
    plan.commit(grade(plan, allegation.id, reliability=Reliability.B))
    assert current(plan, allegation).credibility is Credibility.SIX
    plan.commit(grade(plan, allegation.id, credibility=Credibility.THREE))
    found = current(plan, allegation)
    assert (found.reliability, found.credibility) == (Reliability.B, Credibility.THREE)


def test_an_imported_row_without_a_day_can_still_be_corrected(plan):
    from geo.edit.edit import Edit, inserting
    from geo.edit.verbs import Verb

    old = Allegation(reference="HL-20220910", text="x")
    plan.commit(Edit(verb=Verb.IMPORT, params={"file": "a.csv"}, deltas=(inserting([old]),)))
    stored = plan.get(Allegation, old.id)
    plan.commit(edit_allegation(plan, replace(stored, held_now=Answer.NO)))
    assert current(plan, old).reference == "HL-20220910"
