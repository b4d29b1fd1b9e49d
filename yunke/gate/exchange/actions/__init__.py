"""Verbs of the exchange: upload, compare, write, take back, hand out."""
