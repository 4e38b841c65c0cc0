"""The engine in the same process: tantivy over a folder, one writer, any number of readers."""

from search_index.embedded.engine import EmbeddedEngine

__all__ = ["EmbeddedEngine"]
