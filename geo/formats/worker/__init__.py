"""The reading worker: the only process that opens foreign files or may load GDAL.

It is spawned (never forked) by `geo.formats.reader`, has no plan open and no business on the
network. What it
finds wrong with a file it says as a message code; what it cannot survive (memory, time) kills it
alone.
"""
