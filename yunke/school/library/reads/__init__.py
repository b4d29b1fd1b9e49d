"""Questions to the catalogue, each answered with values."""
