"""A question to the map as a form: what can be asked of which rows, and how it is written."""
