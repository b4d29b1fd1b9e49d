"""What is done to a lesson on its way, one verb to a function."""
