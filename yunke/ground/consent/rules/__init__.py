"""Which switches there are, and when one is on."""
