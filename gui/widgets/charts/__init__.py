"""Charts for the window on pyqtgraph, which is imported when the first one is shown."""
