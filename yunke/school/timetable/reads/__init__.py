"""Questions to the timetable, answered in plain values."""
