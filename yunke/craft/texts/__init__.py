"""Texts beside each other: what changed, and what two people changed at once."""
