"""Applications and the documents handed in with them."""
