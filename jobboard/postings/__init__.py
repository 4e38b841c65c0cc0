"""Openings: what they say, their life, their review."""
