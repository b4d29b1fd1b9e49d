"""What is done to the catalogue, one verb to a function."""
