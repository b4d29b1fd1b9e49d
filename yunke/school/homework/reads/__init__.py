"""Who has what, how far it is, how many minutes it makes. Scoping by who first."""
