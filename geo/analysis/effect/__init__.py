"""Did it work? What followed a completed operation: doors reached, allegations before and after."""
