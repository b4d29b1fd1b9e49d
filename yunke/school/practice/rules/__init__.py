"""Decisions on plain values: what an answer changes, what is drilled, what a card says."""
