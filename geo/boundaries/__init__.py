"""Official outlines of administrative units: which unit of the code list each row of a file is."""
