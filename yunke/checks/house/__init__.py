"""What the house's tools cannot see: each module is one rule, ``faults()`` what it finds."""
