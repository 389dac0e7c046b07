"""What the user can do with the register, one file for each thing it is done to."""
