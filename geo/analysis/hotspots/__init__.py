"""Hotspots: where allegations gather more than chance would, over hexagons or communes.

`order` reads the plan, `job.find` computes in a worker process (`geo.compute`), `words` says what
was found. Nothing here changes a plan, and no result is more than its evidence: what is known by a
unit only is spread over it and never makes a hotspot by itself.
"""
