"""The read interface: datasets, holders and changes as JSON or CSV, for those without SPARQL."""
