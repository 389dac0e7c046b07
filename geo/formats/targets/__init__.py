"""Each kind of row that a file may bring.

How its fields are checked and become the columns of its table.
"""
