"""What is stored, how far everybody is, what it is worth."""
