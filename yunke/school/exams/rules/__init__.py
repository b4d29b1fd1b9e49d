"""Decisions on plain values: papers and time, sheets, the desk."""
