"""Qt item models over the columns of `geo.model.table.Table`."""
