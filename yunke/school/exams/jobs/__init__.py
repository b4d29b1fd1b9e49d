"""Work outside the request."""

from yunke.school.exams.jobs import exams, paper

__all__ = ["exams", "paper"]
