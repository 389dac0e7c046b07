"""The map on screen and on paper: canvas, painter, symbols."""
