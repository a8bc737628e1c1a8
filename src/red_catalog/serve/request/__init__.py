"""HTTP itself: what clients ask for and may ask, what is refused, and how."""
