"""A fictional city, made by code, the same every time."""
