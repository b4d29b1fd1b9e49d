"""Questions about reviews, answered in plain values."""
