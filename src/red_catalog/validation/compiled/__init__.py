"""SHACL shapes compiled to a plan that validates one record at a time on plain terms."""
