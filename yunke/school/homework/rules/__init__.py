"""Decisions on plain values: times, minutes, stages, what may be seen."""
