"""Pictures of time and filters: a past day with strip and banner, and the card of filters."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from geo.clock import today
from geo.model.entity import Kind
from geo.model.vocabulary import AllegationKind, Credibility, LegalStatus, Reliability
from layers.filters import AllegationFilter, MapFilter, SiteFilter
from layers.moment import Mode, Moment

if TYPE_CHECKING:
    from tests.pilot import Pilot

B2 = (Reliability.B, Credibility.TWO)


def past_day(pilot: Pilot) -> None:
    """A day in the past, as decided, with the strip open and a period drawn in it."""
    pilot.bench.show_workspace("register")
    model = pilot.bench.desk.moment
    pilot.bench.commands["time_strip"].trigger()
    pilot.bench.desk.intents.ask("time.show", Moment(Mode.DECIDED, today() - timedelta(days=300)))
    pilot.wait(lambda: model.is_past, "the past day")
    pilot.settle()


def filter_card(pilot: Pilot) -> None:
    """The card of filters with chips above the map."""
    model = pilot.bench.desk.moment
    model.filter(
        MapFilter(
            sites=SiteFilter(statuses=frozenset({LegalStatus.LEGAL, LegalStatus.ILLEGAL})),
            allegations=AllegationFilter(
                least=B2, kinds=frozenset({AllegationKind.FORCED_CRIMINALITY})
            ),
        )
    )
    pilot.bench.desk.intents.ask("time.filter", Kind.ALLEGATION)
    pilot.settle()


SCENES = {"time-past": past_day, "time-filter": filter_card}
