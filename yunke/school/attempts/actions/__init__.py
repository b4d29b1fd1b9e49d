"""Opening, saving, submitting, ending and marking attempts."""
