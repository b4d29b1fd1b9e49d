"""The workshop: pure methods, values in and values out, no Django, no network."""
