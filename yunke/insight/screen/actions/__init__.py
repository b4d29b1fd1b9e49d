"""Releasing a finished day's figures, taking them away, measuring the machine."""
