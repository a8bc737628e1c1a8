"""The SPARQL snapshot of a release."""
