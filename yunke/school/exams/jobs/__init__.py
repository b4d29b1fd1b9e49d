"""Work outside the request."""

from yunke.school.exams.jobs import exams

__all__ = ["exams"]
