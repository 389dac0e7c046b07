"""The history in words: what an edit did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.catalogue import MissingTextError
from geo.model.vocabulary import LegalStatus
from gui import i18n
from gui.i18n import tr

if TYPE_CHECKING:
    from geo.edit.edit import Edit
    from geo.edit.history import EditHeader


def sentence(edit: Edit | EditHeader) -> str:
    """Return what an edit did as a sentence of the catalogue."""
    params: dict[str, object] = {
        key: i18n.number(value) if isinstance(value, int) else value
        for key, value in edit.params.items()
    }
    if "status" in params:
        params["status"] = i18n.label(LegalStatus(str(params["status"])))
    try:
        return tr(f"edit.{edit.verb.value}", **params)
    except (MissingTextError, KeyError):
        return edit.verb.value
