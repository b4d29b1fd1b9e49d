"""A living house to measure and to test against: the real processes, a small school, a knock."""
