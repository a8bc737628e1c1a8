"""Checking descriptions against SHACL shapes and explaining what is found."""
