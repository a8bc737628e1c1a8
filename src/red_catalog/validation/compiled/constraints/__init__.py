"""The constraint components of SHACL Core, a module for each section of the recommendation."""
