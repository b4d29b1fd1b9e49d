"""Signals that a person brings in about oneself, with consent: today a wristband's heart rate."""
