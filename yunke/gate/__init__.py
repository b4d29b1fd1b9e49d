"""How devices and other systems come in."""
