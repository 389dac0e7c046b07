"""What a single cell means: one idea a module.

A parser returns a value or raises `ValueProblemError`.
"""
