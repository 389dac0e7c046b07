"""What stands between the zones of an operation and its release; it finds and changes nothing."""
