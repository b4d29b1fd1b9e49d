"""Who took part, and what eight o'clock needs, as pages."""
