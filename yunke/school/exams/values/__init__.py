"""What the room hands about, as plain values."""
