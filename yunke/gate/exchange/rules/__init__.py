"""Decisions on plain values: names of classes, whose school a row is, what a file looks like."""
