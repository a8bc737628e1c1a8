"""One dataset as its page and its files show it."""
