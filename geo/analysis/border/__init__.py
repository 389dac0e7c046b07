"""Border pressure: crossings with what is alleged near them, and stretches without a crossing."""
