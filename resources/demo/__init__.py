"""Demonstration registers: fictional businesses on real geography, and their generator."""
