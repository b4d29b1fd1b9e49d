"""Pages of a taught hour."""
