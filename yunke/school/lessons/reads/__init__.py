"""Questions about taught hours, each answered with values; who may ask is decided before."""
