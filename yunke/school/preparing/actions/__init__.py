"""What is done to a lesson in the making, one verb to a function."""
