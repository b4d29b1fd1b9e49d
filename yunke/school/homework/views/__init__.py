"""Pages of homework, by who looks."""
