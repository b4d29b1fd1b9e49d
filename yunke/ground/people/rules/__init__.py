"""What a role may do, and how far."""
