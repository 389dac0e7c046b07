"""What the import wizard has done off the main thread: reading, checking, checking again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geo.formats.examples import UnknownWord, unknown_words
from geo.formats.recheck import problem_of, rechecked, usual_province
from geo.loading import Loaded, OpenedFile, check_file, likely_target
from geo.model.entity import Kind
from geo.remembered import Remembered, for_next_month, read_as_before
from gui import i18n
from gui.models.ask_model import Asked

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from geo.edit.edit import Edit
    from geo.errors import PlanError
    from geo.formats.mapping import Mapping
    from geo.formats.raw import HeaderRows
    from geo.formats.repair import Answer
    from geo.formats.rows import Checked
    from geo.progress import Progress
    from geo.project import Project
    from gui.panels.base import Desk


@dataclass(frozen=True, slots=True)
class Looked:
    """A file that was read, what its rows most likely are, and how its predecessor was read."""

    opened: OpenedFile
    target: Kind
    before: Remembered | None


@dataclass(frozen=True, slots=True)
class Found:
    """A checked file: unknown words, the province of most rows, the rows that are held back."""

    loaded: Loaded
    words: tuple[UnknownWord, ...]
    province: str
    asked: tuple[Asked, ...]


class ImportWork:
    """Touches no widget.

    Attributes:
        rechecking: Answers are being checked.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.rechecking = False
        self._next: Callable[[], None] | None = None

    @property
    def _project(self) -> Project:
        from geo.errors import PlanError

        project = self._desk.session.project
        if project is None:
            raise PlanError("window.error.no_plan")
        return project

    def look(
        self,
        path: Path,
        progress: Progress,
        *,
        sheets: Sequence[str] | None = None,
        header: HeaderRows | None = None,
    ) -> Looked:
        """Read a file; as the last one with its columns was, if there is one."""
        reading = self._desk.reading
        opened = reading.open(path, progress, sheets=sheets, header=header)
        opened, before = read_as_before(self._project, reading.reader(), opened, progress=progress)
        target = before.mapping.target if before is not None else likely_target(opened.raw)
        return Looked(opened, target, before)

    def check(self, opened: OpenedFile, mapping: Mapping, progress: Progress) -> Found:
        """Check every row, and look for words that are not understood."""
        words = unknown_words(opened.raw, mapping)
        how = for_next_month(mapping, opened.header)
        project = self._project
        loaded = check_file(project, opened, how, progress=progress)
        usual = usual_province(loaded.checked.columns.get("admin_code", ()))
        problems = sorted(problem_of(loaded.checked).values(), key=lambda p: p.position)
        asked = tuple(Asked(p.position, p, mapping.target) for p in problems)
        return Found(loaded, words, usual or project.info.province_code, asked)

    @staticmethod
    def with_words(mapping: Mapping, answers: dict[str, dict[str, str]]) -> Mapping:
        """Return a mapping with the meanings of words; those of other files are kept."""
        words = {name: dict(meanings) for name, meanings in mapping.words.items()}
        for name, meanings in answers.items():
            words[name] = {**words.get(name, {}), **meanings}
        return replace(mapping, words=words)

    def let_go(self, loaded: Loaded, checked: Checked | None) -> None:
        """Give back the rows of a file that nobody asks for any more, a few at a time."""
        both = [loaded] if checked is None else [loaded, replace(loaded, checked=checked)]

        def work(progress: Progress) -> None:
            for each in both:
                each.dismiss(progress)

        self._desk.runner.run(work, lambda _none: None, lambda _error: None, outlives_plan=True)

    def edit(self, loaded: Loaded, checked: Checked | None) -> Edit:
        """Return the one edit of the import, with what was corrected."""
        return replace(loaded, checked=checked or loaded.checked).edit(self._project)

    def recheck(
        self,
        base: Checked,
        answers: dict[int, Answer],
        done: Callable[[Checked], None],
        failed: Callable[[PlanError], None],
    ) -> None:
        """Check the answered rows again; of several requests in a row the last one counts."""
        if self.rechecking:
            self._next = lambda: self.recheck(base, answers, done, failed)
            return
        self.rechecking = True

        def work(_progress: Progress) -> Checked:
            from geo.edit.importing import existing_in

            return rechecked(base, answers, existing_in(self._project, base.target))

        def over() -> bool:
            self.rechecking = False
            after, self._next = self._next, None
            if after is not None:
                after()
            return after is not None

        def settled(checked: Checked) -> None:
            if not over():
                done(checked)

        def refused(error: PlanError) -> None:
            if not over():
                failed(error)

        self._desk.runner.run(work, settled, refused)

    def saving(self, checked: Checked, path: Path, source: Path) -> Callable[[Progress], int]:
        """Return the work of writing the rows that are held back, and of logging that."""
        record, language = self._desk.session.recorder(), i18n.language()

        def save(_progress: Progress) -> int:
            from geo.formats.rejects import write_rejects

            return write_rejects(checked, path, language, source=source, record=record)

        return save
