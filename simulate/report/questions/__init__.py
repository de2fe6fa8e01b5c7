"""Answers to the questions that planners ask, as text, tables, charts and documents."""
