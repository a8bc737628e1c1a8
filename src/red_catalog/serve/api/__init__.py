"""The read interface: the search as JSON or CSV, the rest as JSON, for those without SPARQL."""
