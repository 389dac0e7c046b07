"""The worker of heavy computing: one for the whole window, warm between two jobs. No Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geo.compute import Computer
    from gui.tasks.runner import TaskRunner


class Computing:
    """Keeps the worker; started with the first job, ended with the window."""

    def __init__(self) -> None:
        self._computer: Computer | None = None
        self._warm: set[str] = set()

    def computer(self) -> Computer:
        """Return the worker, made if need be."""
        from geo.compute import Computer

        if self._computer is None:
            self._computer = Computer()
        return self._computer

    def warm_up(self, runner: TaskRunner, *modules: str) -> None:
        """Let the worker read its libraries while the user looks at the form; once for each."""
        if self._warm.issuperset(modules):
            return
        self._warm.update(modules)
        computer = self.computer()
        runner.run(
            lambda _progress: computer.warm(*modules),
            lambda _none: None,
            lambda _error: None,  # whatever it is, the first computing says it
            outlives_plan=True,
        )

    def close(self) -> None:
        """End the worker; what it is doing is cancelled."""
        if self._computer is not None:
            self._computer.close()
