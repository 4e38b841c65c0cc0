"""Serving: the web processes, the worker, and who watches them."""
