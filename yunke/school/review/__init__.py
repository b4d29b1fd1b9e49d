"""A lesson's way from its author to the city: queue, checklist, decision, reason."""
