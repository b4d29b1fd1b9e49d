"""Measurements: each ends with one JSON line and compares with a peer or limit in the same run."""
