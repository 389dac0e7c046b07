"""Exports as data: report contents and the web map. No Qt."""
