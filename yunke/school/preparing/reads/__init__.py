"""Questions about a lesson in the making, each answered with values."""
