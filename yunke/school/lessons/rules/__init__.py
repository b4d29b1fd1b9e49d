"""Decisions of a taught hour on plain values: which seconds were seen, what answer is right."""
