"""Decisions on plain values: what is released, which spans there are, what a share says."""
