"""What is done with wishes about data."""
