"""What is done: exams, sheets, scans, marks of the desk."""
