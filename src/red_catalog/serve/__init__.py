"""Serving a release: pages, content negotiation, SPARQL."""
