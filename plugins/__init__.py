"""Glue for the site engine. It carries no content: the site is whole without it."""
