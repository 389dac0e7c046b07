"""Developer's tools behind `resources.rebuild`; never imported by the application."""
