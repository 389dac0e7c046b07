"""What is on the map, as data: layers, styles, snapshots, exports. No Qt."""
