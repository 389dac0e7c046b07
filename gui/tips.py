"""Tooltips that show what stands in the plan as it is."""

from __future__ import annotations


def plain_tip(text: str) -> str:
    """Return `text` so that a tooltip shows it as it is: Qt takes what looks like HTML for HTML."""
    if "<" not in text:
        return text
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<span>{escaped}</span>"
