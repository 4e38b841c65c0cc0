"""People, sessions and what they may set for themselves."""
