"""Pages of the timetable: the week, the broadcasts, a pupil's day."""
