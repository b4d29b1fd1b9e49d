"""Rosters in and out, in open formats."""
