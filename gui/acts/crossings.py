"""Border crossings: adding one, putting one elsewhere, closing and reopening it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.edit.verbs import Verb
from geo.model.entity import Kind
from geo.model.place import BorderCrossing
from gui.acts.doing import Acts
from gui.acts.placing import PointAsker

if TYPE_CHECKING:
    from geo.edit.edit import Edit
    from geo.placing import PlaceFound
    from gui.workbench import Workbench


class CrossingActs(Acts):
    """Answers to ``crossing.add``, and to ``move``, ``close`` and ``reopen`` of a crossing's id."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        bench.on("add_crossing", self.add)
        intents = self.desk.intents
        intents.answer("crossing.add", self.add)
        intents.answer("crossing.move", self.move)
        intents.answer("crossing.close", lambda i: self.turn(i, closes=True))
        intents.answer("crossing.reopen", lambda i: self.turn(i, closes=False))

    def add(self) -> None:
        """Ask for the place of a new crossing, and then what it is."""
        if self.project is not None and self.may(Verb.EDIT_CROSSING):
            PointAsker(self.bench, "panel.place.new_crossing", self._describe)

    def _describe(self, asker: PointAsker, found: PlaceFound) -> None:
        from gui.dialogs.crossing import CrossingDialog

        dialog = CrossingDialog(found, self.bench.window_)
        dialog.ready.connect(lambda build: self.do(dialog, build, self._added))
        asker.end_with(dialog)
        self.ask(dialog)

    def _added(self, edit: Edit) -> None:
        self.desk.selection.select(Kind.CROSSING, [edit.deltas[0].ids[0]])

    def move(self, crossing_id: str) -> None:
        """Ask for another place of a crossing, and what it rests on."""
        if self.project is not None and self.may(Verb.EDIT_CROSSING):
            PointAsker(
                self.bench,
                "panel.place.move_crossing",
                lambda asker, found: self._moved(asker, crossing_id, found),
            )

    def _moved(self, asker: PointAsker, crossing_id: str, found: PlaceFound) -> None:
        from gui.dialogs.crossing import MoveCrossingDialog

        crossing = self._crossing(crossing_id)
        if crossing is None:
            asker.end()
            return
        dialog = MoveCrossingDialog(crossing, found, self.bench.window_)
        dialog.ready.connect(lambda build: self.do(dialog, build))
        asker.end_with(dialog)
        self.ask(dialog)

    def turn(self, crossing_id: str, *, closes: bool) -> None:
        """Ask for the day on which a crossing closes or reopens."""
        from gui.dialogs.crossing import OpeningDialog

        crossing = self._crossing(crossing_id)
        if crossing is None or not self.may(Verb.EDIT_CROSSING):
            return
        dialog = OpeningDialog(crossing, self.bench.window_, closes=closes)
        dialog.ready.connect(lambda build: self.do(dialog, build))
        self.ask(dialog)

    def _crossing(self, crossing_id: str) -> BorderCrossing | None:
        return self.project.find(BorderCrossing, crossing_id) if self.project is not None else None
