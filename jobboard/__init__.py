"""A job board and career portal for medical coders."""

__version__ = "0.1.0"
