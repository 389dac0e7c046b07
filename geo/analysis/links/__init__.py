"""Links: how sites, crossings and pseudonymous persons hang together, and where the chain stops."""
