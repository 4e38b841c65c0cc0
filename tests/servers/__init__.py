"""Real servers that the tests start for themselves, or take from the environment."""
