"""Keeping a school safe: to another database, to a backup and back."""
