"""Handing in without scripts, and photographs."""
