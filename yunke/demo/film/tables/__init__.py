"""Data only: the Latin hand and the little pictures."""
