"""Where plans are kept: one protocol, several stores, one contract suite over all of them."""
