"""Windows that ask for something and then go away."""
