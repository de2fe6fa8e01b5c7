"""One chart a module: its specification, its finding in words, and its numbers."""
