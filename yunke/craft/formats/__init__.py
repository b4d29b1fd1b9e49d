"""File formats: bytes to values and back. Nothing here believes a size that a file declares."""
