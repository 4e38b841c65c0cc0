"""Pages that show things of several rooms."""
