"""What the demonstration shows beside its registers: invented, and said to be so."""
