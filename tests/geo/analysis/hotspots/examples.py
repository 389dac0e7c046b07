"""Data sets that ship inside the wheel of libpysal, with the weights that ship with them.

Nothing is downloaded. St. Louis homicides (78 counties), Columbus crime (49 neighbourhoods), North
Carolina SIDS (100 counties), US income 1929-2009 (48 states): all with shared-border weights.
"""

from __future__ import annotations

import csv
import warnings
from pathlib import Path

import numpy as np

from geo.analysis.hotspots.units import Neighbours

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # what PySAL says of its own dependencies
    import libpysal

FOLDER = Path(libpysal.__file__).parent / "examples"


def weights(name):
    """Return PySAL's weights of a GAL file in its own order."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        file = libpysal.io.open(str(FOLDER / name))
        try:
            return file.read()
        finally:
            file.close()


def neighbours(w):
    """Return the same weights as this program has them."""
    place = {key: n for n, key in enumerate(w.id_order)}
    pairs = [(place[a], place[b]) for a, others in w.neighbors.items() for b in others]
    a, b = np.array(pairs).T
    return Neighbours.from_pairs(a, b, w.n)


def column(table, name):
    """Return a column of a table as numbers."""
    path = FOLDER / table
    if path.suffix == ".csv":
        with path.open(encoding="utf-8") as lines:
            return np.array([float(row[name]) for row in csv.DictReader(lines)])
    file = libpysal.io.open(str(path))
    try:
        return np.array(file.by_col(name), dtype=float)
    finally:
        file.close()


EXAMPLES = {
    "stl homicides": ("stl/stl.gal", "stl/stl_hom.dbf", "HR8893"),
    "stl counts": ("stl/stl.gal", "stl/stl_hom.dbf", "HC8893"),
    "columbus crime": ("columbus/columbus.gal", "columbus/columbus.dbf", "CRIME"),
    "sids": ("sids2/sids2.gal", "sids2/sids2.dbf", "SID79"),
    "us income": ("us_income/states48.gal", "us_income/usjoin.csv", "1979"),
}
