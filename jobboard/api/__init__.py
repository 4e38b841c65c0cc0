"""The public interface under /api/v1."""
