"""Importers of code files: `registry` has one for each kind of file, `running` loads what it reads."""
