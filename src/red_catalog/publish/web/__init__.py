"""How a page is written: its language, its frame, its values as HTML."""
