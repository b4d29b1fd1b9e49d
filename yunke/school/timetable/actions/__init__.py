"""Verbs of the timetable: the week in bulk, and a pupil's day."""
