"""Tests of the house itself, acceptance cases, benchmarks."""
