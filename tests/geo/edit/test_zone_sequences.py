"""Whatever is done to zones, in whatever order: those of one operation never lie on each other."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import shapely
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from geo import shapes
from geo.edit import zone_divide, zone_shapes, zones
from geo.edit.operations import add_operation
from geo.errors import InputError, NothingChangedError
from geo.measure import area_m2
from geo.model.command import Operation, Zone
from geo.model.vocabulary import ZoneState
from geo.sharing import LEAST_OVERLAP_M2
from tests.geo.project_plan import new_project

WEST, SOUTH = 103.5, 10.6
METRE = 1 / 111_320
# Multiples of a kilometre, and a few metres beside them: edges that nearly meet are the rule.
PLACE = st.builds(
    lambda cell, off: cell * 0.01 + off * METRE,
    st.integers(0, 6),
    st.sampled_from([0, 0, 3, -4, 7]),
)
POINT = st.tuples(PLACE, PLACE).map(lambda p: (WEST + p[0], SOUTH + p[1]))
CUT = st.sampled_from([False, True, "largest"])
OPERATION = st.sampled_from(["raid", "raid", "sweep", ""])
WHICH = st.integers(0, 9)


class ZoneEdits(RuleBasedStateMachine):
    """A planner who draws in two operations, and beside them."""

    @initialize()
    def begin(self) -> None:
        self.project = new_project()
        self.project.commit(add_operation(self.project, Operation(id="sweep", name="Sweep")))
        self.drawn = 0
        for column in range(3):
            for row in range(2):
                west, south = WEST + column * 0.02, SOUTH + row * 0.02
                self.add(shapely.box(west, south, west + 0.02, south + 0.02), "raid")

    def add(self, outline, operation, cut=False) -> None:
        self.drawn += 1
        name = f"Zone {self.drawn}"
        self.act(
            lambda: zones.draw_zone(self.project, outline, name, operation_id=operation, cut=cut)
        )

    def act(self, build) -> None:
        """Commit an edit unless it is refused for a reason that a planner can act on."""
        try:
            self.project.commit(build())
        except (InputError, NothingChangedError):
            return

    def some(self, number: int) -> Zone:
        found = self.project.all(Zone)
        return found[number % len(found)]

    def any_zone(self) -> bool:
        return bool(self.project.all(Zone))

    @rule(first=POINT, second=POINT, operation=OPERATION, cut=CUT)
    def draw_rectangle(self, first, second, operation, cut):
        if abs(first[0] - second[0]) > 1e-5 and abs(first[1] - second[1]) > 1e-5:
            self.add(shapes.rectangle(first, second), operation, cut)

    @rule(centre=POINT, radius=st.sampled_from([200, 900, 2500]), operation=OPERATION, cut=CUT)
    def draw_circle(self, centre, radius, operation, cut):
        self.add(shapes.circle(centre, radius), operation, cut)

    @precondition(any_zone)
    @rule(which=WHICH, corner=WHICH, to=POINT, cut=CUT, along=st.booleans())
    def drag_a_corner(self, which, corner, to, cut, along):
        zone = self.some(which)
        part = shapely.get_parts(zone.outline)[0]
        ring = shapely.get_coordinates(shapely.get_rings(part)[0])[:-1]
        ring[corner % len(ring)] = to
        self.act(
            lambda: zones.reshape_zone(
                self.project, zone.id, shapely.Polygon(ring), cut=cut, with_neighbours=along
            )
        )

    @precondition(any_zone)
    @rule(which=WHICH, line=st.lists(POINT, min_size=2, max_size=4), cut=CUT, along=st.booleans())
    def reshape_by_a_line(self, which, line, cut, along):
        self.act(
            lambda: zone_shapes.reshape_by_line(
                self.project, self.some(which).id, line, cut=cut, with_neighbours=along
            )
        )

    @precondition(any_zone)
    @rule(which=WHICH, line=st.lists(POINT, min_size=2, max_size=4))
    def divide(self, which, line):
        self.act(lambda: zone_divide.divide_zone(self.project, self.some(which).id, line))

    @precondition(any_zone)
    @rule(first=WHICH, second=WHICH)
    def merge(self, first, second):
        pair = [self.some(first), self.some(second)]
        self.act(lambda: zone_divide.merge_zones(self.project, [z.id for z in pair], pair[0].name))

    @precondition(any_zone)
    @rule(which=WHICH, size=st.sampled_from([1e-5, 1e-3, 4e-3]))
    def add_hole(self, which, size):
        zone = self.some(which)
        hole = zone.outline.representative_point().buffer(size, quad_segs=2)
        self.act(lambda: zone_shapes.add_hole(self.project, zone.id, hole))

    @precondition(any_zone)
    @rule(which=WHICH, cut=CUT)
    def fill_a_hole(self, which, cut):
        zone = self.some(which)
        holes = [r for p in shapely.get_parts(zone.outline) for r in p.interiors]
        at = shapely.Polygon(holes[0]).representative_point().coords[0] if holes else (0.0, 0.0)
        self.act(lambda: zone_shapes.fill_hole(self.project, zone.id, at, cut=cut))

    @precondition(any_zone)
    @rule(which=WHICH, east=st.integers(-3, 3), north=st.integers(-3, 3), cut=CUT)
    def move(self, which, east, north, cut):
        self.act(
            lambda: zone_shapes.move_zone(
                self.project, self.some(which).id, east * 501.0, north * 498.0, cut=cut
            )
        )

    @precondition(any_zone)
    @rule(which=WHICH, degrees=st.sampled_from([0.1, 30, 90, 180]), cut=CUT)
    def rotate(self, which, degrees, cut):
        self.act(
            lambda: zone_shapes.rotate_zone(self.project, self.some(which).id, degrees, cut=cut)
        )

    @precondition(any_zone)
    @rule(which=st.lists(WHICH, min_size=1, max_size=3), operation=OPERATION, cut=CUT)
    def place(self, which, operation, cut):
        ids = list(dict.fromkeys(self.some(n).id for n in which))
        self.act(lambda: zones.place_in_operation(self.project, ids, operation, cut=cut))

    @precondition(any_zone)
    @rule(which=WHICH)
    def delete(self, which):
        self.act(lambda: zones.delete_zone(self.project, self.some(which).id))

    @rule()
    def undo(self):
        self.act(self.project.undo_edit)

    @rule(times=st.integers(1, 3))
    def undo_and_redo(self, times):
        for _ in range(times):
            self.act(self.project.undo_edit)
            self.zones_of_an_operation_are_valid_and_lie_apart()
        for _ in range(times):
            self.act(self.project.redo_edit)

    @invariant()
    def zones_of_an_operation_are_valid_and_lie_apart(self):
        for operation in ("raid", "sweep"):
            mine = [z for z in self.project.all(Zone) if z.operation_id == operation]
            for zone in mine:
                assert zone.outline.is_valid
                assert zone.outline.geom_type in {"Polygon", "MultiPolygon"}
                assert not zone.outline.is_empty
                assert np.isfinite(shapely.get_coordinates(zone.outline)).all()
                assert zone.state is ZoneState.DRAFT
            for a, b in combinations(mine, 2):
                assert area_m2(a.outline.intersection(b.outline)) <= LEAST_OVERLAP_M2, (a, b)


TestZoneEdits = ZoneEdits.TestCase
TestZoneEdits.settings = settings(max_examples=30, stateful_step_count=20, deadline=None)
