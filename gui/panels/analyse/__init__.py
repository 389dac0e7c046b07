"""The Analyse workspace: a section for each question, with what it finds on the map."""
