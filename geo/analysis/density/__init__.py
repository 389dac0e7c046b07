"""Kernel density of points on a metric grid, fixed and adaptive, and its classes as polygons."""
