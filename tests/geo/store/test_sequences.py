"""Whatever the edits: undoing all of them leads back to the beginning, in every store."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    precondition,
    rule,
)
from shapely import box

from geo.edit.decisions import TRANSITIONS
from geo.edit.edit import Edit, deleting, inserting, stamped, updating
from geo.edit.history import replay
from geo.edit.verbs import Verb
from geo.model.command import Zone
from geo.model.entity import Kind, LonLat
from geo.model.plan import PlanInfo, User
from geo.model.site import Site, StatusDecision
from geo.model.vocabulary import LegalStatus, Role
from geo.project import Project
from geo.store.memory import MemoryStore
from geo.store.plans import create_plan
from geo.store.seed import first_edit

USER = User(name="Planner", role=Role.PLANNER)


class Sequences(RuleBasedStateMachine):
    """The same edits in a store in memory and in a file, through two projects."""

    zones = Bundle("zones")
    sites = Bundle("sites")

    def __init__(self) -> None:
        super().__init__()
        self.exit = ExitStack()
        folder = self.exit.enter_context(tempfile.TemporaryDirectory())
        at = datetime(2022, 9, 17, tzinfo=UTC)
        memory = MemoryStore()
        info = PlanInfo(name="x", province_code="18", created_at=at)
        memory.commit(stamped(first_edit(info, [USER]), actor=USER.id, at=at))
        file = self.exit.enter_context(
            closing(
                create_plan(
                    Path(folder) / "plan.gpkg",
                    name="x",
                    province_code="18",
                    users=[USER],
                    actor=USER,
                )
            )
        )
        self.projects = Project(memory, USER), Project(file, USER)
        self.start = self.rows()

    def teardown(self) -> None:
        while self.projects[0].history.undoable:
            for project in self.projects:
                project.undo()
        assert self.rows() == self.start
        for project in self.projects:
            assert project.store.check() == ()
        self.exit.close()

    def rows(self) -> list[object]:
        kinds = (Kind.SITE, Kind.ZONE, Kind.STATUS_DECISION)
        return [{e.id: replace(e, version=0) for e in self.both(kind)} for kind in kinds]

    def both(self, kind: Kind) -> list:
        """The entities of a kind, after making sure that every side has the same."""
        memory, file = (list(p.table(kind).entities()) for p in self.projects)
        assert memory == file
        for project in self.projects:
            assert list(project.store.load(kind).entities()) == memory
        return memory

    def commit(self, *deltas, verb=Verb.EDIT_ZONE) -> None:
        edit = Edit(verb=verb, deltas=deltas)
        for project in self.projects:
            project.commit(edit)

    @rule(target=zones, name=st.text(max_size=5).filter(str.isprintable), west=st.floats(102, 106))
    def draw(self, name, west):
        zone = Zone(name=name, outline=box(west, 10, west + 0.5, 11))
        self.commit(inserting([zone]), verb=Verb.DRAW_ZONE)
        return zone.id

    @rule(zone_id=zones, priority=st.integers(1, 9))
    def reshape(self, zone_id, priority):
        zone = self.projects[0].find(Zone, zone_id)
        if zone is not None and zone.priority != priority:
            self.commit(
                updating(zone, replace(zone, priority=priority, outline=box(103, 9, 104, 12)))
            )

    @rule(zone_id=consumes(zones))
    def delete(self, zone_id):
        zone = self.projects[0].find(Zone, zone_id)
        if zone is not None:
            self.commit(deleting(zone), verb=Verb.DELETE_ZONE)

    @rule(target=sites, lon=st.none() | st.floats(102, 107))
    def add_site(self, lon):
        site = Site(point=None if lon is None else LonLat(lon, 12))
        self.commit(inserting([site]), verb=Verb.ADD_SITE)
        return site.id

    @rule(site_id=sites, status=st.sampled_from(LegalStatus), day=st.integers(1, 30))
    def decide(self, site_id, status, day):
        site = self.projects[0].find(Site, site_id)
        if site is None or status not in TRANSITIONS[site.legal_status]:
            return
        decision = StatusDecision(
            site_id=site.id,
            from_status=site.legal_status,
            to_status=status,
            reason="r",
            authority_id=next(iter(self.projects[0].table(Kind.AUTHORITY).ids)),
            document="d",
            decided_on=date(2022, 9, day),
            recorded_at=datetime.now(UTC),
            decided_by=USER.id,
        )
        ledger = [d for d in self.both(Kind.STATUS_DECISION) if d.site_id == site.id]
        if any(d.decided_on > decision.decided_on for d in ledger):
            return
        self.commit(
            updating(site, replace(site, legal_status=status)),
            inserting([decision]),
            verb=Verb.DECIDE_STATUS,
        )

    @precondition(lambda self: self.projects[0].history.undoable)
    @rule()
    def undo(self):
        for project in self.projects:
            project.undo()

    @precondition(lambda self: self.projects[0].history.redoable)
    @rule()
    def redo(self):
        for project in self.projects:
            project.redo()

    @invariant()
    def memory_file_and_replayed_log_agree(self):
        for kind in (Kind.SITE, Kind.ZONE, Kind.STATUS_DECISION):
            self.both(kind)
        for project in self.projects:
            log = project.store.log()
            assert replay(log) == project.history


TestSequences = Sequences.TestCase
TestSequences.settings = settings(max_examples=12, stateful_step_count=14, deadline=None)
