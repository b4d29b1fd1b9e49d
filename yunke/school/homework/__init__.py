"""Work that a teacher sets, a pupil hands in, a teacher marks and gives back."""
