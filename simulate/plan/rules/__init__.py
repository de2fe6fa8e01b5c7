"""The rules of the plan linter, by subject."""
