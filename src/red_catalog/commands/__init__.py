"""Commands that belong together, a file a group; `cli` gathers them."""
