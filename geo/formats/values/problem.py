"""Why a cell cannot be taken as it stands."""

from __future__ import annotations


class ValueProblemError(Exception):
    """A cell that cannot be taken as it stands.

    Attributes:
        code: Message code, ``import.reason.…``.
        ask: A person may choose or complete: the row waits. Otherwise the row is rejected.
        params: Values for the message.
        proposal: What the application would choose, as text, or empty.
    """

    def __init__(self, code: str, *, ask: bool = False, proposal: str = "", **params: str) -> None:
        """Keep everything; the exception's own text is the code alone."""
        super().__init__(code)
        self.code, self.ask, self.params, self.proposal = code, ask, params, proposal
