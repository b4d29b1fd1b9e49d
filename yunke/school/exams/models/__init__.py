"""Papers and exams, sheets and scans, the marking desk."""
