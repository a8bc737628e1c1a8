"""Datasets as lists show them: cards, facets, orders."""
