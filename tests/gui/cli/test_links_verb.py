"""``links``: who holds the network together, and where the chain stops, from the command line."""

from __future__ import annotations

from datetime import timedelta

import pytest

from geo.clock import today
from geo.edit.links import add_link
from geo.edit.persons import add_person, ask_next, record_arrest
from geo.model.entity import Kind
from geo.model.network import Link, LinkKind, PersonRef
from geo.model.site import Site
from geo.model.vocabulary import PersonRole
from gui.cli.opening import opened

CAUGHT = today() - timedelta(days=40)


@pytest.fixture
def linked(plan):
    """The plan with an arrested broker below whom two recruiters are, and whom nobody is above."""
    with opened(plan, acts=True) as project:
        broker = PersonRef(pseudonym="P-3", role=PersonRole.FOREIGN_BROKER, country="TH")
        project.commit(add_person(project, broker))
        for n in (1, 2):
            recruiter = PersonRef(pseudonym=f"P-{n}", role=PersonRole.RECRUITER)
            link = Link(
                from_kind=Kind.PERSON_REF,
                from_id=broker.id,
                to_kind=Kind.PERSON_REF,
                to_id=recruiter.id,
                kind=LinkKind.PAYMENT,
                confidence=0.4 * n,
                source="S-001",
            )
            project.commit(add_link(project, link, person=recruiter))
        site = next(s for s in project.all(Site) if s.code == "A")
        link = Link(
            from_kind=Kind.PERSON_REF,
            from_id=broker.id,
            to_kind=Kind.SITE,
            to_id=site.id,
            kind=LinkKind.TRANSFER,
            source="S-001",
            seen_on=today() - timedelta(days=9),
        )
        project.commit(add_link(project, link))
        project.commit(record_arrest(project, broker.id, CAUGHT, source="Court (demo)"))
        project.commit(ask_next(project, broker.id, "Who paid?", asked_by="Court (demo)"))
    return plan


def test_where_the_chain_stops_is_told_with_its_question_and_who_asks(run, linked):
    told = run("links", linked, "--json").json
    (stop,) = told["stops"]
    assert (stop["person"], stop["role"], stop["days"]) == ("P-3", "foreign_broker", 40)
    assert (stop["next_question"], stop["asked_by"]) == ("Who paid?", "Court (demo)")
    assert (stop["below"], stop["weakest"], stop["surest"]) == (2, 0.4, 0.8)
    assert told["n"] == {
        "nodes": 4,
        "sites": 1,
        "crossings": 0,
        "persons": 3,
        "links": 3,
        "connections": 3,
        "components": 1,
    }
    assert told["between"][0]["name"] == "P-3"
    assert told["hubs"] == []
    assert any("below 10 a hub cannot be told from chance" in note for note in told["notes"])


def test_the_same_plan_and_seed_give_the_same_numbers(run, linked):
    assert run("links", linked, "--json").json == run("links", linked, "--json").json


def test_people_get_a_table_with_n_and_confidence_and_the_reading_is_logged(run, linked):
    said = run("links", linked)
    assert said.status == 0, said.err
    for words in ("P-3", "40 % – 80 %", "Who paid?", "3 links make 3 connections", "1 likely"):
        assert words in said.out
    events = run("audit", linked, "--json").json
    assert "read" in str(events)


def test_a_past_day_knows_nothing_of_later_arrests_and_links(run, linked):
    day = CAUGHT - timedelta(days=1)
    told = run("links", linked, "--as-of", day.isoformat(), "--json").json
    assert told["stops"] == []
    assert told["left_out"]["later"] == 1


def test_without_links_it_refuses_and_says_what_to_do(run, plan):
    said = run("links", plan)
    assert said.status == 2
    assert "Enter links in the dossier of a site" in said.err


def test_no_grade_lets_a_link_or_a_person_leave(run, linked, tmp_path):
    for layer in ("link", "person_ref", "person_decision"):
        said = run(
            "export", linked, "--layer", layer, "--out", tmp_path / "x.csv", "--grade", "command"
        )
        assert said.status == 2
        assert not (tmp_path / "x.csv").exists()
