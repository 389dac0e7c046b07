"""Who acts and who does not: what was reported, what was done, when something was last done."""
