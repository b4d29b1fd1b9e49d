"""What the site holds about people, and what people may do about it: see, take away, let go.

In: a wish for a copy or an erasure, from the person, a live guardian, or the school with a reason.
Kept: the wish, its receipt, and the log of erasures (also outside the database, so that an old
backup is put right). Out: a ZIP of everything, an erasure through every table, file and Parquet
row, the daily purge, the notices, the schedule. Everything is made from the ``held`` lines.
Words: a *wish* is what somebody asked about data; a *copy* is the ZIP; the *map* is all ``held``
lines; a *receipt* says what an erasure took, kept and why.
"""
