"""Demonstration registers: fictional businesses on real geography, and the script that makes them."""
