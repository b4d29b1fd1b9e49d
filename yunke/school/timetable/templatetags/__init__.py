"""Words of the timetable's templates."""
