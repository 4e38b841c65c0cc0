"""Search of all codes: the words and codes of the loaded editions in the engine, ranked, grouped and completed."""
