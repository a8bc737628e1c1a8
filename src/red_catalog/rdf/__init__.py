"""Reading RDF in a disposable process, describing datasets, writing RDF."""
