"""Files about the whole catalogue, for machines: dumps, news, descriptions of itself."""
