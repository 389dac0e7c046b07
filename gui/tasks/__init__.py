"""Work off the main thread, with progress and cancel."""
