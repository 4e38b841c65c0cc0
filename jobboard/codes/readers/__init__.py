"""Readers of official files: a file in, frozen records out; they know no database and no web."""
