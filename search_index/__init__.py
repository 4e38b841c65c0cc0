"""Documents in, ranked ids and counts out: a search library that knows no application."""
