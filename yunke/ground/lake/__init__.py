"""Every act once, in one shape (xAPI: actor, verb, object, context).

In: ``event_record`` inside the transaction of the act itself (the outbox). Kept: the row for a
week, the act for good in the lake (Parquet, ``events/day=YYYY-MM-DD/<first>-<last>.parquet``)
and its share of the daily roll-up. Out: what is logged about a person, minutes per person and
day, today's acts per hour and verb for those who run a school, a county or the city.
Words: an *event* is one act; a *flush* takes the outbox to the lake; a *roll-up* is the sum of
events per person and day; the *tail* is what no flush has taken yet.
"""
