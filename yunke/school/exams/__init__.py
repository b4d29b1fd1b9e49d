"""Exams: planned, sat on a screen, at home or on paper, marked, released, appealed."""
