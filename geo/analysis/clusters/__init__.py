"""Where allegations lie together: clusters of points, and how few places hold most of them."""
