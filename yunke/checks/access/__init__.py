"""Who may do what where: every address × method × role × distance, held to a reviewed table.

``routes.csv`` is the table: one line for an address and a method, one cell for a role, one letter
for a distance. ``world`` makes the people and things at five distances, ``cells`` asks the house.
``python -m yunke.checks.access`` prints the lines that the table lacks, as observed: read them
against trust.md before they go in. Whatever is not accepted by an address must be 405 for all.
"""
