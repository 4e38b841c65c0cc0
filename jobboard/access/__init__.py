"""The door: who a view is for, where a request may come from, how often, and what a browser may do with a page."""
