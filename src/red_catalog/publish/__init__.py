"""From register entries to a release folder: pages, files, dumps."""
