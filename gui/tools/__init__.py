"""What the pointer does on the map: tools that turn gestures into geometry."""
