"""What the loaded sets say about one code: a module for each kind of thing, each one statement."""
