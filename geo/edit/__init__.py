"""Pure functions that turn an intent of the user into one `Edit`; nothing else changes a plan."""
