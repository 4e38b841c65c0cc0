"""The only room that knows both a posting and the index."""
