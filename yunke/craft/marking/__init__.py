"""Marking: answers in, marks and causes out. Each method is a folder of its own; nothing is loaded
that is not asked for.
"""
