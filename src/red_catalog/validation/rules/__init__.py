"""Rules beyond SHACL: what our own profiles ask of one description, in plain Python."""
