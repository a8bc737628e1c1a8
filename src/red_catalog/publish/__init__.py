"""From register entries to a release folder: pages, files, dumps.

The modules here make a release; the packages are what it is made of (docs/adr/0014).
"""
