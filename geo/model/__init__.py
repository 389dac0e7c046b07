"""Entities of a plan as frozen dataclasses with closed vocabularies. No Qt, no I/O."""
