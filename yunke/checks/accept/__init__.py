"""Acceptance: what trust.md promises, each promise a case with a number and a pass line.

``CASES`` of ``table.py`` names the function of every case. A case gets ``Options``, has a fresh
and empty data folder to itself, and answers with a dict of figures and "pass".
"""
