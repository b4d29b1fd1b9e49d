"""Every act once, in one shape (xAPI: actor, verb, object, context).

In: ``event_record`` inside the transaction of the act itself (the outbox). Kept: the row until
it is in the lake (Parquet, one file per flush and day), then only the lake and the daily roll-up.
Out: what is logged about a person, minutes per person and day, acts per class and day.
Words: an *event* is one act; a *roll-up* is its sum per person and day.
"""
