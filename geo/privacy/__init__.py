"""What may leave the application: grades, the grid, suppression, masking of free text."""
