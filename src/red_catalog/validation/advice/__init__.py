"""What is wrong with a description and how to correct it, in words for a data officer."""
