"""Where changes are sent: one file a kind of target."""
