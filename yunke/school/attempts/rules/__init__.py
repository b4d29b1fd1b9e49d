"""What counts, when it was written, who may open a box: decisions on plain values."""
