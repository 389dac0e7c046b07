"""Reports on paper: PDF and PNG, painted by Qt without a window."""
