"""Pure functions that turn an intent of the user into one `Edit`. Everything that changes a plan is one edit."""
