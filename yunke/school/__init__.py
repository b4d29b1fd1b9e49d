"""What pupils and teachers do."""
