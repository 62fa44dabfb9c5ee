"""1.15.5's own Python files, fetched once."""
