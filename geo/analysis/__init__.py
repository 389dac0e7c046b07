"""What can be found out from a plan's rows: pure functions over columns."""
