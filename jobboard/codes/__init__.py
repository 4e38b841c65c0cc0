"""The code reference: systems, editions, codes with their notes, articles, and the linker."""
