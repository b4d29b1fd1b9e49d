"""Questions about exams, sheets and the desk, answered with values."""
