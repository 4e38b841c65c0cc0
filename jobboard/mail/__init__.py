"""Letters: rows in the commit of what they tell of, sent by the worker."""
