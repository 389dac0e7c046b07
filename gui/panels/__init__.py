"""The furniture around the map: one panel for each kind of work."""
