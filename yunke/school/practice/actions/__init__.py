"""One verb, one transaction, its event inside."""
