"""The tables of the drawer: view, header, filters and columns of one kind."""
