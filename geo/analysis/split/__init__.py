"""Balanced split: an area into contiguous zones of equal workload, and moving units between them.

`order` reads the plan, `job.split` computes in a worker process (`geo.compute`), `rebalance` moves
units afterwards without one.
"""
