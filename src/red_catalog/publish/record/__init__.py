"""What one description says, as plain values: before anybody words or shows it."""
