"""The SPARQL endpoint: the protocol, and workers that may be killed at any moment."""
