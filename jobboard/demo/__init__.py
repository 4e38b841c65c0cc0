"""Demo data, and the one command that shows the board."""
