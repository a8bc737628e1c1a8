"""The story of the catalogue: examine, commit, publish."""
