"""Asking the map: which rows answer a question, which may, and of which nobody can tell."""
